public import Comparison
public import Tracking

/// Runs compared by a metric: what `wb compare` prints, and what a report and its figures rest on.
public struct RunComparison: Sendable, Hashable {
  public var grouping: RunGrouping
  /// One per model and data set, in the order of the runs.
  public var contexts: [Context]
  /// What is compared, for every run.
  public var measurement: RunMeasurement

  public struct Context: Sendable, Hashable {
    public var comparison: GroupComparison
    public var runs: [RunSummary]
    /// log p(x) by group, where its runs know it.
    public var evidence: [GroupKey: Double]
    /// log p(x) as samplers estimate it; nil where none does, or the metric has nothing to do with it.
    public var sampled: SampledEvidence?
    /// KL[q ‖ p(z|x)] by that, of the groups whose runs do not know their evidence.
    public var gaps: [GroupKey: EvidenceGap] = [:]

    /// A run to show of each group where only one can be shown: the finished one with the smallest seed; best groups
    /// first.
    public var exemplars: [RunSummary] {
      let finished = runs.filter { $0.status == .finished }
      let keys = comparison.groups.first?.key.labels.map(\.key) ?? []
      let members = Dictionary(
        zip(RunKeys.groups(of: finished, by: keys), finished),
        uniquingKeysWith: { $1.record.seed < $0.record.seed ? $1 : $0 })
      return comparison.groups.compactMap { members[$0.key] }
    }

    /// The listing of its groups, with the gap to the evidence where the metric is a bound on it.
    public var table: Table {
      let isBound = comparison.metric.name == RunMetric.elbo.rawValue
      let estimated = gaps.compactMapValues { _ in sampled?.value }
      return ComparisonTables.groups(
        comparison, evidence: isBound ? evidence.merging(estimated) { known, _ in known } : [:], gaps: gaps)
    }
  }

  /// - Parameters:
  ///   - by: the keys that make a group; nil for every key that differs.
  ///   - baseline: selects the group that the others are compared with, by its keys (`family = mean-field`); the
  ///     best by its mean where it is nil.
  ///   - evidence: what samplers say of models that do not know their own.
  ///   - confidence: of the differences' intervals.
  public init(
    _ runs: [RunSummary], by: [String]? = nil, measurement: RunMeasurement, baseline: FilterExpression? = nil,
    evidence sampled: [ModelIdentity: SampledEvidence] = [:], confidence: Double = 0.95
  ) throws(GroupingError) {
    let grouping = try RunGrouping(of: runs, by: by)
    let cells = RunCells(of: runs)
    let places = (
      contexts: grouping.contexts(of: runs, cells: cells), groups: grouping.groups(of: runs, cells: cells)
    )
    let members = Self.byKey(runs, places.contexts)
    let comparisons = GroupComparison.compare(
      grouping.observations(
        of: runs, measurement, contexts: places.contexts, groups: places.groups, cells: cells),
      metric: measurement.metric,
      baseline: baseline.map { filter in
        { @Sendable key in
          filter.matches { column in
            key.labels.first { column == .parameter($0.key) }.map {
              $0.text == RunKeys.missing ? .null : $0.number.map(FilterValue.number) ?? .text($0.text)
            }
          }
        }
      }, confidence: confidence)
    self.grouping = grouping
    self.measurement = measurement
    contexts = comparisons.map { comparison in
      let runs = members[comparison.context, default: []]
      let comparison = comparison.refused(
        ObjectiveScale.refusal(measurement.metric, runs)
          ?? Self.loneliness(comparison, grouping, contexts: comparisons.count))
      let groups = runs.count == places.groups.count ? places.groups : grouping.groups(of: runs)
      var context = Context(comparison: comparison, runs: runs, evidence: Self.evidence(runs, groups))
      context.estimate(sampled, groups)
      return context
    }
  }

  /// Why a group is alone, where runs of other models or data are not ranked with it.
  private static func loneliness(
    _ comparison: GroupComparison, _ grouping: RunGrouping, contexts: Int
  ) -> String? {
    guard contexts > 1, comparison.groups.count == 1, case .notComparable(let reason) = comparison.verdict
    else { return nil }
    let keys = grouping.contextKeys.prefix(3).joined(separator: ", ")
    return
      "\(reason) of it, and runs of another \(keys) are of other data or another model and are not ranked with "
      + "it; compare runs that agree in that"
  }

  /// The shares of the variance over all keys in which the runs of a context differ, whatever makes a group.
  public func varianceShares(of context: Context) throws(VarianceObstacle) -> VarianceShares {
    if case .notComparable(let reason) = context.comparison.verdict, context.comparison.isRefused {
      throw .notComparable(reason)
    }
    // The keys are those of the runs themselves: none is unknown.
    guard let grouping = try? RunGrouping(of: context.runs) else { throw .oneCell }
    return try VarianceShares(of: grouping.observations(of: context.runs, measurement))
  }

  /// A run is large: where all have one key they are not copied.
  private static func byKey(_ runs: [RunSummary], _ keys: [GroupKey]) -> [GroupKey: [RunSummary]] {
    if let first = keys.first, keys.allSatisfy({ $0 == first }) { return [first: runs] }
    return Dictionary(grouping: runs.indices, by: { keys[$0] }).mapValues { $0.map { runs[$0] } }
  }

  private static func evidence(_ runs: [RunSummary], _ keys: [GroupKey]) -> [GroupKey: Double] {
    var known: [GroupKey: [Double]] = [:]
    for index in runs.indices {
      guard let value = RunMetric.logEvidence.value(of: runs[index]), value.isFinite else { continue }
      known[keys[index], default: []].append(value)
    }
    return known.compactMapValues(mean)
  }

  /// The metrics that are the evidence less something.
  public static func isOfEvidence(_ metric: Metric) -> Bool {
    [RunMetric.elbo, .klPosterior].map(\.rawValue).contains(metric.name)
  }

  /// Compares by what the outcomes of the runs say.
  public init(
    _ runs: [RunSummary], by: [String]? = nil, metric: RunMetric = .elbo, baseline: FilterExpression? = nil
  ) throws(GroupingError) {
    try self.init(runs, by: by, measurement: RunMeasurement(metric, of: runs), baseline: baseline)
  }
}

extension RunComparison.Context {
  /// Takes the gaps of its groups from what samplers say of its model.
  ///
  /// - Parameter groups: of each run.
  fileprivate mutating func estimate(_ known: [ModelIdentity: SampledEvidence], _ groups: [GroupKey]) {
    guard !known.isEmpty, RunComparison.isOfEvidence(comparison.metric) else { return }
    let models = Set(RunCells(of: runs).examples.map(ModelIdentity.init))
    guard models.count == 1, let model = models.first ?? nil, let evidence = known[model] else { return }
    sampled = evidence
    gaps = Dictionary(grouping: runs.indices, by: { groups[$0] }).compactMapValues { members in
      EvidenceGap(of: members.map { runs[$0] }, evidence)
    }
  }
}
