public import Comparison
import Plotting
import Tracking

/// How soon the runs of each group come within some distance of the best, and how good they are while they run.
public struct TimeToTarget: Sendable, Hashable {
  public struct Row: Sendable, Hashable {
    public var group: GroupKey
    /// Of the group's runs, those that came so close.
    public var reached: Proportion
    /// The median place on the axis where they did; runs that ended before are censored there, and runs that diverged or failed
    /// would never have. nil of no run with a place on the axis.
    public var place: SurvivalMedian?
    /// The mean over runs of the average height of the metric's curve, in the metric's unit: its area divided by the axis.
    public var averageHeight: Double?
  }

  /// The model and data set.
  public var context: GroupKey
  public var metric: Metric
  public var axis: StepAxis
  /// The best group's mean of the final evaluation, less what is allowed.
  public var target: Double
  public var rows: [Row]

  /// The window over which a sampled metric is averaged before it counts as close, as a share of the recorded values: a single draw
  /// that is lucky is no arrival.
  private static let window = 0.01

  /// - Parameters:
  ///   - distance: from the best, in the metric's unit.
  /// - Returns: nil where no group has a value, the values are of different scales, or say nothing of better and worse.
  public init?(
    _ context: RunComparison.Context, grouping: RunGrouping, within distance: Double, axis: StepAxis,
    source: any RunSource
  ) throws {
    let comparison = context.comparison
    guard !comparison.isRefused, comparison.metric.direction != .neither,
      let best = comparison.groups.first?.mean
    else {
      return nil
    }
    let isUp = comparison.metric.direction == .higherIsBetter
    let target = isUp ? best - distance : best + distance
    self.context = comparison.context
    metric = comparison.metric
    self.axis = axis
    self.target = target
    let groups = grouping.groups(of: context.runs)
    let members = Dictionary(grouping: context.runs.indices) { groups[$0] }
    let name = metric.name
    let units = try StepUnits(axis, of: context.runs, source: source)
    rows = try comparison.groups.map { group in
      let runs = members[group.key, default: []].map { context.runs[$0] }
      let courses = try runs.map { try Course($0, metric: name, units: units, isUp: isUp, source: source) }
      let times = courses.compactMap { $0.time(to: target) }
      let heights = courses.compactMap(\.averageHeight)
      return Row(
        group: group.key, reached: Proportion(count: times.count { !$0.isCensored }, total: runs.count),
        place: SurvivalMedian(times), averageHeight: mean(heights))
    }
  }

  /// The metric of one run along the axis.
  private struct Course {
    var places: [Double]
    /// Averaged over the window where the metric is sampled.
    var values: [Double]
    var raw: [Double]
    var isUp: Bool
    var isLost: Bool

    init(_ run: RunSummary, metric: String, units: StepUnits, isUp: Bool, source: any RunSource) throws {
      self.isUp = isUp
      isLost = [.diverged, .failed].contains(run.status)
      guard let units = units.perStep(of: run) else {
        (places, values, raw) = ([], [], [])
        return
      }
      let series = try source.series(ofRun: run.record.runID, metric: metric)
      places = series.steps.map { Double($0) * units }
      raw = series.values
      let isExact = run.outcome?.exactTerms.contains(metric) ?? false
      values = isExact ? raw : Course.trailing(raw, max(Int(TimeToTarget.window * Double(raw.count)), 1))
    }

    /// Means of each value with those before it, `count` in all; the first ones of as many as there are.
    private static func trailing(_ values: [Double], _ count: Int) -> [Double] {
      guard count > 1 else { return values }
      return values.indices.map { index in
        let own = values[max(0, index - count + 1)...index]
        return own.reduce(0, +) / Double(own.count)
      }
    }

    /// The first place that is as good as `target`; of a run that has none its last place, censored. nil of no course.
    func time(to target: Double) -> SurvivalMedian.Time? {
      // What diverged later was never there.
      if isLost { return SurvivalMedian.Time(.infinity, isCensored: true) }
      if let first = values.firstIndex(where: { isUp ? $0 >= target : $0 <= target }) {
        return SurvivalMedian.Time(places[first])
      }
      return places.last.map { SurvivalMedian.Time($0, isCensored: true) }
    }

    var averageHeight: Double? { isLost ? nil : Comparison.averageHeight(x: places, y: raw) }
  }

  /// The listing: one row per group, in the order of the comparison.
  public var table: Table {
    let keys = rows.first?.group.labels.map(\.key) ?? []
    let unit = axis == .seconds ? "s" : axis == .step ? "steps" : axis.rawValue
    var table = Table(
      columns: ComparisonTables.keyColumns(keys, rows.map(\.group)) + [
        Table.Column("runs", alignment: .right), Table.Column("reached", alignment: .right),
        Table.Column("median", title: "median (\(unit))", alignment: .right),
        Table.Column("median_low", title: "95 % low", alignment: .right),
        Table.Column("median_high", title: "95 % high", alignment: .right),
        Table.Column("average_\(metric.name)", title: "average \(metric.name)", alignment: .right),
      ])
    for row in rows {
      table.append(
        ComparisonTables.labels(row.group) + [
          .integer(row.reached.total), .integer(row.reached.count), cell(row.place?.median),
          cell(row.place?.low), cell(row.place?.high), .optional(row.averageHeight, digits: 3),
        ])
    }
    return table
  }

  private func cell(_ place: Double?) -> Table.Cell {
    guard let place, place.isFinite else { return .missing }
    return .number(place, digits: axis == .seconds ? 4 : 0)
  }
}
