import Comparison
import Tracking

/// The commands that say again what a report says, as one types them at a shell.
struct ReportCommands {
  private let sweep: String
  private let sweepInSQL: String
  private let store: String
  private let grouping: RunGrouping

  init(_ analysis: ReportAnalysis) {
    sweep = ShellText.quoted(analysis.input.sweep.name)
    sweepInSQL = analysis.input.sweep.name.replacing("'", with: "''")
    store = ShellText.quoted(analysis.input.store)
    grouping = analysis.grouping
  }

  /// The comparison of a context's groups.
  ///
  /// - Parameter isOnly: whether the sweep has no other context.
  func compare(_ context: ReportAnalysis.Context, isOnly: Bool) -> String {
    // A parameter that none of these runs has is unknown to their comparison.
    let keys = grouping.by.filter { key in context.runs.contains { $0.value(of: key) != nil } }
    return compare(isOnly ? [] : context.comparison.context.labels, by: keys)
  }

  /// The comparison along one axis, with everything else as in the best group.
  func compare(_ context: ReportAnalysis.Context, isOnly: Bool, along axis: String) -> String {
    let best = context.comparison.groups.first?.key.labels ?? []
    return compare(
      (isOnly ? [] : context.comparison.context.labels) + best.filter { $0.key != axis }, by: [axis])
  }

  /// The runs that did not finish or are suspect.
  var troubled: String {
    "wb ls \(ShellText.quoted("status != finished or suspect is not null")) --sweep \(sweep) --store \(store)"
  }

  /// The comparison of all groups by another metric than the yardstick.
  func compare(metric: String) -> String { compare([], by: grouping.by, metric: metric) }

  /// A question to the store about the runs of the sweep.
  func sql(_ columns: String) -> String {
    let query = "SELECT \(columns) FROM runs WHERE sweep = '\(sweepInSQL)'"
    // Double quotes are easier to read around SQL's single ones, where the shell finds nothing to replace in them.
    let isPlain = query.allSatisfy { !"\"$`\\!".contains($0) && !$0.isNewline }
    return "wb sql \(isPlain ? "\"\(query)\"" : ShellText.quoted(query)) --store \(store)"
  }

  private func compare(_ labels: [Label], by keys: [String], metric: String? = nil) -> String {
    let filter = labels.map {
      FilterText.condition($0.key, $0.text == RunKeys.missing ? nil : $0.text)
    }.joined(separator: " and ")
    let words =
      ["wb compare"] + (filter.isEmpty ? [] : [ShellText.quoted(filter)]) + ["--sweep \(sweep)"]
      + (metric.map { ["--metric \(ShellText.quoted($0))"] } ?? [])
      + (keys.isEmpty ? [] : ["--by \(ShellText.quoted(keys.joined(separator: ",")))"]) + ["--store \(store)"]
    return words.joined(separator: " ")
  }
}
