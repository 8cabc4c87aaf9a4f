import Comparison
import Foundation
public import Plotting
public import Tracking

/// The figures of a grid of keys.
extension RunFigures {
  /// The mean of the metric over the two keys that make a group, the first from left to right; nil where not two keys make
  /// a group.
  public func heatMap(name: String) -> HeatMapFigure? {
    guard grouping.by.count == 2 else { return nil }
    let groups = Dictionary(comparison.groups.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    let axes = (0..<2).map { axis in values(ofLabel: axis) }
    let digits = NumberText.digits(error: spread().map { $0 / 2 })
    let cells = axes[1].map { row in
      axes[0].map { column in cell(groups[GroupKey([column, row])], digits: digits) }
    }
    return HeatMapFigure(
      name: name,
      title: "mean \(metric.name), \(comparison.context)",
      note: FigureNotes.joined([
        refusal,
        grouping.averagedKeys.isEmpty
          ? "" : "averaged over \(grouping.averagedKeys.joined(separator: ", ")) and seeds",
        FigureNotes.exclusions(comparison.groups),
      ]), xLabel: KeyName.last(grouping.by[0], among: grouping.by),
      yLabel: KeyName.last(grouping.by[1], among: grouping.by),
      valueLabel: Self.axisLabel(metric.name, unit: metric.unit), columns: axes[0].map(\.text),
      rows: axes[1].map(\.text), cells: cells)
  }

  /// A line per group through its values of all keys, coloured by the mean of the metric, the best on top; nil where no
  /// key varies.
  public func parallel(name: String) -> ParallelFigure? {
    guard !grouping.by.isEmpty else { return nil }
    let keys = grouping.by.prefix(Self.mostAxes)
    let axes = keys.indices.map { axis in values(ofLabel: axis) }
    func position(_ label: Label, on axis: Int) -> Double {
      let place = axes[axis].firstIndex(of: label) ?? 0
      return axes[axis].count > 1 ? Double(place) / Double(axes[axis].count - 1) : 0.5
    }
    let groups = comparison.groups.filter { $0.mean != nil }
    let valueless = comparison.groups.count - groups.count
    return ParallelFigure(
      name: name, title: "mean \(metric.name) along every key, \(comparison.context)",
      note: FigureNotes.joined([
        refusal,
        "a line per group; values of a key evenly spaced",
        keys.count < grouping.by.count ? "first \(keys.count) of \(grouping.by.count) keys" : "",
        valueless == 0 ? "" : "\(valueless) groups without a value not shown",
        FigureNotes.exclusions(comparison.groups),
      ]), valueLabel: Self.axisLabel(metric.name, unit: metric.unit),
      axes: keys.indices.map { axis in
        ParallelFigure.Axis(
          label: KeyName.last(keys[axis], among: Array(keys)),
          ticks: thinned(axes[axis]).map { .init(label: $0.text, position: position($0, on: axis)) })
      },
      lines: groups.reversed().map { group in
        ParallelFigure.Line(
          positions: keys.indices.map { position(group.key.labels[$0], on: $0) }, value: group.mean ?? .nan)
      })
  }

  private static let mostAxes = 8
  private static let mostTicks = 12

  private func thinned(_ labels: [Label]) -> [Label] {
    let stride = (labels.count + Self.mostTicks - 1) / Self.mostTicks
    return labels.enumerated().filter { $0.offset % max(stride, 1) == 0 }.map(\.element)
  }

  /// The values of one of the keys that make a group, in order.
  private func values(ofLabel place: Int) -> [Label] {
    Set(comparison.groups.map { GroupKey([$0.key.labels[place]]) }).sorted().map { $0.labels[0] }
  }

  /// The median distance of the groups' means from their median: what the digits of most cells should show.
  private func spread() -> Double? {
    let means = comparison.groups.compactMap(\.mean)
    guard let middle = median(means), let spread = median(means.map { abs($0 - middle) }) else { return nil }
    return spread > 0 ? spread : nil
  }

  private func cell(_ group: GroupSummary?, digits: Int?) -> HeatMapFigure.Cell {
    guard let group else { return HeatMapFigure.Cell(value: nil, text: "no run") }
    guard let mean = group.mean else {
      let reasons = [(group.diverged, "diverged"), (group.failed, "failed")].filter { $0.0 > 0 }
      let text = reasons.map { "\($0.0) of \(group.runs) \($0.1)" }.joined(separator: ", ")
      return HeatMapFigure.Cell(value: nil, text: text.isEmpty ? "no value" : text)
    }
    let fixed = digits.map { NumberText.fixed(mean, digits: $0) }
    let number = fixed.flatMap { $0.count <= 12 ? $0 : nil } ?? String(format: "%.3g", mean)
    return HeatMapFigure.Cell(
      value: mean, text: group.diverged == 0 ? number : "\(number) (\(group.diverged) div.)")
  }
}

/// Short names of dotted keys.
enum KeyName {
  /// The last part of a key, where that is enough to tell it from the others.
  static func last(_ key: String, among keys: [String]) -> String {
    func last(_ key: String) -> Substring { key.split(separator: ".").last ?? Substring(key) }
    return keys.count { last($0) == last(key) } > 1 ? key : String(last(key))
  }
}

extension RunGrouping {
  /// The two keys that a heat map of the runs is of: β and the learning rate where they vary, else numbers before words;
  /// nil where not two keys vary.
  public func heatMapKeys(of runs: [RunSummary]) -> [String]? {
    func urgency(_ key: String) -> Int {
      if key == "beta" { return 0 }
      if key.hasSuffix(".learning_rate") { return 1 }
      return runs.allSatisfy { $0.number(key) != nil } ? 2 : 3
    }
    let sorted = by.map { ($0, urgency($0)) }.enumerated()
      .sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }
    return sorted.count < 2 ? nil : sorted.prefix(2).map(\.element.0)
  }
}
