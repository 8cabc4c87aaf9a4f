import Foundation
import Inference
import Testing

/// Objectives of importance weights where a model is learned: the weights of every datum have terms of their own.
@Suite struct LearnedObjectiveTests {
  private static let cases = LearnedCase.all.filter { $0.accepted(["objective": "iwae"]) != nil }

  @Test("the importance-weighted bound is that of each datum's draws, summed over the data", arguments: cases)
  func value(_ model: LearnedCase) throws {
    let settings = try model.settings(["objective": ["iwae": ["k": 3]], "samples": 2])
    let rows = settings.learning.data.training.rowCount
    let probe = BoundProbe(settings, draws: 6) {
      [$0.objective] + [$0.logWeight].compactMap(\.self)
    }
    let values = probe(at: probe.randomParameters(1, scale: 0.2))
    // Each draw's weight stands for all data; draws of one datum are a round of the data apart.
    var expected = 0.0
    for datum in 0..<rows {
      for term in 0..<2 {
        let weights = (0..<3).map { values[1][(term * 3 + $0) * rows + datum] / Double(rows) }
        let top = weights.max() ?? 0
        expected += (top + log(weights.reduce(0) { $0 + exp($1 - top) } / 3)) / 2
      }
    }
    #expect(abs(values[0][0] - expected) < 1e-10 * max(1, abs(expected)))
  }

  @Test("its gradient agrees with central differences", arguments: cases)
  func gradient(_ model: LearnedCase) throws {
    for objective: ConfigValue in [["iwae": ["k": 2]], ["renyi": ["k": 2]], ["tvo": ["k": 2]]] {
      let settings = try model.settings([
        "objective": objective, "estimator": "reparameterization", "samples": 1,
      ])
      let probe = BoundProbe(settings, draws: 2) { bound in
        [bound.objective] + [bound.gradientEstimate].compactMap(\.self)
      }
      expectSlopes(
        probe, at: probe.randomParameters(1, scale: 0.2), beta: 1,
        "\(model.testDescription) \(objective.inlineText)")
    }
  }

  @Test("at least the autoencoders are learned by it")
  func accepted() { #expect(Self.cases.contains { $0.testDescription == "vae" }) }
}
