/// Groups ranked over several models or data sets: how often each is ahead, where values cannot be averaged.
public struct GroupRanks: Sendable, Hashable {
  /// The groups that every context has a mean of, best average rank first.
  public var groups: [GroupKey]
  /// In the order of `groups`; 1 is the best.
  public var averageRanks: [Double]
  public var contexts: [GroupKey]
  /// Friedman's χ², its p, and the difference of average ranks from which two groups differ.
  public var friedman: FriedmanRanks

  /// - Returns: nil of fewer than three contexts, where they share fewer than three groups, where no way is better, or where a
  ///   comparison was refused.
  public init?(_ comparisons: [GroupComparison]) {
    guard comparisons.count >= 3, !comparisons.contains(where: \.isRefused),
      let metric = comparisons.first?.metric, metric.direction != .neither
    else { return nil }
    let means = comparisons.map { comparison in
      Dictionary(
        comparison.groups.compactMap { group in group.mean.map { (group.key, $0) } },
        uniquingKeysWith: { first, _ in first })
    }
    let shared = means[0].keys.filter { key in means.allSatisfy { $0[key] != nil } }.sorted()
    guard shared.count >= 3,
      let friedman = FriedmanRanks(
        means.map { mean in shared.compactMap { mean[$0] } }, prefers: { metric.prefers($0, to: $1) })
    else { return nil }
    let order = shared.indices.sorted { (friedman.averageRanks[$0], $0) < (friedman.averageRanks[$1], $1) }
    groups = order.map { shared[$0] }
    averageRanks = order.map { friedman.averageRanks[$0] }
    contexts = comparisons.map(\.context)
    self.friedman = friedman
  }
}
