import Comparison
import Tracking

/// The table of groups, one per model and data set.
enum GroupsSection {
  static func markdown(_ analysis: ReportAnalysis) -> String {
    var parts = ["## Groups"]
    for context in analysis.contexts {
      if analysis.contexts.count > 1 {
        parts.append("### \(Markdown.escaped("\(context.comparison.context)")): groups")
      }
      parts.append(TableFormat.markdown.render(context.table).trimmingSuffix())
      parts += footnotes(context) + differences(context.comparison)
    }
    parts.append(legend(hasEvidence: analysis.contexts.contains { !$0.evidence.isEmpty }))
    return parts.joined(separator: "\n\n") + "\n"
  }

  /// Folded away where it is long.
  private static func differences(_ comparison: GroupComparison) -> [String] {
    guard let baseline = comparison.baseline, !comparison.differences.isEmpty else { return [] }
    let long = comparison.differences.count > longestListing
    let name = long ? Markdown.html("\(baseline)") : Markdown.escaped("\(baseline)")
    let title = "Difference to \(name), paired by seed"
    let table = TableFormat.markdown.render(ComparisonTables.differences(comparison)).trimmingSuffix()
    guard long else { return [title + ":", table] }
    return ["<details><summary>\(title)</summary>", table, "</details>"]
  }

  private static let longestListing = 12

  private static func footnotes(_ context: ReportAnalysis.Context) -> [String] {
    let unranked = context.comparison.unranked
    guard !unranked.isEmpty else { return [] }
    return [
      "Listed but not ranked: \(unranked.map { Markdown.escaped("\($0.key)") }.joined(separator: "; ")). "
        + "A point mass has no bound: its `elbo` is the log joint density at a point."
    ]
  }

  private static func legend(hasEvidence: Bool) -> String {
    "All values in nats. mean, sd and the 95 % interval (studentized bootstrap, 10,000 resamples; none below three "
      + "seeds) are over seeds; best and worst are single runs; MC se is the typical Monte Carlo standard error of one "
      + "run's value, which all seeds share and the spread over seeds does not show. A difference's interval holds "
      + "both. Runs that diverged or failed count and enter no number."
      + (hasEvidence ? " gap is `log_evidence - elbo`, which is `kl_posterior`." : "")
  }
}

extension String {
  /// Without the newline at its end.
  func trimmingSuffix() -> String {
    hasSuffix("\n") ? String(dropLast()) : self
  }
}
