import Comparison
import Tracking

/// Which runs were still under way when their steps were over, and what they had left to gain.
enum ConvergenceSection {
  private static let mostRows = 20

  /// Empty where no run has recorded it.
  static func blocks(_ analysis: ReportAnalysis, _ gaps: Gaps) -> [DocumentBlock] {
    guard !gaps.runs.isEmpty else { return [] }
    let blocks: [DocumentBlock] = [.paragraph(RichText(sentence(gaps)))]
    guard gaps.unconverged > 0 else { return blocks }
    return blocks + [
      .table(table(gaps, analysis)),
      .paragraph(
        """
        The gap is an estimate, to second order, of what the bound of a Gaussian q has left to gain within its family, in nats of the \
        objective: the error of the optimisation, apart from that of the family. A run has not converged where it is above 0.02 by \
        more than three standard errors; give it more steps, or a larger learning rate that decays. It cannot be told where the error is too large.
        """),
    ]
  }

  private static func sentence(_ gaps: Gaps) -> String {
    let sizes = gaps.runs.compactMap { gaps.sizes[$0.record.runID] }.sorted()
    let count = VerdictText.count(gaps.runs.count, "run")
    let largest = sizes.last.map { NumberText.rounded($0, figures: 2) } ?? "?"
    let doubt =
      gaps.undecided == 0 ? "" : " Of \(VerdictText.count(gaps.undecided, "more run")) it cannot be told."
    return gaps.unconverged == 0
      ? "All \(count) that can be asked have converged: the largest optimisation gap is \(largest) nats.\(doubt)"
      : "\(gaps.unconverged) of \(count) had not converged when the steps ran out: the largest optimisation gap is \(largest) nats.\(doubt)"
  }

  private static func table(_ gaps: Gaps, _ analysis: ReportAnalysis) -> Table {
    var table = Table(columns: [
      Table.Column("group"), Table.Column("runs", alignment: .right),
      Table.Column("not converged", alignment: .right),
      Table.Column("gap", alignment: .right), Table.Column("largest gap", alignment: .right),
    ])
    let rows = Dictionary(grouping: gaps.runs) { analysis.name(of: $0) }.map { name, members in
      (name: name, members: members, sizes: members.compactMap { gaps.sizes[$0.record.runID] }.sorted())
    }.sorted { (($1.sizes.last ?? 0), $0.name) < (($0.sizes.last ?? 0), $1.name) }
    for row in rows.prefix(mostRows) {
      table.append([
        .text(row.name), .integer(row.members.count),
        .integer(row.members.count { !gaps.hasConverged($0) }),
        cell(median(row.sizes)), cell(row.sizes.last),
      ])
    }
    return table
  }

  private static func cell(_ value: Double?) -> Table.Cell {
    value.map { .text(NumberText.rounded($0, figures: 2)) } ?? .missing
  }

  /// The optimisation gaps of finished runs.
  struct Gaps {
    /// Those of which it was said whether they had converged.
    let runs: [RunSummary]
    /// How many others have a gap that is too uncertain for that.
    let undecided: Int
    let sizes: [String: Double]
    private let verdicts: [String: Double]

    init(_ all: [RunSummary], _ source: any RunSource) throws {
      // A start that is merely evaluated has not ended early.
      let finished = all.filter { $0.status == .finished && ($0.outcome?.steps ?? 0) > 0 }
      let ids = finished.map(\.record.runID)
      let verdicts = try source.lastValues(of: "converged", runs: ids)
      self.verdicts = verdicts
      let sizes = try source.lastValues(of: "optimization_gap", runs: ids)
      self.sizes = sizes
      runs = finished.filter { verdicts[$0.record.runID] != nil }
      undecided = finished.count { sizes[$0.record.runID] != nil && verdicts[$0.record.runID] == nil }
    }

    /// How many had not converged.
    var unconverged: Int { runs.count { !hasConverged($0) } }

    func hasConverged(_ run: RunSummary) -> Bool { verdicts[run.record.runID] != 0 }

    /// Whether the gap of a run is known well enough to say whether it has converged.
    func isCertain(_ run: RunSummary) -> Bool { verdicts[run.record.runID] != nil }

    /// Whether a run was asked and found to have converged.
    func isSaidToHaveConverged(_ run: RunSummary) -> Bool { verdicts[run.record.runID] == 1 }
  }
}
