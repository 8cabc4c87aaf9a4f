import Comparison
import Tracking

/// How much of the latent space models use; of a β sweep, at each β.
enum LatentsSection {
  private static let metrics: [(name: String, title: String, digits: Int)] = [
    ("active_units", "active units", 1), ("collapsed_units", "collapsed", 1),
    ("mutual_information", "mutual information", 3), ("total_correlation", "total correlation", 3),
    ("dimension_wise_kl", "dimension-wise KL", 3), ("amortization_gap", "amortisation gap", 3),
  ]

  static func blocks(_ analysis: ReportAnalysis, _ learned: LearnedValues) -> [DocumentBlock] {
    var blocks: [DocumentBlock] = []
    for context in analysis.contexts {
      guard metrics.contains(where: { learned.has($0.name, in: context.runs) }) else { continue }
      if analysis.contexts.count > 1 {
        blocks.append(.heading(3, "\(context.comparison.context): latents"))
      }
      blocks.append(.table(table(context, analysis.grouping, learned)))
    }
    guard !blocks.isEmpty else { return [] }
    blocks.append(
      .paragraph(
        """
        Means over the finished runs of a group. A unit is active where its posterior mean varies over the test data, \
        else the validation or training data (variance above 0.01). The rate, over the training data, is `kl_prior` \
        per datum, in nats; the mutual information of datum and latent is at most the rate, which it makes up \
        with the total correlation of the latents and the KL of each to its prior.
        """))
    return [.heading(2, "Latents")] + blocks
  }

  /// One row per group, ordered by its coordinates with β last, so that a sweep over β reads downwards.
  private static func table(
    _ context: ReportAnalysis.Context, _ grouping: RunGrouping, _ learned: LearnedValues
  ) -> Table {
    let finished = context.runs.filter { $0.status == .finished }
    let keys = grouping.by.filter { $0 != "beta" } + grouping.by.filter { $0 == "beta" }
    let members = Dictionary(grouping: finished) { RunKeys.group($0, by: keys) }
    let groups = members.keys.sorted()
    let shown = metrics.filter { learned.has($0.name, in: finished) }
    let hasLatents = finished.contains { $0.integer("latents") != nil }
    var table = Table(
      columns: ComparisonTables.keyColumns(keys, groups) + [Table.Column("runs", alignment: .right)]
        + (hasLatents ? [Table.Column("latents", alignment: .right)] : [])
        + shown.map { Table.Column($0.title, alignment: .right) }
        + [Table.Column("rate", alignment: .right), Table.Column("distortion", alignment: .right)])
    for group in groups {
      let runs = members[group, default: []]
      let latents = runs.compactMap { $0.integer("latents") }.first
      table.append(
        ComparisonTables.labels(group) + [.integer(runs.count)]
          + (hasLatents ? [latents.map(Table.Cell.integer) ?? .missing] : [])
          + shown.map { .optional(learned.mean($0.name, of: runs), digits: $0.digits) }
          + [
            .optional(perDatum(runs) { $0.klPrior }, digits: 3),
            .optional(perDatum(runs) { $0.reconstruction.map { -$0 } }, digits: 3),
          ])
    }
    return table
  }

  private static func perDatum(_ runs: [RunSummary], _ term: (BoundTerms) -> Double?) -> Double? {
    mean(
      runs.compactMap { run in
        guard let count = run.dataCount, let value = run.outcome?.yardstick.flatMap(term) else { return nil }
        return value / Double(count)
      }.filter(\.isFinite))
  }
}
