import Foundation
import Plotting
import Testing

@Suite struct LearnedFigureTests {
  private typealias Point = RateDistortionFigure.Point

  private static func figure(label: String = "a", mean: String = "β=1") -> RateDistortionFigure {
    RateDistortionFigure(
      name: "rd", title: label, note: label,
      lines: [
        RateDistortionFigure.Line(
          label: label, runs: [Point(rate: 1, distortion: 3), Point(rate: 3, distortion: 1.5)],
          means: [
            RateDistortionFigure.Mean(label: mean, point: Point(rate: 1, distortion: 3)),
            RateDistortionFigure.Mean(label: "β=2", point: Point(rate: 3, distortion: 1.5)),
          ], color: 0)
      ],
      curve: RateDistortionFigure.Curve(
        label: label, points: [Point(rate: 0.5, distortion: 4), Point(rate: 4, distortion: 1)],
        marks: [Point(rate: 1, distortion: 2.9)]))
  }

  @Test("on every line of equal ELBO, rate and distortion have the sum that its label says")
  func isolines() throws {
    let drawing = try Self.figure().drawing()
    let data = try #require(drawing.data.first { $0.name == "rd-elbo.dat" }?.contents)
    let sums = data.split(separator: "\n").dropFirst().map { row in
      row.split(separator: " ").compactMap { Double($0) }.reduce(0, +)
    }
    // Two points a line; a label where there is room for it.
    let labels = drawing.script.matches(of: /'ELBO −([0-9.]+)'/).compactMap { Double($0.1) }
    #expect(labels.count >= 4)
    for label in labels { #expect(sums.count { abs($0 - label) < 1e-12 } == 2) }
    for line in 0..<sums.count / 2 { #expect(abs(sums[2 * line] - sums[2 * line + 1]) < 1e-12) }
  }

  @Test("where a few distortions are far above the others they do not flatten them, and the lines are curves")
  func compressed() throws {
    var figure = Self.figure()
    figure.lines[0].runs += [Point(rate: 0, distortion: 45), Point(rate: 2, distortion: 2)]
    let drawing = try figure.drawing()
    // log₁₀(1 + y − 1.5): the lowest distortion, of the data and the exact marks, is at 0.
    #expect(drawing.script.contains("set nonlinear y via log10(y + (-0.5)) inverse 10**y - (-0.5)"))
    #expect(drawing.script.contains("set ytics ("))
    let data = try #require(drawing.data.first { $0.name == "rd-elbo.dat" }?.contents)
    #expect(data.split(separator: "\n").count > 100)
    #expect(try !Self.figure().drawing().script.contains("nonlinear"))
  }

  @Test("β is written at the means, but not twice in one place")
  func labels() throws {
    var figure = Self.figure()
    figure.lines.append(figure.lines[0])
    let script = try figure.drawing().script
    #expect(script.matches(of: /'β=1' at 1.0,3.0/).count == 1)
    #expect(script.matches(of: /'β=2' at 3.0,1.5/).count == 1)
  }

  @Test("of very many points every k-th is drawn, and the figure says so")
  func thinned() throws {
    let values = (0..<12_000).map { sin(Double($0)) }
    let figure = ScatterFigure(
      name: "s", title: "t", xLabel: "x", yLabel: "y",
      clouds: [ScatterFigure.Cloud(label: "", xs: values, ys: values, color: 0)], circles: [1])
    let drawing = try figure.drawing()
    #expect(drawing.data[0].contents.split(separator: "\n").count == 1 + 4000)
    #expect(drawing.script.contains("one in 3 of 12000 points is shown"))
  }

  @Test("short lines have their steps marked, half steps apart, and long ones not")
  func marks() throws {
    func script(steps: Int, hasHalfSteps: Bool) throws -> String {
      let run = StepSeries(steps: Array(0..<steps), values: (0..<steps).map(Double.init))
      return try StepsFigure(
        name: "f", title: "t", yLabel: "elbo",
        lines: [.init(label: "a", runs: [run], color: 0, dash: 0, hasHalfSteps: hasHalfSteps)]
      ).drawing().script
    }
    #expect(try script(steps: 100, hasHalfSteps: false).contains("using 1:4 with linespoints pointtype 7"))
    #expect(try script(steps: 100, hasHalfSteps: true).contains("int($1) % 2 == 1 ? $4 : NaN"))
    #expect(try script(steps: 100, hasHalfSteps: true).contains("title 'E-step'"))
    #expect(try !script(steps: 101, hasHalfSteps: true).contains("points pointtype"))
  }

  @Test("a climb that has converged stays where it is while others go on; other runs that end are gone")
  func convergedClimbs() throws {
    func lastLine(hasHalfSteps: Bool) throws -> [Double] {
      let short = StepSeries(steps: [0, 1], values: [0, 10])
      let long = StepSeries(steps: [0, 1, 2], values: [0, 4, 6])
      let drawing = try StepsFigure(
        name: "f", title: "t", yLabel: "elbo",
        lines: [.init(label: "a", runs: [short, long], color: 0, dash: 0, hasHalfSteps: hasHalfSteps)]
      ).drawing()
      let line = try #require(drawing.data.first?.contents.split(separator: "\n").last)
      return line.split(separator: " ").compactMap { Double($0) }
    }
    // Step, lowest value, lower quartile, median, upper quartile and highest value, of 6 and 10 and of 6 alone.
    #expect(try lastLine(hasHalfSteps: true) == [2, 6, 7, 8, 9, 10])
    #expect(try lastLine(hasHalfSteps: false) == [2, 6, 6, 6, 6, 6])
  }

  @Test("figures without a finite value are refused")
  func nothing() {
    #expect(throws: PlottingError.nothingToDraw(name: "rd")) {
      try RateDistortionFigure(
        name: "rd", title: "t",
        lines: [.init(label: "a", runs: [Point(rate: .nan, distortion: 1)], means: [], color: 0)]
      ).drawing()
    }
    #expect(throws: PlottingError.nothingToDraw(name: "s")) {
      try ScatterFigure(
        name: "s", title: "t", xLabel: "x", yLabel: "y",
        clouds: [.init(label: "", xs: [.infinity], ys: [1], color: 0)]
      ).drawing()
    }
    #expect(throws: PlottingError.nothingToDraw(name: "r")) {
      try RankedFigure(name: "r", title: "t", xLabel: "x", yLabel: "y", lines: []).drawing()
    }
  }
}
