import Comparison
import Tracking

/// How models do on data that they were not learned from.
enum HeldOutSection {
  /// From what decides most to what decides least.
  private static let metrics: [(name: String, title: String)] = [
    ("nll", "test nll"), ("test_elbo_per_datum", "test ELBO"), ("validation_nll", "validation nll"),
    ("validation_elbo_per_datum", "validation ELBO"), ("elbo_per_datum", "training ELBO"),
  ]

  static func blocks(_ analysis: ReportAnalysis, _ learned: LearnedValues) throws -> [DocumentBlock] {
    var blocks: [DocumentBlock] = []
    for context in analysis.contexts {
      let known = metrics.filter { learned.has($0.name, in: context.runs) }
      // The training data alone are not held out.
      guard let first = known.first, first.name != "elbo_per_datum" else { continue }
      if analysis.contexts.count > 1 {
        blocks.append(.heading(3, "\(context.comparison.context): held-out data"))
      }
      blocks += try body(context, analysis, learned, known, decisive: first.name)
    }
    guard !blocks.isEmpty else { return [] }
    blocks.append(
      .paragraph(
        """
        In nats per datum: mean and 95 % interval over seeds, at β = 1 and the last evaluation. `nll` is the \
        importance-sampled negative log likelihood: lower is better.
        """))
    return [.heading(2, "Held-out data")] + blocks
  }

  private static func body(
    _ context: ReportAnalysis.Context, _ analysis: ReportAnalysis, _ learned: LearnedValues,
    _ known: [(name: String, title: String)], decisive: String
  ) throws -> [DocumentBlock] {
    let comparisons = try known.map { metric in
      try comparison(context, analysis, RecordedMetric(metric.name), learned.source)
    }
    guard let order = comparisons.first else { return [] }
    let keys = order.groups.first?.key.labels.map(\.key) ?? []
    var table = Table(
      columns: ComparisonTables.keyColumns(keys, order.groups.map(\.key))
        + known.map { Table.Column($0.title, alignment: .right) })
    for group in order.groups
    where comparisons.contains(where: { $0.groups.contains { $0.key == group.key && $0.mean != nil } }) {
      table.append(
        ComparisonTables.labels(group.key)
          + comparisons.map { comparison in
            comparison.groups.first { $0.key == group.key }.map(cell) ?? .missing
          })
    }
    let counts = counts(context.runs)
    return (counts.isEmpty ? [] : [.paragraph(RichText(counts))])
      + [.paragraph(RichText(VerdictText.sentences(order))), .table(table)]
  }

  private static func comparison(
    _ context: ReportAnalysis.Context, _ analysis: ReportAnalysis, _ metric: RecordedMetric,
    _ source: any RunSource
  ) throws -> GroupComparison {
    let measurement = try RunMeasurement(metric, of: context.runs, source: source)
    let observations = analysis.grouping.observations(of: context.runs, measurement)
    return GroupComparison.compare(observations, metric: metric.metric)[0]
  }

  /// `97.12 (97.08 to 97.16)`; of too few seeds for an interval the Monte Carlo error, `97.12 (MC se 0.05)`.
  private static func cell(_ group: GroupSummary) -> Table.Cell {
    guard let mean = group.mean else { return .missing }
    guard let interval = group.interval, interval.low < interval.high else {
      guard let error = group.monteCarloError, error > 0 else {
        return .text(NumberText.rounded(mean, figures: 6))
      }
      let digits = NumberText.digits(error: error)
      return .text(
        "\(NumberText.fixed(mean, digits: digits)) (MC se \(NumberText.rounded(error, figures: 2)))")
    }
    let digits = NumberText.digits(error: (interval.high - interval.low) / 2)
    let texts = [mean, interval.low, interval.high].map { NumberText.fixed($0, digits: digits) }
    return .text("\(texts[0]) (\(texts[1]) to \(texts[2]))")
  }

  private static func counts(_ runs: [RunSummary]) -> String {
    let parts = [("training", "data_count"), ("validation", "validation_count"), ("test", "test_count")]
      .compactMap { name, key in
        runs.lazy.compactMap { $0.integer(key) }.first { $0 > 0 }.map { "\(NumberText.grouped($0)) \(name)" }
      }
    return parts.isEmpty ? "" : "Data: \(parts.joined(separator: ", "))."
  }
}
