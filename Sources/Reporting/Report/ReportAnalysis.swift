import Comparison
import Tracking

/// The comparisons that the sections of a report share.
struct ReportAnalysis {
  let input: ReportInput
  let grouping: RunGrouping
  /// One per model and data set, in the order of the runs.
  let contexts: [Context]

  struct Context {
    var comparison: GroupComparison
    var runs: [RunSummary]
    /// log p(x) by group, where its runs know it.
    var evidence: [GroupKey: Double]
  }

  init(_ input: ReportInput) throws {
    let grouping = try RunGrouping(of: input.runs)
    self.input = input
    self.grouping = grouping
    let observations = grouping.observations(of: input.runs, metric: .elbo)
    let members = Dictionary(grouping: input.runs, by: grouping.context(of:))
    contexts = GroupComparison.compare(observations, metric: RunMetric.elbo.metric).map { comparison in
      let runs = members[comparison.context, default: []]
      return Context(
        comparison: comparison, runs: runs,
        evidence: Dictionary(grouping: runs, by: grouping.group(of:)).compactMapValues { runs in
          mean(runs.compactMap { RunMetric.logEvidence.value(of: $0) }.filter(\.isFinite))
        })
    }
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
