import Foundation
import Plotting

/// One small figure of every kind, all of whose texts are one label.
enum FigureSamples {
  /// The drawings by kind; a new kind of figure is tested everywhere once it is here.
  static func drawings(_ label: String) throws -> [Drawing] {
    try [
      steps(label).drawing(), halfSteps(label).drawing(), stacked(label).drawing(), values(label).drawing(),
      heatMap(label).drawing(), parallel(label).drawing(), profile(label).drawing(), ranks(label).drawing(),
      variance(label).drawing(), marginals(label).drawing(), rateDistortion(label).drawing(),
      ranked(label).drawing(), scatter(label).drawing(), quantiles(label).drawing(),
    ]
  }

  static let kinds = [
    "steps", "half-steps", "stacked", "values", "heat-map", "parallel", "profile", "ranks", "variance",
    "marginals",
    "rate-distortion", "ranked", "scatter", "quantiles",
  ]

  /// Two groups of five runs of 120 steps.
  private static func lines(_ label: String) -> [StepsFigure.Line] {
    (0..<2).map { group in
      let runs = (0..<5).map { seed in
        StepSeries(
          steps: Array(0..<120),
          // Of integers, so that no library's sine decides what a golden file holds.
          values: (0..<120).map { -30 - Double(group) - Double((7 * $0 + 3 * seed) % 11) / 8 })
      }
      return StepsFigure.Line(label: label, runs: runs, color: group, dash: group)
    }
  }

  static func steps(_ label: String) -> StepsFigure {
    StepsFigure(
      name: "steps", title: label, note: label, xLabel: label, yLabel: label, lines: lines(label),
      reference: ReferenceLine(label: label, value: -29.5))
  }

  /// Thirty-two probabilities that are nearly uniform, and as many that are all above ½.
  static func quantiles(_ label: String) -> QuantilesFigure {
    let uniform = (0..<32).map { (Double($0 * 5 % 32) + 0.25) / 32 }
    return QuantilesFigure(
      name: "quantiles", title: label, note: label, xLabel: label, yLabel: label,
      lines: [uniform, uniform.map { 0.5 + $0 / 2 }].enumerated().map { index, values in
        .init(label: label, probabilities: values, color: index, dash: index)
      },
      band: 0.25, bandLabel: label)
  }

  static func halfSteps(_ label: String) -> StepsFigure {
    let run = StepSeries(steps: [0, 1, 2, 3], values: [1, 2, 4, 5])
    return StepsFigure(
      name: "half-steps", title: label, yLabel: label,
      lines: [.init(label: label, runs: [run], color: 0, dash: 0, hasHalfSteps: true)])
  }

  static func stacked(_ label: String) -> StackedStepsFigure {
    let gap = lines(label).map { line in
      var line = line
      line.runs = line.runs.map { $0.gap(to: -31) }
      return line
    }
    return StackedStepsFigure(
      name: "stacked", title: label, note: label, xLabel: label,
      panels: [
        .init(yLabel: label, lines: lines(label), reference: ReferenceLine(label: label, value: -29.5)),
        .init(yLabel: label, lines: gap, isLogarithmic: true),
      ])
  }

  static func values(_ label: String) -> IntervalsFigure {
    var figure = IntervalsFigure(
      name: "values", title: label, note: label, xLabel: label,
      rows: [
        .init(label: label, points: [-30.25, -30, -29.75], mean: -30, interval: -30.5 ... -29.5, color: 0),
        .init(label: label, points: [-31], mean: -31, interval: nil, color: 1),
      ], reference: ReferenceLine(label: label, value: -29.5))
    figure.region = .init(label: label, values: -29.6 ... -29.4)
    figure.pointLabel = label
    figure.meanLabel = label
    return figure
  }

  static func heatMap(_ label: String) -> HeatMapFigure {
    HeatMapFigure(
      name: "heat-map", title: label, note: label, xLabel: label, yLabel: label, valueLabel: label,
      columns: [label, "1"], rows: [label, "0.1"],
      cells: [
        [.init(value: -3, text: label), .init(value: -2, text: "-2")],
        [.init(value: nil, text: label), .init(value: -1, text: "-1")],
      ])
  }

  static func parallel(_ label: String) -> ParallelFigure {
    ParallelFigure(
      name: "parallel", title: label, note: label, valueLabel: label,
      axes: [
        .init(label: label, ticks: [.init(label: label, position: 0), .init(label: "b", position: 1)]),
        .init(label: "x", ticks: [.init(label: label, position: 0.5)]),
      ], lines: [.init(positions: [0, 0.5], value: -2), .init(positions: [1, 0.5], value: -1)])
  }

  static func profile(_ label: String) -> ProfileFigure {
    ProfileFigure(
      name: "profile", title: label, note: label, xLabel: label,
      lines: [
        .init(label: label, gaps: [0, 0.5, 2], runs: 4), .init(label: label, gaps: [1, 1, 4, 8], runs: 4),
      ], resolution: 0.01)
  }

  static func ranks(_ label: String) -> RanksFigure {
    RanksFigure(
      name: "ranks", title: label, note: label,
      entries: [
        .init(label: label, rank: 1.5), .init(label: "b", rank: 2), .init(label: "c", rank: 2.75),
        .init(label: label, rank: 3.75),
      ], criticalDifference: 1.25, cliques: [[0, 1, 2], [2, 3]])
  }

  static func variance(_ label: String) -> VarianceFigure {
    VarianceFigure(
      name: "variance", title: label, note: label,
      shares: [
        .init(label: label, share: 0.75), .init(label: "\(label) × b", share: 0.2499),
        .init(label: "c", share: 0.0001),
      ])
  }

  static func marginals(_ label: String) -> MarginalsFigure {
    MarginalsFigure(
      name: "marginals", title: label, note: label, xLabel: label, groups: [label, "b"],
      rows: [
        .init(label: label, marginals: [.init(mean: 0.5, sd: 0.75), .init(mean: -0.25, sd: 1)]),
        .init(label: "2", marginals: [.init(mean: 0, sd: 1), nil]),
      ], reference: .init(label: label, values: -1...1))
  }

  static func rateDistortion(_ label: String) -> RateDistortionFigure {
    typealias Point = RateDistortionFigure.Point
    return RateDistortionFigure(
      name: "rate-distortion", title: label, note: label,
      lines: [
        .init(
          label: label, runs: [Point(rate: 1, distortion: 3), Point(rate: 3, distortion: 1.5)],
          means: [
            .init(label: label, point: Point(rate: 1, distortion: 3)),
            .init(label: "β=2", point: Point(rate: 3, distortion: 1.5)),
          ], color: 0)
      ],
      curve: .init(
        label: label, points: [Point(rate: 0.5, distortion: 4), Point(rate: 4, distortion: 1)],
        marks: [Point(rate: 1, distortion: 2.9)]))
  }

  static func ranked(_ label: String) -> RankedFigure {
    RankedFigure(
      name: "ranked", title: label, note: label, xLabel: label, yLabel: label,
      lines: [.init(label: label, values: [3, 1, .nan, 0]), .init(label: label, values: [0])])
  }

  static func scatter(_ label: String) -> ScatterFigure {
    ScatterFigure(
      name: "scatter", title: label, note: label, xLabel: label, yLabel: label,
      clouds: [.init(label: label, xs: [0.1, -1, .nan], ys: [0.2, 1, 0], color: 0)], circles: [1, 2],
      circleLabel: label)
  }
}
