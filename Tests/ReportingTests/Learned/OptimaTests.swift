import Foundation
import Plotting
import Reporting
import Testing
import Tracking

/// What a report says of EM, on runs whose half steps and starts are made up.
@Suite struct OptimaTests {
  private static func run(seed: Int) -> RunSummary {
    var run = Fixture.run(family: "exact", seed: seed, elbo: -1000)
    run.record.optimizer = "em"
    return run
  }

  private func report(
    objectives: [[Double]], starts: [[Double]] = [], limit: Int? = nil
  ) throws -> String {
    var fixture = Fixture(runs: objectives.indices.map(Self.run))
    if let limit {
      // The runs of the fixture took 2000 steps.
      for index in fixture.runs.indices {
        fixture.runs[index].record.parameters.append(.init(key: "steps", value: .integer(limit)))
      }
    }
    for (seed, values) in objectives.enumerated() {
      fixture.recorded["objective", default: [:]][fixture.runs[seed].record.runID] = StepSeries(
        steps: Array(values.indices), values: values)
    }
    for (seed, values) in starts.enumerated() {
      fixture.recorded["start_objective", default: [:]][fixture.runs[seed].record.runID] = StepSeries(
        steps: Array(values.indices), values: values)
    }
    let text = try Report(fixture.input, source: fixture).markdown
    let section = try #require(text.range(of: "## Optima\n")?.upperBound)
    return String(
      text[section...].prefix(upTo: text[section...].range(of: "\n## ")?.lowerBound ?? text.endIndex))
  }

  /// The rows of the table, cells trimmed.
  private func rows(_ section: String) -> [[String]] {
    section.split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2).map { row in
      row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  @Test("final objectives within a millionth are one optimum, and each names its seeds")
  func seeds() throws {
    // 1000.0009 lies within 1e-6 of 1000, 1000.0011 does not.
    let ends = [-1000, -1000.0009, -1012.5, -1000.0011]
    let section = try report(objectives: ends.map { [-2000, $0] })
    #expect(
      rows(section) == [
        ["1", "-1000.000000", "-", "2", "seeds 0, 1"], ["2", "-1000.001100", "0.00110", "1", "seed 3"],
        ["3", "-1012.500000", "12.5", "1", "seed 2"],
      ])
  }

  @Test("starts within a run are named, many of them abbreviated, and lost ones listed")
  func starts() throws {
    let many = (0..<9).map { $0 == 4 ? -1005 : -1000.0 }
    let section = try report(
      objectives: [[-2000, -1000], [-2000, -1000]], starts: [many, [-1000, .nan, -1005]])
    #expect(
      rows(section) == [
        ["1", "-1000.000000", "-", "9", "seed 0: 0, 1, 2, 3, 5, 6 and 2 more; seed 1: 0"],
        ["2", "-1005.000000", "5.00", "2", "seed 0: 4; seed 1: 2"], ["none", "-", "-", "1", "seed 1: 1"],
      ])
  }

  @Test("a climb is monotone within rounding")
  func monotone() throws {
    // A fall of 0.9e-9 of the objective is rounding.
    let section = try report(objectives: [[-2000, -1500, -1000, -1000 - 0.9e-6, -999]])
    #expect(
      section.contains("Monotone: **yes**. No half step of 1 run (4 half steps) fell by more than 1e-09"))
  }

  @Test("the first fall is named with its run, step and size")
  func fall() throws {
    // Seed 1 falls by 2e-9 of 1000 at step 3, an E-step.
    let section = try report(objectives: [[-2000, -1000], [-2000, -1500, -1000, -1000 - 2e-6, -900, -950]])
    #expect(section.contains("Monotone: **no**. Run run-baye ("))
    #expect(section.contains(", seed 1) fell by 2.0e-09 of the objective at step 3, an E-step."))
    // A NaN is no climb.
    #expect(try report(objectives: [[-2000, .nan]]).contains("Monotone: **no**"))
  }

  @Test("runs whose steps ran out are counted, for they may not have reached their optimum")
  func unconverged() throws {
    #expect(try !report(objectives: [[-2000, -1000]]).contains("had not converged"))
    #expect(
      try report(objectives: [[-2000, -1000], [-2000, -1001]], limit: 2000)
        .contains("**2 of 2 runs had not converged** when the steps ran out"))
    #expect(try !report(objectives: [[-2000, -1000]], limit: 2001).contains("had not converged"))
  }

  @Test("without EM there is no such section")
  func absent() throws {
    #expect(try !Report(Fixture.grid().input, source: Fixture.grid()).markdown.contains("## Optima"))
  }
}
