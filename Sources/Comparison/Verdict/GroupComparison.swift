/// What can be said about the groups of one comparison.
public enum Verdict: Sendable, Hashable {
  /// The baseline is the best by its mean, and every other group is worse.
  case best(GroupKey)
  /// The baseline is the best by its mean, but these others cannot be told from it or are equivalent.
  case shared(GroupKey, with: [GroupKey])
  /// Every group stands against a named baseline; see the differences.
  case against(GroupKey)
  /// The metric says what a run is like, not how good it is; see the differences.
  case described
  /// A comparison that cannot be made must not read as a pass.
  case notComparable(reason: String)
}

/// The groups of one context, best first, with their differences to a baseline.
public struct GroupComparison: Sendable, Hashable {
  public var metric: Metric
  public var context: GroupKey
  /// The groups that can be ranked: best mean first, those without any value last.
  public var groups: [GroupSummary]
  /// Groups whose value is on another scale, such as the log density of a point mass: listed, never ranked.
  public var unranked: [GroupSummary]
  public var baseline: GroupKey?
  /// One per ranked group other than the baseline, in the order of `groups`.
  public var differences: [PairedDifference]
  public var verdict: Verdict
  /// Whether values of its runs must not be compared with each other at all.
  public private(set) var isRefused = false

  /// Compares within each context, and never across: one result per context, in the order of their first run.
  ///
  /// - Parameters:
  ///   - baseline: picks the groups to compare with; the best by mean where it is nil.
  ///   - confidence: of the differences' intervals; 1 − confidence is the level of their tests. Above 95 % where the same
  ///     comparison is looked at repeatedly (``SequentialRule``).
  public static func compare(
    _ observations: [Observation], metric: Metric, baseline: (@Sendable (GroupKey) -> Bool)? = nil,
    confidence: Double = 0.95
  ) -> [GroupComparison] {
    var contexts: [GroupKey] = []
    var members: [GroupKey: [Observation]] = [:]
    for observation in observations {
      if members[observation.context] == nil { contexts.append(observation.context) }
      members[observation.context, default: []].append(observation)
    }
    return contexts.map { context in
      GroupComparison(
        context: context, members[context] ?? [], metric: metric, baseline: baseline,
        confidence: confidence)
    }
  }

  private init(
    context: GroupKey, _ observations: [Observation], metric: Metric,
    baseline isBaseline: ((GroupKey) -> Bool)?, confidence: Double
  ) {
    self.metric = metric
    self.context = context
    var bootstrap = Bootstrap()
    let ranked = GroupComparison.summaries(
      observations.filter(\.isBound), isBound: true, metric, &bootstrap)
    let unranked = GroupComparison.summaries(
      observations.filter { !$0.isBound }, isBound: false, metric, &bootstrap)
    groups = ranked
    self.unranked = unranked
    differences = []

    let candidates = isBaseline.map { isBaseline in (ranked + unranked).filter { isBaseline($0.key) } }
    let chosen = candidates.map { $0.count == 1 ? $0.first : nil } ?? ranked.first
    baseline = chosen?.key
    if let refusal = GroupComparison.refusal(ranked: ranked, candidates: candidates, chosen: chosen) {
      verdict = .notComparable(reason: refusal)
      return
    }
    guard let chosen else {
      verdict = .notComparable(reason: "there are no runs to compare")
      return
    }
    let measured = ranked.filter { $0.key != chosen.key && $0.mean != nil }.map {
      PairedDifference($0, against: chosen, metric: metric, confidence: confidence, &bootstrap)
    }
    differences = PairedDifference.judged(measured, metric: metric)
    verdict = GroupComparison.verdict(
      on: differences, baseline: chosen.key, isNamed: isBaseline != nil, metric)
  }

  /// The same without any difference, ranked by name, where there is a reason why its values must not be compared; itself
  /// where there is none.
  public func refused(_ reason: String?) -> GroupComparison {
    guard let reason else { return self }
    var refused = self
    refused.isRefused = true
    refused.verdict = .notComparable(reason: reason)
    refused.baseline = nil
    refused.differences = []
    refused.groups.sort { $0.key < $1.key }
    return refused
  }

  private static func summaries(
    _ observations: [Observation], isBound: Bool, _ metric: Metric, _ bootstrap: inout Bootstrap
  ) -> [GroupSummary] {
    Dictionary(grouping: observations, by: \.group)
      .map { GroupSummary($0.key, $0.value, isBound: isBound, metric: metric, &bootstrap) }
      .sorted { precedes($0, $1, metric: metric) }
  }

  private static func precedes(_ a: GroupSummary, _ b: GroupSummary, metric: Metric) -> Bool {
    guard metric.direction != .neither else { return a.key < b.key }
    switch (a.mean, b.mean) {
    case (let x?, let y?) where x != y: return metric.prefers(x, to: y)
    case (_?, nil): return true
    case (nil, _?): return false
    default: return a.key < b.key
    }
  }

  /// Why no comparison can be made; nil where one can.
  private static func refusal(
    ranked: [GroupSummary], candidates: [GroupSummary]?, chosen: GroupSummary?
  ) -> String? {
    if let candidates {
      guard let chosen else {
        guard !candidates.isEmpty else { return "no group matches the baseline" }
        let names = candidates.prefix(3).map { "\($0.key)" } + (candidates.count > 3 ? ["…"] : [])
        return "\(candidates.count) groups match the baseline (\(names.joined(separator: "; "))); "
          + "name one that only one group matches, or group by less"
      }
      guard chosen.isBound else {
        return
          "the baseline, \(chosen.key), has no bound: it is a point mass, whose elbo is a log density, or draws from the posterior"
      }
      guard chosen.mean != nil else { return "no run of the baseline, \(chosen.key), has a finite value" }
    }
    switch ranked.count(where: { $0.mean != nil }) {
    case 0: return ranked.isEmpty ? "there are no runs to compare" : "no run has a finite value"
    case 1 where ranked.count == 1: return "there is only one group"
    case 1: return "only one group has a run with a finite value"
    default: return nil
    }
  }

  private static func verdict(
    on differences: [PairedDifference], baseline: GroupKey, isNamed: Bool, _ metric: Metric
  ) -> Verdict {
    if differences.allSatisfy({ $0.pairs == 0 }) {
      return .notComparable(reason: "no seed is common to \(baseline) and another group")
    }
    if metric.direction == .neither { return .described }
    if isNamed { return .against(baseline) }
    let rivals = differences.filter { $0.standing != .worse }.map(\.group)
    return rivals.isEmpty ? .best(baseline) : .shared(baseline, with: rivals)
  }
}
