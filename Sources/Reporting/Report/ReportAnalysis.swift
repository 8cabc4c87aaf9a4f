import Comparison
import Tracking

/// The comparison that the sections of a report share.
struct ReportAnalysis {
  typealias Context = RunComparison.Context

  let input: ReportInput
  let comparison: RunComparison

  var grouping: RunGrouping { comparison.grouping }
  var contexts: [Context] { comparison.contexts }

  init(_ input: ReportInput) throws {
    self.input = input
    comparison = try RunComparison(input.runs)
  }

  /// What a run is called among the others: its group, where there are several contexts with its context.
  func name(of run: RunSummary) -> String {
    let group = grouping.group(of: run)
    return contexts.count > 1 ? "\(grouping.context(of: run)): \(group)" : "\(group)"
  }

  /// The keys along which the groups of a context differ.
  func axes(of context: Context) -> [String] {
    grouping.by.filter { key in Set(context.runs.map { RunKeys.text($0.value(of: key)) }).count > 1 }
  }

  /// How the values of one axis compare where everything else is as in the best group; nil where the best group
  /// stands alone on that axis.
  func comparison(along axis: String, in context: Context) -> GroupComparison? {
    guard let best = context.comparison.groups.first?.key else { return nil }
    let fixed = best.labels.filter { $0.key != axis }
    let slice = grouping.observations(of: context.runs, metric: .elbo).filter {
      $0.isBound && fixed.allSatisfy($0.group.labels.contains)
    }
    let named = slice.map { observation in
      var observation = observation
      observation.group = GroupKey(observation.group.labels.filter { $0.key == axis })
      return observation
    }
    guard Set(named.map(\.group)).count > 1 else { return nil }
    return GroupComparison.compare(named, metric: RunMetric.elbo.metric).first
  }
}
