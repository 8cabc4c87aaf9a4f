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

  /// How the values of one axis compare with everything else held fixed.
  func comparison(along axis: String, in context: Context) throws -> GroupComparison? {
    let grouping = try RunGrouping(of: context.runs, by: [axis])
    let observations = grouping.observations(of: context.runs, metric: .elbo)
    return GroupComparison.compare(observations, metric: RunMetric.elbo.metric).first
  }
}
