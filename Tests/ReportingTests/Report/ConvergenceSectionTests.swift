import Foundation
import Plotting
import Reporting
import Testing
import Tracking

/// What reports say of runs that had more to gain.
@Suite struct ConvergenceSectionTests {
  private func text(_ gaps: [Double]) throws -> String {
    var fixture = Fixture()
    fixture.runs = ["mean-field", "full-rank"].flatMap { family in
      (0..<3).map { Fixture.run(family: family, seed: $0, elbo: -500 - 0.01 * Double($0)) }
    }
    let metrics: [(String, (Int) -> Double)] = [
      ("optimization_gap", { gaps[$0] }), ("optimization_gap_se", { _ in 0.001 }),
      ("converged", { gaps[$0] > 0.022 ? 0 : 1 }),
    ]
    for (metric, value) in metrics {
      for (index, run) in fixture.runs.enumerated() {
        fixture.recorded[metric, default: [:]][run.record.runID] = StepSeries(
          steps: [2000], values: [value(index)])
      }
    }
    return try Report(fixture.input, source: fixture).markdown
  }

  @Test("the verdict says how many had not converged, and the table by how much, the worst first")
  func table() throws {
    let text = try text([0.001, 0.002, 0.5, 3.5, 4.5, 0.003])
    let verdict = try #require(text.range(of: "## Can it be trusted"))
    #expect(text[..<verdict.lowerBound].contains("**3 of 6 runs had not converged**"))
    #expect(text[..<verdict.lowerBound].contains("--metric optimization_gap"))
    let trust = text[verdict.lowerBound...]
    #expect(trust.contains("the largest optimisation gap is 4.5 nats"))
    let rows = trust.split(separator: "\n").map(String.init).filter {
      $0.contains("| 3 |") || $0.contains("|    3 |")
    }
    let cells = rows.map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
      .filter { $0.count == 5 }
    #expect(
      cells.map { Array($0.dropFirst()) } == [["3", "2", "3.5", "4.5"], ["3", "1", "0.0020", "0.50"]])
  }

  @Test("where all have converged, one sentence says so")
  func good() throws {
    let text = try text([0.001, 0.002, 0.005, 0.0035, 0.0045, 0.003])
    #expect(
      text.contains(
        "All 6 runs that can be asked have converged: the largest optimisation gap is 0.0050 nats."))
    #expect(!text.contains("had not converged"))
  }

  /// Three runs at each of two learning rates, all of them said to have converged.
  private func tops(_ low: Double, _ high: Double, error: Double? = nil) throws -> String {
    var fixture = Fixture()
    fixture.runs = [(0.1, low), (0.02, high)].flatMap { rate, elbo in
      (0..<3).map {
        Fixture.run(seed: $0, rate: rate, elbo: elbo - 0.01 * Double($0), standardError: error)
      }
    }
    for (metric, value) in [("optimization_gap", 0.001), ("optimization_gap_se", 0.001), ("converged", 1)] {
      for run in fixture.runs {
        fixture.recorded[metric, default: [:]][run.record.runID] = StepSeries(steps: [2000], values: [value])
      }
    }
    return try Report(fixture.input, source: fixture).markdown
  }

  @Test("a cell that has converged below another of the same family is named, with both cells")
  func lowerTop() throws {
    let text = try tops(-44.9, -31.9)
    #expect(text.contains("Of 1 cell the top that was found is not the highest of its family"))
    #expect(text.split(separator: "\n").contains { $0.contains("another top") && $0.contains("is 13 nats") })
  }

  @Test(
    "cells of one family that agree within their errors or 0.02 nats share a top",
    arguments: [(-31.915, -31.9, 0), (-32.3, -31.9, 0.2)])
  func sameTop(_ low: Double, _ high: Double, _ error: Double) throws {
    #expect(try !tops(low, high, error: error > 0 ? error : nil).contains("another top"))
  }

  @Test("of runs that say nothing of it, nothing is said")
  func none() throws {
    #expect(try !Report(Fixture().input, source: Fixture()).markdown.contains("converged"))
  }
}
