import Foundation
import Plotting
import Testing

/// What the figures show, number by number.
@Suite struct FigureContentTests {
  private func rows(_ drawing: Drawing, _ name: String) throws -> [[Double]] {
    let file = try #require(drawing.data.first { $0.name == name }, "\(drawing.data.map(\.name))")
    return file.contents.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { row in
      row.split(separator: " ").compactMap { Double($0) }
    }
  }

  @Test(
    "runs of different speed share bins of time: every spike shows, and a run is where it was until it ends")
  func seconds() throws {
    // A run of 1 ms and one of 2 ms a step: at the same time the second one is half as far.
    var values = (0..<2000).map { Double($0) }
    values[777] = 1e6
    var fast = StepSeries(steps: Array(0..<2000), values: values)
    fast.unitsPerStep = 0.001
    var slow = StepSeries(steps: Array(0..<2000), values: (0..<2000).map { Double($0) })
    slow.unitsPerStep = 0.002
    let drawing = try StepsFigure(
      name: "f", title: "t", yLabel: "y", lines: [.init(label: "a", runs: [fast, slow], color: 0, dash: 0)]
    ).drawing()
    let points = try rows(drawing, "f-1.dat")
    #expect(points.count <= 1000)
    #expect(points.count { $0[5] == 1e6 } == 1)
    let half = try #require(points.first { $0[0] >= 1 })
    // At one second the fast run is at step 1000 and the slow one at 500; a bin is 4 ms wide, which is 4 and 2 steps.
    #expect(abs(half[1] - 500) <= 4 && abs(half[5] - 1000) <= 8)
    #expect(abs(half[3] - 750) <= 6)
    // After two seconds the slow run is alone.
    let last = try #require(points.last)
    #expect(last[5] - last[1] <= 4 && abs(last[5] - 1999) <= 4)
  }

  @Test("units are those of the axis: steps of 8 samples end eight times as far")
  func units() throws {
    var run = StepSeries(steps: [0, 1, 2], values: [1, 2, 3])
    run.unitsPerStep = 8
    let drawing = try StepsFigure(
      name: "f", title: "t", yLabel: "y", lines: [.init(label: "a", runs: [run, run], color: 0, dash: 0)]
    ).drawing()
    #expect(try rows(drawing, "f-1.dat").map { $0[0] } == [0, 8, 16])
    #expect(drawing.script.contains("set xrange [0.0:16.0]"))
  }

  @Test("the middle half is drawn of four runs, not of three")
  func quartiles() throws {
    func script(runs: Int) throws -> String {
      let series = StepSeries(steps: [0, 1], values: [1, 2])
      return try StepsFigure(
        name: "f", title: "t", yLabel: "y",
        lines: [.init(label: "a", runs: Array(repeating: series, count: runs), color: 0, dash: 0)]
      ).drawing().script
    }
    #expect(try script(runs: 4).contains("using 1:3:5 with filledcurves"))
    #expect(try script(runs: 4).contains("bands: middle half, and lowest to highest"))
    #expect(try !script(runs: 3).contains("using 1:3:5"))
  }

  @Test("a gap has what is lowest where the bound was highest")
  func gap() {
    let bound = StepSeries(steps: [0], values: [-3], lows: [-5], highs: [-2])
    #expect(bound.gap(to: -1) == StepSeries(steps: [0], values: [2], lows: [1], highs: [4]))
  }

  @Test("no other run of the Pareto front has less of both")
  func front() throws {
    typealias Point = RateDistortionFigure.Point
    let runs = [(1.0, 5.0), (2, 3), (2.5, 3.5), (3, 3), (4, 1), (5, 1), (0.5, 9)].map {
      Point(rate: $0.0, distortion: $0.1)
    }
    let drawing = try RateDistortionFigure(
      name: "rd", title: "t", lines: [.init(label: "a", runs: runs, means: [], color: 0)]
    ).drawing()
    #expect(try rows(drawing, "rd-front.dat") == [[0.5, 9], [1, 5], [2, 3], [4, 1]])
  }

  @Test("a profile rises by one run at each gap, and stays below 1 where runs have no value")
  func profile() throws {
    let drawing = try ProfileFigure(
      name: "p", title: "t", xLabel: "x",
      lines: [.init(label: "a", gaps: [0, 4, 1, 1], runs: 5)], resolution: 0.01
    ).drawing()
    // From half the smallest gap to one and a half of the largest.
    #expect(try rows(drawing, "p-1.dat") == [[0.5, 0.2], [1, 0.4], [1, 0.6], [4, 0.8], [6, 0.8]])
  }

