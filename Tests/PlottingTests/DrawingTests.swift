import Foundation
import FoundationXML
import Plotting
import Testing

/// Draws every kind of figure with real gnuplot.
@Suite(.enabled(if: hasGnuplot, "gnuplot is not installed")) struct DrawingTests {
  static func lines(_ count: Int, label: (Int) -> String = { "group \($0)" }) -> [StepsFigure.Line] {
    (0..<count).map { group in
      let runs = (0..<3).map { seed in
        StepSeries(
          steps: Array(0...300),
          values: (0...300).map { step in
            let transient = 5000 * exp(-Double(step) / 20)
            return -30 - Double(group) - transient + 0.1 * sin(Double(step * (seed + 2)))
          })
      }
      return StepsFigure.Line(label: label(group), runs: runs, color: group, dash: group)
    }
  }

  static func rows(_ count: Int, label: (Int) -> String = { "group \($0)" }) -> [IntervalsFigure.Row] {
    (0..<count).map { group in
      let mean = -30 - 0.5 * Double(group)
      return IntervalsFigure.Row(
        label: label(group), points: [mean - 0.1, mean, mean + 0.1], mean: mean,
        interval: mean - 0.2...mean + 0.2,
        color: group)
    }
  }

  /// Draws, then draws again with stock gnuplot, and expects both pictures and not a word on stderr.
  private func check(_ drawing: Drawing) throws {
    try withTemporaryFolder { folder in
      try Gnuplot().draw(drawing, in: folder)
      let pictures = ["\(drawing.name).svg", "\(drawing.name).png"].map(folder.appendingPathComponent)
      let first = try pictures.map { try Data(contentsOf: $0) }
      #expect(first.allSatisfy { $0.count > 1000 })
      for picture in pictures { try FileManager.default.removeItem(at: picture) }
      let again = try redraw("\(drawing.name).gp", in: folder)
      #expect(again.status == 0)
      #expect(again.errors == "")
      #expect(try pictures.map { try Data(contentsOf: $0) } == first)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(
        Set(names) == Set(["gp", "svg", "png"].map { "\(drawing.name).\($0)" } + drawing.data.map(\.name)))
      #expect(XMLParser(data: first[0]).parse(), "the SVG is well-formed XML")
    }
  }

  @Test(
    "a metric over steps is drawn and redrawn by stock gnuplot", arguments: [1, 3, 12],
    [AxisScale.linear, .symlog])
  func steps(groups: Int, scale: AxisScale) throws {
    try check(
      StepsFigure(
        name: "steps", title: "elbo over steps", yLabel: "elbo (nats)", xScale: scale,
        lines: Self.lines(groups),
        reference: ReferenceLine(label: "log evidence", value: -29.5)
      ).drawing())
  }

  @Test("values per group are drawn and redrawn by stock gnuplot", arguments: [1, 3, 12])
  func intervals(groups: Int) throws {
    try check(
      IntervalsFigure(
        name: "values", title: "elbo per group", xLabel: "elbo (nats)", rows: Self.rows(groups),
        reference: ReferenceLine(label: "log evidence", value: -29.5)
      ).drawing())
  }

  @Test("gaps, single steps, constant values and runs without a finite value are drawn")
  func degenerate() throws {
    func figure(_ runs: [StepSeries]) -> StepsFigure {
      StepsFigure(
        name: "steps", title: "t", yLabel: "elbo (nats)",
        lines: [
          StepsFigure.Line(label: "a", runs: runs, color: 0, dash: 0),
          StepsFigure.Line(
            label: "none", runs: [StepSeries(steps: [0, 1], values: [.nan, .infinity])], color: 1, dash: 1),
          StepsFigure.Line(label: "empty", runs: [], color: 2, dash: 2),
        ])
    }
    try check(figure([StepSeries(steps: [0, 1, 2, 3], values: [-4, .nan, -.infinity, -3])]).drawing())
    try check(figure([StepSeries(steps: [0], values: [-496.5])]).drawing())
    try check(figure([StepSeries(steps: [0, 1000], values: [0, 0])]).drawing())
    try check(figure([StepSeries(steps: [0, 1], values: [1e299, -1e299])]).drawing())
    let rows = [
      IntervalsFigure.Row(label: "a", points: [1], mean: 1, interval: nil, color: 0),
      IntervalsFigure.Row(label: "b", points: [.nan], mean: nil, interval: nil, color: 1),
    ]
    try check(IntervalsFigure(name: "values", title: "t", xLabel: "elbo (nats)", rows: rows).drawing())
  }
}
