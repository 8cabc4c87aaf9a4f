public import Comparison
import Plotting
import Tracking

/// The figures of one context: runs of one model and data set.
public struct RunFigures {
  let context: RunComparison.Context
  let grouping: RunGrouping
  /// log p(x), where the runs know it and agree.
  let evidence: ReferenceLine?

  var comparison: GroupComparison { context.comparison }
  var runs: [RunSummary] { context.runs }
  var metric: Metric { comparison.metric }
  var isOfElbo: Bool { metric.name == RunMetric.elbo.rawValue }

  public init(_ context: RunComparison.Context, grouping: RunGrouping) {
    self.context = context
    self.grouping = grouping
    evidence = RunFigures.evidence(context.runs)
  }

  /// The group that the others are compared with.
  public var baseline: GroupKey? { comparison.baseline }

  static let mostLines = 9
  static let mostRows = 24

  static func axisLabel(_ name: String, unit: String) -> String {
    unit.isEmpty ? name : "\(name) (\(unit))"
  }

  /// The coordinates that several groups have in common.
  func sharedLabels(_ keys: [GroupKey]) -> [Label] {
    guard keys.count > 1, let first = keys.first else { return [] }
    return first.labels.filter { label in keys.allSatisfy { $0.labels.contains(label) } }
  }

  /// Why the groups must not be ranked by what the figure shows; empty where they can be.
  var refusal: String {
    guard comparison.isRefused, comparison.groups.count > 1,
      case .notComparable(let reason) = comparison.verdict
    else { return "" }
    return "not comparable: \(reason)"
  }

  /// A group's name without what is said of all groups.
  func name(_ key: GroupKey, without shared: [Label]) -> String {
    "\(GroupKey(key.labels.filter { !shared.contains($0) }))"
  }

  /// What all groups of a figure have in common, in words.
  func fixed(_ shared: [Label]) -> String { shared.isEmpty ? "" : "at \(GroupKey(shared))" }

  private static func evidence(_ runs: [RunSummary]) -> ReferenceLine? {
    let known = runs.compactMap { $0.outcome?.yardstick?.logEvidence }.filter(\.isFinite)
    guard let low = known.min(), let high = known.max(), high - low <= 0.01 else { return nil }
    let value = (low + high) / 2
    return ReferenceLine(label: "log evidence \(NumberText.fixed(value, digits: 3))", value: value)
  }

  var colorKey: String? {
    grouping.by.contains("family") ? "family" : grouping.by.first
  }

  /// The place of a group's value among the values of a key in this comparison; its own place without a key.
  func index(of key: GroupKey, along axis: String?) -> Int {
    let all = (comparison.groups + comparison.unranked).map(\.key)
    guard let axis else { return all.firstIndex(of: key) ?? 0 }
    func coordinate(_ key: GroupKey) -> GroupKey { GroupKey(key.labels.filter { $0.key == axis }) }
    return Set(all.map(coordinate)).sorted().firstIndex(of: coordinate(key)) ?? 0
  }
}
