import Comparison
public import Plotting
import Tracking

/// The figures of one context: runs of one model and data set.
public struct RunFigures {
  let context: RunComparison.Context
  let grouping: RunGrouping
  private let evidence: ReferenceLine?

  var comparison: GroupComparison { context.comparison }
  var runs: [RunSummary] { context.runs }

  public init(_ context: RunComparison.Context, grouping: RunGrouping) {
    self.context = context
    self.grouping = grouping
    evidence = RunFigures.evidence(context.runs)
  }

  static let mostLines = 9
  private static let mostRows = 24

  /// A metric over steps, one line per group. Of a large grid only the groups that agree with the best one in
  /// everything but their family and one more key are drawn, and the title says so.
  public func steps(
    name: String, metric: String, unit: String, xScale: AxisScale = .linear, source: any RunSource
  ) throws -> StepsFigure {
    let chosen = chosenGroups(metric)
    let members = Dictionary(grouping: runs, by: grouping.group(of:))
    let lines = try chosen.groups.map { key in
      let runs = members[key, default: []]
      return StepsFigure.Line(
        label: chosen.label(key),
        runs: try runs.map { try source.series(ofRun: $0.record.runID, metric: metric) },
        color: index(of: key, along: chosen.colorKey), dash: index(of: key, along: chosen.dashKey),
        hasHalfSteps: !runs.isEmpty && runs.allSatisfy(\.isExpectationMaximization))
    }
    return StepsFigure(
      name: name, title: "\(metric) over steps, \(comparison.context)", note: chosen.note,
      yLabel: Self.axisLabel(metric, unit: unit),
      lines: lines, reference: metric == RunMetric.elbo.rawValue ? evidence : nil)
  }

  /// The comparison's metric per group: every run, the mean and its interval; best groups on top.
  public func intervals(name: String) -> IntervalsFigure {
    let groups = comparison.groups.filter { $0.mean != nil }
    let shown = groups.prefix(Self.mostRows)
    let shared = sharedLabels(shown.map(\.key))
    let rows = shown.map { group in
      IntervalsFigure.Row(
        label: "\(GroupKey(group.key.labels.filter { !shared.contains($0) }))",
        points: group.values.map(\.value), mean: group.mean,
        interval: group.interval.map { $0.low...$0.high }, color: index(of: group.key, along: colorKey))
    }
    let fixed = shared.isEmpty ? "" : "at \(GroupKey(shared))"
    let extent = shown.count < groups.count ? "first \(shown.count) of \(groups.count) groups" : ""
    return IntervalsFigure(
      name: name, title: "\(comparison.metric.name) per group, \(comparison.context)",
      note: [fixed, extent].filter { !$0.isEmpty }.joined(separator: "; "),
      xLabel: Self.axisLabel(comparison.metric.name, unit: comparison.metric.unit), rows: rows,
      reference: comparison.metric.name == RunMetric.elbo.rawValue ? evidence : nil)
  }

  private static func axisLabel(_ name: String, unit: String) -> String {
    unit.isEmpty ? name : "\(name) (\(unit))"
  }

  /// The coordinates that several groups have in common.
  func sharedLabels(_ keys: [GroupKey]) -> [Label] {
    guard keys.count > 1, let first = keys.first else { return [] }
    return first.labels.filter { label in keys.allSatisfy { $0.labels.contains(label) } }
  }

  /// log p(x), where the runs know it and agree.
  private static func evidence(_ runs: [RunSummary]) -> ReferenceLine? {
    let known = runs.compactMap { $0.outcome?.yardstick?.logEvidence }.filter(\.isFinite)
    guard let low = known.min(), let high = known.max(), high - low <= 0.01 else { return nil }
    let value = (low + high) / 2
    return ReferenceLine(label: "log evidence \(NumberText.fixed(value, digits: 3))", value: value)
  }

  private var colorKey: String? {
    grouping.by.contains("family") ? "family" : grouping.by.first
  }

  /// The groups that a figure of lines shows.
  struct Choice {
    var groups: [GroupKey]
    /// The coordinates that all chosen groups share although the grid varies them.
    var fixed: [Label]
    var colorKey: String?
    var dashKey: String?

    func label(_ key: GroupKey) -> String {
      GroupKey(key.labels.filter { !fixed.contains($0) }).description
    }

    /// What all lines have in common.
    var note: String { fixed.isEmpty ? "" : "at \(GroupKey(fixed))" }
  }

  func chosenGroups(_ metric: String) -> Choice {
    let isElbo = metric == RunMetric.elbo.rawValue
    let all = (comparison.groups + (isElbo ? [] : comparison.unranked)).map(\.key)
    let color = colorKey
    let others = grouping.by.filter { $0 != color }
    let second = others.contains("form") ? "form" : others.first
    guard all.count > Self.mostLines, let best = all.first else {
      return Choice(groups: all.sorted(), fixed: sharedLabels(all), colorKey: color, dashKey: second)
    }
    for free in [[color, second], [color]] {
      let fixed = best.labels.filter { !free.contains($0.key) }
      let groups = all.filter { key in fixed.allSatisfy(key.labels.contains) }
      if groups.count <= Self.mostLines {
        return Choice(
          groups: groups.sorted(), fixed: fixed, colorKey: color, dashKey: free.count > 1 ? second : nil)
      }
    }
    return Choice(groups: Array(all.prefix(Self.mostLines)), fixed: [], colorKey: nil, dashKey: nil)
  }

  /// The place of a group's value among the values of a key in this comparison; its own place without a key.
  func index(of key: GroupKey, along axis: String?) -> Int {
    let all = (comparison.groups + comparison.unranked).map(\.key)
    guard let axis else { return all.firstIndex(of: key) ?? 0 }
    func coordinate(_ key: GroupKey) -> GroupKey { GroupKey(key.labels.filter { $0.key == axis }) }
    return Set(all.map(coordinate)).sorted().firstIndex(of: coordinate(key)) ?? 0
  }
}
