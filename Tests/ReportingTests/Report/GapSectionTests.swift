import Foundation
import Plotting
import Reporting
import Testing
import Tracking

/// What reports say of the parts of the gap to the evidence.
@Suite struct GapSectionTests {
  private func text(
    _ runs: [RunSummary], gap: Double? = nil, _ metrics: [String: Double] = [:]
  ) throws -> String {
    var fixture = Fixture()
    fixture.runs = runs
    for run in runs where run.record.family != "nuts" {
      var metrics = metrics
      if let gap { metrics.merge(["optimization_gap": gap, "converged": 1]) { $1 } }
      for (metric, value) in metrics {
        fixture.recorded[metric, default: [:]][run.record.runID] = StepSeries(steps: [2000], values: [value])
      }
    }
    return try Report(fixture.input, source: fixture).markdown
  }

  /// The numbers of the row of a family.
  private func row(_ family: String, _ text: String) throws -> [Double] {
    let start = try #require(text.range(of: "## What the gap is made of"))
    let line = try #require(
      text[start.upperBound...].split(separator: "\n").first { $0.hasPrefix("| \(family)") })
    return line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }.compactMap(Double.init)
  }

  private func cells(_ families: [String: Double], evidence: Double?) -> [RunSummary] {
    families.sorted { $0.key < $1.key }.flatMap { family, elbo in
      (0..<4).map { Fixture.run(family: family, seed: $0, elbo: elbo, evidence: evidence) }
    }
  }

  @Test("the gap is that to the model's own evidence, and its parts add up to it")
  func parts() throws {
    let text = try text(cells(["mean-field": -500.5, "full-rank": -496.75], evidence: -496.5), gap: 0.125)
    #expect(text.contains("log p(x) is -496.500000 nats, known of the model."))
    #expect(try row("mean-field", text) == [4, 0, 0.125, 3.875])
    #expect(try row("full-rank", text) == [0.25, 0, 0.125, 0.125])
  }

  @Test("where the model does not know it, draws from the posterior do")
  func drawn() throws {
    let draws = (0..<4).map { Fixture.run(family: "nuts", seed: $0, elbo: -499, evidence: -499) }
    let text = try text(
      cells(["mean-field": -500.5, "full-rank": -499.25], evidence: nil) + draws, gap: 0.125)
    #expect(text.contains("-499.0000"))
    #expect(text.contains("nats, by nuts"))
    #expect(try row("mean-field", text).first == 1.5)
  }

  @Test("else importance weights, where their tail can be trusted", arguments: [(0.4, true), (0.9, false)])
  func weighed(_ shape: Double, _ isTrusted: Bool) throws {
    let metrics = [
      "pareto_k": shape, "pareto_k_threshold": 0.67, "log_evidence_is": -499, "log_evidence_is_se": 0.01,
    ]
    let runs = cells(["mean-field": -500.5, "full-rank": -499.25], evidence: nil)
    let text = try text(runs, gap: 0.125, metrics)
    #expect(text.contains("by the importance weights of") == isTrusted)
    #expect(text.contains("## What the gap is made of") == isTrusted)
  }

  @Test("a gap that is too uncertain for a verdict is not split")
  func uncertain() throws {
    let text = try text(
      cells(["mean-field": -500.5, "full-rank": -496.75], evidence: -496.5), ["optimization_gap": 0.5])
    #expect(try row("mean-field", text) == [4, 0])
  }

  @Test("of runs that were not asked what they have left, nothing is said")
  func none() throws {
    let text = try text(cells(["mean-field": -500.5, "full-rank": -496.75], evidence: -496.5))
    #expect(!text.contains("What the gap is made of"))
  }
}
