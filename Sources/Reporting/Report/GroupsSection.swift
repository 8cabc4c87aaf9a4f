import Comparison
import Tracking

/// The table of groups, one per model and data set.
enum GroupsSection {
  static func blocks(_ analysis: ReportAnalysis) -> [DocumentBlock] {
    var blocks: [DocumentBlock] = [.heading(2, "Groups")]
    for context in analysis.contexts {
      if analysis.contexts.count > 1 {
        blocks.append(.heading(3, "\(context.comparison.context): groups"))
      }
      blocks.append(.table(context.table))
      blocks += footnotes(context) + differences(context.comparison)
    }
    blocks.append(.paragraph(legend(hasEvidence: analysis.contexts.contains { !$0.evidence.isEmpty })))
    return blocks
  }

  /// Folded away where it is long.
  private static func differences(_ comparison: GroupComparison) -> [DocumentBlock] {
    guard let baseline = comparison.baseline, !comparison.differences.isEmpty else { return [] }
    let table = ComparisonTables.differences(comparison)
    guard comparison.differences.count > longestListing else {
      return [.paragraph("Difference to \(baseline), paired by seed:"), .table(table)]
    }
    return [.folded("Difference to \(baseline), paired by seed", table)]
  }

  private static let longestListing = 12

  private static func footnotes(_ context: ReportAnalysis.Context) -> [DocumentBlock] {
    let unranked = context.comparison.unranked
    guard !unranked.isEmpty else { return [] }
    let families = Set(context.runs.filter { !$0.hasBound }.map(\.record.family))
    let point: RichText =
      families.contains("delta")
      ? " A point mass has no bound: its `elbo` is the log joint density at a point." : ""
    let draws: RichText =
      !families.isDisjoint(with: RunSummary.samplers)
      ? " Draws from the posterior are no approximation of it: their `elbo` is an estimate of the log evidence."
      : ""
    return [
      .paragraph(
        "Listed but not ranked: \(unranked.map { "\($0.key)" }.joined(separator: "; ")).\(point)\(draws)")
    ]
  }

  private static func legend(hasEvidence: Bool) -> RichText {
    """
    All values in nats. n counts seeds; mean, sd, median, IQM (the mean of the middle half) and the 95 % interval (studentized \
    bootstrap, 10,000 resamples; none below three seeds) are over seeds; best and worst are single runs; MC se is the typical \
    Monte Carlo standard error of one run's value, which all seeds share and the spread over seeds does not show. A \
    difference's interval holds both. P is the share of pairs in which the group is ahead, d_z the mean difference in units of its \
    spread, p Holm that of the sign-flip test, adjusted for all differences; more says how many more seeds are expected to decide. \
    Runs that diverged or failed count and enter no number.
    """ + (hasEvidence ? " gap is `log_evidence - elbo`, which is `kl_posterior`." : "")
  }
}
