import Comparison
import Tracking

/// The terms of the bound per group: where its ELBO comes from.
enum TermsSection {
  private static let terms: [RunMetric] = [
    .elbo, .reconstruction, .klPrior, .klPosterior, .logJoint, .entropy, .logEvidence,
  ]

  static func blocks(_ analysis: ReportAnalysis) -> [DocumentBlock] {
    var blocks: [DocumentBlock] = [.heading(2, "Terms of the bound")]
    for context in analysis.contexts {
      if analysis.contexts.count > 1 {
        blocks.append(.heading(3, "\(context.comparison.context): terms"))
      }
      blocks.append(.table(table(context, analysis.grouping)))
    }
    let command = ReportCommands(analysis).compare(metric: RunMetric.reconstruction.rawValue)
    blocks.append(
      .paragraph(
        """
        Means over the finished runs of a group, in nats, at β = 1. `elbo` is `log_joint + entropy`, \
        `reconstruction - kl_prior` and, where the evidence is known, `log_evidence - kl_posterior`: `kl_prior` is \
        KL[q ‖ p(z)], `kl_posterior` is KL[q ‖ p(z|x)]. A dash is a term that cannot be had. \
        From \(code: command), and so for the others.
        """))
    return blocks
  }

  /// One row per group, in the order of the comparison.
  private static func table(_ context: ReportAnalysis.Context, _ grouping: RunGrouping) -> Table {
    let groups = context.comparison.groups + context.comparison.unranked
    let members = Dictionary(
      grouping: context.runs.filter { $0.status == .finished }, by: grouping.group(of:))
    let keys = groups.first?.key.labels.map(\.key) ?? []
    var table = Table(
      columns: keys.map { Table.Column($0, title: $0.split(separator: ".").last.map(String.init) ?? $0) }
        + terms.map { Table.Column($0.rawValue, alignment: .right) })
    for group in groups {
      let runs = members[group.key] ?? []
      table.append(
        group.key.labels.map { .text($0.text) }
          + terms.map { term in .optional(mean(runs.compactMap(term.value)), digits: 4) })
    }
    return table
  }
}
