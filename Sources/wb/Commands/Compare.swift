import ArgumentParser
import Comparison
import Reporting
import Tracking

/// What a comparison is asked for, shared by `compare` and `plot`.
struct ComparisonOptions: ParsableArguments {
  @OptionGroup var filter: RunOptions
  @ArgumentParser.Option(help: "The parameters that make a group, comma separated; else all that differ.")
  var by: String?
  @ArgumentParser.Option(
    help: "The group to compare with, as a filter: 'family = mean-field'; else the best.")
  var baseline: String?
  @OptionGroup var store: StoreOptions

  /// The runs of the sweep, compared by a metric of their final evaluation or the last value that they recorded.
  func compared(
    in store: Store, by metric: String
  ) throws -> (sweep: SweepSummary, comparison: RunComparison) {
    let (sweep, runs) = try filter.runs(in: store)
    guard !runs.isEmpty else {
      throw Failure(.notComparable, "wb: no run of '\(sweep.record.name)' matches; see: wb ls")
    }
    let keys = by?.split(separator: ",").map { String($0).filter { !$0.isWhitespace } }
    let names = FilterNames(labels: try RunGrouping(of: runs, by: keys).by)
    let named = try baseline.map { try FilterExpression(parsing: $0, names: names) }
    let measurement = try RunMeasurement(named: metric, of: runs, source: StoreRunSource(store: store))
    return (sweep, try RunComparison(runs, by: keys, measurement: measurement, baseline: named))
  }
}

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare groups of runs over seeds, and say what can be said.",
    usage: "wb compare [<filter>] [--by <keys>] [--baseline <filter>] [<options>]",
    discussion: """
      Groups are compared on the final evaluation, the ELBO at β = 1 in nats, or on the last value of a metric that the \
      runs recorded, such as nll. Differences are paired by seed. A comparison that cannot be made exits with 6.

        wb compare 'beta = 1' --by family --baseline 'family = mean-field'
      """)

  @OptionGroup var options: ComparisonOptions
  @ArgumentParser.Option(
    help: """
      A term of the final evaluation (elbo, reconstruction, kl_prior, kl_posterior, log_joint, entropy, \
      log_evidence), seconds, steps, or any metric that the runs recorded, such as test_elbo or nll.
      """)
  var metric = RunMetric.elbo.rawValue
  @OptionGroup var format: FormatOptions

  func run() throws {
    let comparison = try options.compared(in: try options.store.open(), by: metric).comparison
    if format.isForPrograms {
      try format.print(ComparisonListing.all(comparison))
    } else {
      for context in comparison.contexts { try printReadable(context) }
    }
    let refusals = comparison.contexts.compactMap { context -> String? in
      guard case .notComparable(let reason) = context.comparison.verdict else { return nil }
      return "wb: \(context.comparison.context) is not comparable: \(reason)"
    }
    guard !refusals.isEmpty else { return }
    // A reader has seen the sentence below the table.
    throw Failure(.notComparable, format.isForPrograms ? refusals.joined(separator: "\n") : "")
  }

  private func printReadable(_ context: RunComparison.Context) throws {
    let comparison = context.comparison
    let place = VisibleText.escaped("\(comparison.context)")
    let unit = comparison.metric.unit.isEmpty ? "" : " in \(comparison.metric.unit)"
    try Console.output("\(comparison.metric.name)\(unit), \(place)\n\n")
    try format.print(context.table)
    if !comparison.differences.isEmpty, let baseline = comparison.baseline {
      try Console.output("\nDifferences to \(VisibleText.escaped("\(baseline)")), paired by seed\n\n")
      try format.print(ComparisonTables.differences(comparison))
    }
    let sentences = VisibleText.escaped(VerdictText.sentences(comparison))
    try Console.output("\n" + TextWrap.lines(sentences, width: 80).joined(separator: "\n") + "\n\n")
  }
}
