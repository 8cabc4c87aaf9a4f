import Comparison
import Tracking

/// What the importance weights of the fitted posteriors say: the shape k̂ of their tail, and the evidence that they give.
enum TailSection {
  private static let mostRows = 20

  /// Empty where no run has recorded it.
  static func blocks(_ analysis: ReportAnalysis, _ source: any RunSource) throws -> [DocumentBlock] {
    let runs = analysis.input.runs.filter { $0.status == .finished }
    let values = try Values(runs, source)
    let measured = runs.filter { values.shapes[$0.record.runID] != nil }
    guard !measured.isEmpty else { return [] }
    return [
      .paragraph(RichText(sentence(measured, values))), .table(table(measured, values, analysis)),
      .paragraph(
        """
        k̂ is the shape of the tail of the weights p(x, z) / q(z) at draws of q: above its threshold q misses a tail of the \
        posterior, and neither its moments nor the evidence by its weights are to be trusted. The columns hold medians over \
        the runs of a group; `ess` is in draws, `log_evidence_is` in nats with its standard error.
        """),
    ]
  }

  /// What the weights of runs say, by run id.
  struct Values {
    let shapes: [String: Double]
    let thresholds: [String: Double]
    let sizes: [String: Double]
    let evidence: [String: Double]
    let errors: [String: Double]

    init(_ runs: [RunSummary], _ source: any RunSource) throws {
      let ids = runs.map(\.record.runID)
      shapes = try source.lastValues(of: "pareto_k", runs: ids)
      thresholds = try source.lastValues(of: "pareto_k_threshold", runs: ids)
      sizes = try source.lastValues(of: "importance_ess", runs: ids)
      evidence = try source.lastValues(of: "log_evidence_is", runs: ids)
      errors = try source.lastValues(of: "log_evidence_is_se", runs: ids)
    }

    /// Whether the evidence by the weights of a run can be believed.
    func isTrusted(_ run: RunSummary) -> Bool {
      shapes[run.record.runID] != nil && !isHigh(run) && evidence[run.record.runID]?.isFinite == true
    }

    func isHigh(_ run: RunSummary) -> Bool {
      guard let shape = shapes[run.record.runID], let threshold = thresholds[run.record.runID] else {
        return false
      }
      // A shape that is not a number comes of weights that are not finite.
      return !(shape <= threshold)
    }
  }

  private static func sentence(_ runs: [RunSummary], _ values: Values) -> String {
    let high = runs.count(where: values.isHigh)
    let thresholds = Set(runs.compactMap { values.thresholds[$0.record.runID] }).sorted()
    let shown = thresholds.map { NumberText.fixed($0, digits: 2) }.joined(separator: " or ")
    let count = VerdictText.count(runs.count, "run")
    return high == 0
      ? "Pareto k̂ is at or below its threshold of \(shown) in all \(count) that have it."
      : "Pareto k̂ is above its threshold of \(shown) in \(high) of \(count) that have it."
  }

  private static func table(_ runs: [RunSummary], _ values: Values, _ analysis: ReportAnalysis) -> Table {
    var table = Table(columns: [
      Table.Column("group"), Table.Column("runs", alignment: .right), Table.Column("k̂", alignment: .right),
      Table.Column("largest k̂", alignment: .right), Table.Column("above", alignment: .right),
      Table.Column("ess", alignment: .right), Table.Column("log_evidence_is", alignment: .right),
    ])
    let groups = Dictionary(grouping: runs) { analysis.name(of: $0) }
    let rows = groups.map { name, members in
      (name: name, members: members, shapes: sorted(members, values.shapes))
    }.sorted { (($1.shapes.last ?? 0), $0.name) < (($0.shapes.last ?? 0), $1.name) }
    for row in rows.prefix(mostRows) {
      let evidence = median(sorted(row.members, values.evidence))
      let error = median(sorted(row.members, values.errors))
      table.append([
        .text(row.name), .integer(row.members.count), cell(median(row.shapes), digits: 2),
        cell(row.shapes.last, digits: 2), .integer(row.members.count(where: values.isHigh)),
        cell(median(sorted(row.members, values.sizes)), digits: 0),
        evidence.map { value in
          let digits = error.map { NumberText.digits(error: $0) } ?? 4
          let spread = error.map { " (se \(NumberText.rounded($0, figures: 2)))" } ?? ""
          return .text(NumberText.fixed(value, digits: digits) + spread)
        } ?? .missing,
      ])
    }
    return table
  }

  private static func cell(_ value: Double?, digits: Int) -> Table.Cell {
    value.map { .text(NumberText.fixed($0, digits: digits)) } ?? .missing
  }

  private static func sorted(_ runs: [RunSummary], _ values: [String: Double]) -> [Double] {
    runs.compactMap { values[$0.record.runID] }.filter { !$0.isNaN }.sorted()
  }
}
