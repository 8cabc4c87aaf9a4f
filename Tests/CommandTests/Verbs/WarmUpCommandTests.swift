import Foundation
import Testing

/// What is said of runs whose steps are over before their schedule of β is.
@Suite struct WarmUpCommandTests {
  private static let sweep = """
    name: short
    run:
      model: banana
      steps: 30
      beta: {linear: {from: 0.5, to: 1, steps: 100}}
    sweep:
      family: [mean-field, full-rank]
    seeds: 2
    """

  private static let warning =
    "warning: beta still has 70 steps to go when the 30 of the run are over, and ends at 0.65; use steps: 100 or more, or a "
    + "shorter schedule (2 cells)\n"

  @Test("check and run say it before, run and show after")
  func short() throws {
    let bench = try Workbench(sweep: Self.sweep)
    #expect(try bench.done("check", "sweep.yaml").hasPrefix(Self.warning))
    let ended = try bench.wb("run", "sweep.yaml")
    #expect(ended.errors.hasPrefix(Self.warning), "\(ended.errors)")
    #expect(ended.output.contains("; 4 ended before their warm-up had"), "\(ended.output)")
    let lines = try bench.done("sql", "SELECT run_id FROM runs LIMIT 1", "--format", "csv")
    let id = lines.split(whereSeparator: \.isNewline)
    let shown = try bench.done("show", String(try #require(id.last)), "--format", "csv")
    #expect(
      shown.contains("not over: 70 steps of the schedule were left; use more steps, or a shorter schedule"))
  }

  @Test("runs that reach the end of their schedule are told nothing but that")
  func long() throws {
    let bench = try Workbench(sweep: Self.sweep)
    #expect(try !bench.done("check", "sweep.yaml", "steps=100").contains("warning"))
    let ended = try bench.wb("run", "sweep.yaml", "steps=100")
    #expect(!ended.errors.contains("warning") && !ended.output.contains("warm-up"))
    let lines = try bench.done("sql", "SELECT run_id FROM runs LIMIT 1", "--format", "csv")
    let id = lines.split(whereSeparator: \.isNewline)
    #expect(try bench.done("show", String(try #require(id.last)), "--format", "csv").contains("warm_up,over"))
  }
}
