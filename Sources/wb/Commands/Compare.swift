import ArgumentParser
import Comparison
import Reporting
import Tracking

/// What a comparison is asked for, shared by `compare` and `plot`.
struct ComparisonOptions: ParsableArguments {
  @OptionGroup var filter: RunOptions
  @ArgumentParser.Option(
    help: "The metric of the final evaluation: \(RunMetric.allCases.map(\.rawValue).joined(separator: ", ")).")
  var metric: RunMetric = .elbo
  @ArgumentParser.Option(help: "The parameters that make a group, comma separated; else all that differ.")
  var by: String?
  @ArgumentParser.Option(help: "The group to compare with, as a filter: 'family = mean-field'; else the best.")
  var baseline: String?
  @OptionGroup var store: StoreOptions

  /// The runs of the sweep, compared.
  func compared(in store: Store) throws -> (sweep: SweepSummary, comparison: RunComparison) {
    let (sweep, runs) = try filter.runs(in: store)
    guard !runs.isEmpty else {
      throw Failure(.notComparable, "wb: no run of '\(sweep.record.name)' matches; see: wb ls")
    }
    let keys = by?.split(separator: ",").map { String($0).filter { !$0.isWhitespace } }
    let comparison = try RunComparison(
      runs, by: keys, metric: metric, baseline: try baseline.map { try FilterExpression(parsing: $0) })
    return (sweep, comparison)
  }
}

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare groups of runs over seeds, and say what can be said.",
    discussion: """
      Groups are compared on the final evaluation, the ELBO at β = 1 in nats. Differences are paired by seed. A \
      comparison that cannot be made exits with 6.
      """)

  @OptionGroup var options: ComparisonOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let comparison = try options.compared(in: try options.store.open()).comparison
    switch format.format {
    case .csv, .json: format.print(ComparisonListing.all(comparison))
    case .table, .markdown: for context in comparison.contexts { printReadable(context) }
    }
    let isRefused = comparison.contexts.contains { context in
      if case .notComparable = context.comparison.verdict { true } else { false }
    }
    if isRefused { throw Failure(.notComparable) }
  }

  private func printReadable(_ context: RunComparison.Context) {
    let comparison = context.comparison
    Console.output("\(options.metric.rawValue) in \(options.metric.metric.unit), \(comparison.context)\n")
    format.print(context.table)
    if !comparison.differences.isEmpty, let baseline = comparison.baseline {
      Console.output("\nDifferences to \(baseline), paired by seed\n")
      format.print(ComparisonTables.differences(comparison))
    }
    Console.output("\n" + TextWrap.wrapped(VerdictText.sentences(comparison), width: 80) + "\n")
  }
}
