import Foundation
import Plotting
import Testing

@Suite struct FigureTextTests {
  private func line(_ runs: [StepSeries], label: String = "a") -> StepsFigure.Line {
    StepsFigure.Line(label: label, runs: runs, color: 0, dash: 0)
  }

  private func figure(_ lines: [StepsFigure.Line]) -> StepsFigure {
    StepsFigure(name: "f", title: "t", yLabel: "elbo (nats)", lines: lines)
  }

  @Test("the data hold the range, the quartiles and the median over runs, and a gap where none is finite")
  func median() throws {
    let runs = [
      StepSeries(steps: [0, 1, 2], values: [1, .nan, 5]),
      StepSeries(steps: [0, 1, 2], values: [2, .infinity, 7]),
      StepSeries(steps: [0, 2], values: [9, 6]),
    ]
    let data = try figure([line(runs)]).drawing().data
    #expect(data.map(\.name) == ["f-1.dat"])
    // Quartiles of 1, 2, 9 by interpolation of order statistics: halfway between neighbours.
    #expect(
      data[0].contents
        == "# x lowest lower-quartile median upper-quartile highest\n0.0 1.0 1.5 2.0 5.5 9.0\n\n2.0 5.0 5.5 6.0 6.5 7.0\n"
    )
  }

  @Test("a million steps are thinned to a thousand bins that keep the one spike")
  func thinning() throws {
    var values = (0..<1_000_000).map { -10 + 0.001 * Double($0 % 7) }
    values[654_321] = 3
    let data = try figure([line([StepSeries(steps: Array(0..<1_000_000), values: values)])]).drawing().data[0]
      .contents
    let rows = data.split(separator: "\n").dropFirst()
    #expect(rows.count <= 1001)
    #expect(rows.count { $0.hasSuffix(" 3.0") } == 1)
  }

  @Test("an early transient does not flatten the end, and the picture says that it is cut")
  func robustRange() throws {
    let values = (0...1000).map { -30 - 1e6 * exp(-Double($0) / 10) }
    let drawing = try figure([line([StepSeries(steps: Array(0...1000), values: values)])]).drawing()
    let range = try #require(drawing.script.firstMatch(of: /set yrange \[(.*):(.*)\]/))
    #expect(try #require(Double(range.1)) > -31)
    #expect(try #require(Double(range.2)) > -30)
    #expect(drawing.script.contains("values below the axis are not shown"))
  }

  @Test("a moderate rise is shown whole")
  func wholeRange() throws {
    let values = (0...100).map { -30 + 0.1 * Double($0) }
    let script = try figure([line([StepSeries(steps: Array(0...100), values: values)])]).drawing().script
    #expect(!script.contains("not shown"))
  }

  @Test("one far group does not squeeze the others, and the picture counts what it leaves out")
  func outlyingGroup() throws {
    let rows = (0..<6).map { index in
      let mean = index == 5 ? -1e6 : -30 - 0.1 * Double(index)
      return IntervalsFigure.Row(
        label: "g", points: [mean, mean + 0.01], mean: mean, interval: nil, color: 0)
    }
    let script = try IntervalsFigure(name: "f", title: "t", xLabel: "elbo (nats)", rows: rows).drawing()
      .script
    #expect(script.contains("2 of 12 runs lie outside the axis and are not shown"))
  }

  @Test("a figure without a finite value is refused")
  func nothingToDraw() {
    #expect(throws: PlottingError.nothingToDraw(name: "f")) {
      try figure([line([StepSeries(steps: [0], values: [.nan])])]).drawing()
    }
    #expect(throws: PlottingError.nothingToDraw(name: "f")) {
      try IntervalsFigure(name: "f", title: "t", xLabel: "x", rows: []).drawing()
    }
  }

  @Test("labels are literals in single quotes on one line, whatever they hold", arguments: hostileNames)
  func literals(name: String) throws {
    let script = try figure([line([StepSeries(steps: [0, 1], values: [1, 2])], label: name)]).drawing().script
    let line = try #require(script.split(separator: "\n").first { $0.contains("using 1:4") })
    let start = try #require(line.range(of: "title '")?.upperBound)
    let literal = line[start...].dropLast()
    #expect(line.hasSuffix("'"))
    #expect(!literal.contains("'"))
    #expect(literal.count <= 200)
  }

  @Test("a tic's label with a percent sign keeps within what gnuplot formats, whole letters only")
  func percentTicks() throws {
    let label = String(repeating: "漢%", count: 20)
    let script = try IntervalsFigure(
      name: "f", title: "t", xLabel: "x",
      rows: [.init(label: label, points: [1, 2], mean: 1.5, interval: nil, color: 0)]
    ).drawing().script
    let tick = try #require(script.firstMatch(of: /set ytics \('([^']*)' 1\)/)).1
    #expect(tick.replacing("%%", with: "").contains("…") && !tick.replacing("%%", with: "").contains("%"))
    #expect(tick.replacing("%%", with: "%").utf8.count <= 49)
  }
}
