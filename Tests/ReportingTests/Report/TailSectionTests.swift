import Foundation
import Plotting
import Reporting
import Testing
import Tracking

/// What reports say of the importance weights of fitted posteriors.
@Suite struct TailSectionTests {
  private func text(_ shapes: [Double], effective: [Double]) throws -> String {
    var fixture = Fixture()
    fixture.runs = ["mean-field", "full-rank"].flatMap { family in
      (0..<3).map { Fixture.run(family: family, seed: $0, elbo: -500 - 0.01 * Double($0)) }
    }
    let metrics: [(String, (Int) -> Double)] = [
      ("pareto_k", { shapes[$0] }), ("pareto_k_threshold", { _ in 2.0 / 3 }),
      ("importance_ess", { effective[$0] }), ("log_evidence_is", { -499.5 + 0.1 * Double($0 % 3) }),
      ("log_evidence_is_se", { _ in 0.05 }),
    ]
    for (metric, value) in metrics {
      for (index, run) in fixture.runs.enumerated() {
        fixture.recorded[metric, default: [:]][run.record.runID] = StepSeries(
          steps: [2000], values: [value(index)])
      }
    }
    return try Report(fixture.input, source: fixture).markdown
  }

  @Test("k̂ stands with its threshold and medians by group, the worst first")
  func table() throws {
    let text = try text([0.9, 0.8, 0.5, 0.3, 0.2, 0.1], effective: [10, 20, 30, 700, 800, 900])
    #expect(text.contains("Pareto k̂ is above its threshold of 0.67 in 2 of 6 runs that have it."))
    let rows = text.split(separator: "\n").map(String.init).filter { $0.contains("-499.400 (se 0.050)") }
    #expect(rows.count == 2)
    let cells = rows.map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    #expect(cells[0].dropFirst() == ["3", "0.80", "0.90", "2", "20", "-499.400 (se 0.050)"])
    #expect(cells[1].dropFirst() == ["3", "0.20", "0.30", "0", "800", "-499.400 (se 0.050)"])
  }

  @Test("where none is above, one sentence says so")
  func good() throws {
    let text = try text([0.1, 0.2, 0.3, 0.3, 0.2, 0.1], effective: [700, 700, 700, 700, 700, 700])
    #expect(text.contains("Pareto k̂ is at or below its threshold of 0.67 in all 6 runs that have it."))
  }

  @Test("a shape that is no number is above")
  func notFinite() throws {
    let text = try text([.nan, 0.2, 0.3, 0.3, 0.2, 0.1], effective: [700, 700, 700, 700, 700, 700])
    #expect(text.contains("in 1 of 6 runs that have it"))
  }

  @Test("runs that have none are silent")
  func none() throws {
    let fixture = Fixture.grid()
    #expect(try !Report(fixture.input, source: fixture).markdown.contains("Pareto"))
  }
}
