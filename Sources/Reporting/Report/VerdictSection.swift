import Comparison
import Tracking

/// What to use, by how much, how sure that is, and whether the runs can be trusted.
enum VerdictSection {
  static func blocks(_ analysis: ReportAnalysis, _ gaps: ConvergenceSection.Gaps) -> [DocumentBlock] {
    var blocks: [DocumentBlock] = [.heading(2, "Verdict")]
    if analysis.contexts.isEmpty {
      blocks.append(.paragraph("No comparison can be made: the sweep has no runs."))
    }
    let commands = ReportCommands(analysis)
    let isOnly = analysis.contexts.count == 1
    for context in analysis.contexts {
      if analysis.contexts.count > 1 {
        blocks.append(.heading(3, "\(context.comparison.context)"))
      }
      if let choice = choice(context) { blocks.append(.paragraph(choice)) }
      blocks.append(.paragraph(RichText(VerdictText.sentences(context.comparison))))
      blocks.append(.paragraph("From \(code: commands.compare(context, isOnly: isOnly))."))
      let axes = axisLines(analysis, context, commands)
      if !axes.isEmpty {
        blocks += [.paragraph("Around that group, one parameter at a time:"), .items(axes)]
      }
    }
    if analysis.contexts.count > 1 {
      blocks.append(.paragraph("Different models or data are not ranked against each other."))
    }
    blocks.append(.paragraph("\(trust(analysis.input.runs)) From \(code: commands.troubled)."))
    if gaps.unconverged > 0 {
      blocks.append(
        .paragraph(
          """
          **\(gaps.unconverged) of \(VerdictText.count(gaps.runs.count, "run")) had not converged** when the steps ran out \
          (see \(link: "below", to: "can-it-be-trusted")): what they reached says as much of the optimisation as of the family. From \
          \(code: commands.compare(metric: "optimization_gap")).
          """))
    }
    blocks.append(
      .paragraph(
        """
        Every number is the yardstick: the `elbo` at β = 1 of a run's final parameters, in nats, whatever form and β \
        the run was trained with, so that all runs of a model and data set are on one scale.
        """))
    return blocks
  }

  private static func choice(_ context: ReportAnalysis.Context) -> RichText? {
    switch context.comparison.verdict {
    case .best(let key):
      return "**Use \(coordinates(key)).**\(level(context))"
    case .shared(let key, let rivals):
      let differences = context.comparison.differences
      let asGood = differences.count { rivals.contains($0.group) && $0.interval != nil }
      guard asGood > 0 else {
        return
          "**The highest mean is that of \(coordinates(key))**, from too few seeds to say how sure that is.\(level(context))"
      }
      return """
        **Use \(coordinates(key))**, the highest mean; \(asGood) of the other \(differences.count) groups may do \
        as well.\(level(context))
        """
    case .against, .described, .notComparable:
      return nil
    }
  }

  /// Where the best group is, and how far below the evidence.
  private static func level(_ context: ReportAnalysis.Context) -> RichText {
    guard let best = context.comparison.groups.first, let mean = best.mean else { return "" }
    let error = best.interval.map { ($0.high - $0.low) / 2 } ?? best.monteCarloError
    let digits = NumberText.digits(error: error) ?? 4
    let level: RichText =
      " Its mean `elbo` is \(NumberText.fixed(mean, digits: digits)) nats\(perDatum(mean, context))"
    guard let evidence = context.evidence[best.key] else { return level + "." }
    let slack = max(4 * (best.monteCarloError ?? 0), 1e-6 * abs(evidence))
    return mean <= evidence + slack
      ? level + ", \(NumberText.fixed(max(evidence - mean, 0), digits: digits)) below the log evidence."
      : """
      \(level). **That is \(NumberText.fixed(mean - evidence, digits: digits)) above the log evidence, which no \
      bound can be: do not trust it.**
      """
  }

  /// The level per row of the data, where they were learned from: `, -2.6998 per datum`.
  private static func perDatum(_ mean: Double, _ context: ReportAnalysis.Context) -> String {
    // The number of rows makes a context: all of its runs have the same.
    guard let count = context.runs.lazy.compactMap(\.dataCount).first else { return "" }
    return ", \(NumberText.rounded(mean / Double(count), figures: 5)) per datum"
  }

  private static func coordinates(_ key: GroupKey) -> RichText {
    key.labels.map { "\($0.key) \(code: $0.text)" as RichText }.joined(separator: ", ")
  }

  private static func axisLines(
    _ analysis: ReportAnalysis, _ context: ReportAnalysis.Context, _ commands: ReportCommands
  ) -> [RichText] {
    let axes = analysis.axes(of: context)
    guard axes.count > 1 else { return [] }
    return axes.compactMap { axis in
      analysis.comparison(along: axis, in: context).map { comparison in
        """
        \(code: axis): \(VerdictText.sentences(comparison)) From \
        \(code: commands.compare(context, isOnly: analysis.contexts.count == 1, along: axis)).
        """
      }
    }
  }

  private static func trust(_ runs: [RunSummary]) -> RichText {
    let lost = [RunStatus.diverged, .failed, .interrupted, .running].compactMap { status in
      let number = runs.count { $0.status == status }
      return number > 0 ? "\(number) \(status == .running ? "still running" : status.rawValue)" : nil
    }
    let finished = runs.count { $0.status == .finished }
    let suspect = runs.count { $0.outcome?.suspect != nil }
    let first =
      lost.isEmpty
      ? "All \(VerdictText.count(runs.count, "run")) finished"
      : "Of \(VerdictText.count(runs.count, "run")), \(finished) finished, \(lost.joined(separator: ", "))"
    let second: RichText =
      suspect == 0
      ? "none is suspect."
      : "**\(suspect) cannot be trusted** (see \(link: "below", to: "can-it-be-trusted"))."
    return "\(first); \(second)"
  }
}