  @Test("a cell without a value has no colour but its reason, and one far value does not take all colours")
  func heatMap() throws {
    func cell(_ value: Double?) -> HeatMapFigure.Cell {
      .init(value: value, text: value == nil ? "5 of 5 diverged" : "v")
    }
    let drawing = try HeatMapFigure(
      name: "h", title: "t", xLabel: "x", yLabel: "y", valueLabel: "v", columns: ["1", "2", "3"],
      rows: ["a", "b"],
      cells: [[cell(-32), cell(-31), cell(-33)], [cell(-1e25), cell(nil), cell(-31.5)]]
    ).drawing()
    #expect(try rows(drawing, "h-gaps.dat") == [[1, 1]])
    #expect(try rows(drawing, "h-cells.dat").count == 5)
    #expect(drawing.script.contains("set cbrange [-33.0:-31.0]"))
    #expect(drawing.script.contains("far values have the colour of the end of the scale"))
    #expect(drawing.script.contains("'5 of 5 diverged' at 1,0.78"))
  }

  @Test("a clique spans its ranks, and the ruler is as long as the critical difference")
  func ranks() throws {
    let drawing = try FigureSamples.ranks("a").drawing()
    let bars = try rows(drawing, "ranks-cliques.dat").map { $0[0] }
    // A fiftieth of a rank beyond each end.
    #expect(zip(bars, [1.48, 2.77, 2.73, 3.77]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(try rows(drawing, "ranks-difference.dat").prefix(2).map { $0[0] } == [1, 2.25])
  }

  @Test("shares are percents, the largest first as they are given")
  func variance() throws {
    let drawing = try FigureSamples.variance("a").drawing()
    let rows = try rows(drawing, "variance-shares.dat")
    #expect(rows.map { $0[0] } == [3, 2, 1])
    #expect(zip(rows.map { $0[1] }, [75, 24.99, 0.01]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(drawing.script.contains("'75 %'") && drawing.script.contains("'25 %'"))
    #expect(drawing.script.contains("'< 0.1 %'"))
  }

  @Test("a long explanation takes up to three lines, and nothing of it is lost before that")
  func notes() throws {
    let parts = (0..<14).map { "part number \($0) of the note" }
    var figure = FigureSamples.steps("a")
    figure.note = parts.joined(separator: "; ")
    let script = try figure.drawing().script
    let lines = script.split(separator: "\n").filter { $0.contains("font ',11'") }
    #expect(lines.count == 3)
    for part in parts.prefix(8) {
      // A line may break between two words of it.
      #expect(
        lines.joined(separator: " ").replacing(
          /' at screen[^']*'[^']*'[^']*'[^']*' set label \d+ '/, with: " "
        ).contains(part))
    }
  }

  @Test("figures without a finite value are refused")
  func nothing() {
    func refuses(_ name: String, _ draw: () throws -> Drawing) {
      #expect(throws: PlottingError.nothingToDraw(name: name)) { try draw() }
    }
    refuses("s") { try StackedStepsFigure(name: "s", title: "t", panels: []).drawing() }
    refuses("h") {
      try HeatMapFigure(
        name: "h", title: "t", xLabel: "x", yLabel: "y", valueLabel: "v", columns: ["1"], rows: ["1"],
        cells: [[.init(value: .nan, text: "")]]
      ).drawing()
    }
    refuses("p") { try ParallelFigure(name: "p", title: "t", valueLabel: "v", axes: [], lines: []).drawing() }
    refuses("p") {
      try ProfileFigure(name: "p", title: "t", xLabel: "x", lines: [.init(label: "a", gaps: [.nan], runs: 1)])
        .drawing()
    }
    refuses("r") {
      try RanksFigure(
        name: "r", title: "t", entries: [.init(label: "a", rank: 1)], criticalDifference: nil, cliques: []
      ).drawing()
    }
    refuses("v") { try VarianceFigure(name: "v", title: "t", shares: []).drawing() }
    refuses("m") {
      try MarginalsFigure(
        name: "m", title: "t", xLabel: "x", groups: ["a"], rows: [.init(label: "1", marginals: [nil])]
      ).drawing()
    }
  }
}
