import ArgumentParser
import Comparison
import Foundation
import Reporting
import Tracking

/// What a comparison is asked for, shared by `compare` and `plot`.
struct ComparisonOptions: ParsableArguments {
  @OptionGroup var filter: RunFilter
  @ArgumentParser.Option(
    help: "The metric of the final evaluation: \(RunMetric.allCases.map(\.rawValue).joined(separator: ", ")).")
  var metric: RunMetric = .elbo
  @ArgumentParser.Option(help: "The parameters that make a group, comma separated; else all that differ.")
  var by: String?
  @ArgumentParser.Option(help: "The group to compare with, as a filter: 'family = mean-field'; else the best.")
  var baseline: String?
  @OptionGroup var store: StoreOptions

  /// The runs, how they are grouped, and what the groups say.
  func compared(_ store: Store) throws -> (
    sweep: SweepSummary, runs: [RunSummary], grouping: RunGrouping, comparisons: [GroupComparison]
  ) {
    let (sweep, runs) = try filter.runs(in: store)
    guard !runs.isEmpty else {
      throw Failure(.notComparable, "wb: no run of '\(sweep.record.name)' matches; see: wb ls")
    }
    let keys = by?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let grouping = try RunGrouping(of: runs, by: keys)
    let isBaseline: (@Sendable (GroupKey) -> Bool)?
    if let baseline {
      let expression = try FilterExpression(parsing: baseline, known: Set(grouping.by))
      isBaseline = { key in
        expression.matches { name in key.labels.first { $0.key == name }.map { .text($0.text) } }
      }
    } else {
      isBaseline = nil
    }
    let comparisons = GroupComparison.compare(
      grouping.observations(of: runs, metric: metric), metric: metric.metric, baseline: isBaseline)
    return (sweep, runs, grouping, comparisons)
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
    let store = try options.store.open()
    let (_, runs, grouping, comparisons) = try options.compared(store)
    if format.format == .csv || format.format == .json {
      format.print(ComparisonListing.all(comparisons, runs: runs, grouping: grouping, metric: options.metric))
    } else {
      for comparison in comparisons { printReadable(comparison, runs: runs, grouping: grouping) }
    }
    let refused = comparisons.contains { comparison in
      if case .notComparable = comparison.verdict { true } else { false }
    }
    if refused { throw Failure(.notComparable) }
  }

  private func printReadable(_ comparison: GroupComparison, runs: [RunSummary], grouping: RunGrouping) {
    let evidence = ComparisonListing.evidence(comparison, runs: runs, grouping: grouping, metric: options.metric)
    Console.output("\(options.metric.rawValue), \(options.metric.metric.unit): \(comparison.context)\n")
    format.print(ComparisonTables.groups(comparison, evidence: evidence))
    if !comparison.differences.isEmpty, let baseline = comparison.baseline {
      Console.output("\nminus \(baseline), paired by seed\n")
      format.print(ComparisonTables.differences(comparison))
    }
    Console.output("\n" + VerdictText.sentences(comparison) + "\n")
  }
}
