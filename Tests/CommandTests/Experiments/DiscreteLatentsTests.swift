import Foundation
import Testing
import Tracking

@Suite struct DiscreteLatentsTests {
  private static let experiment = Result { try Experiment("discrete-latents", "seeds=2") }

  /// log_evidence − elbo, exact on both sides, of a model's runs with an estimator.
  private static func gaps(_ model: String, _ estimator: String, temperature: Double? = nil) throws
    -> [Double]
  {
    let runs = try experiment.get().runs.filter { run in
      run.record.model == model && run.record.estimator == estimator
        && (temperature.map { run.value(of: "estimator.\(estimator).temperature") == .number($0) } ?? true)
    }
    return try runs.map { run in
      let yardstick = try #require(run.outcome?.yardstick)
      return try #require(yardstick.logEvidence) - #require(yardstick.elbo)
    }
  }

  @Test(
    "relaxed draws end below what draws as they are find, the more the higher the temperature",
    arguments: ["ising", "noisy-or", "mixture-allocation"])
  func relaxed(model: String) throws {
    let exact = try Self.gaps(model, "enumeration")
    let score = try Self.gaps(model, "score-function")
    #expect(exact.count == 2 && score.count == 2)
    for (seed, best) in exact.enumerated() {
      #expect(best > 0.05 && abs(score[seed] - best) < 0.01)
      let cool = try Self.gaps(model, "gumbel-softmax", temperature: 0.1)[seed]
      let warm = try Self.gaps(model, "gumbel-softmax", temperature: 1)[seed]
      #expect(cool > best + 0.005 && warm > cool + 0.1, "\(model): \(best), \(cool), \(warm)")
    }
  }
}
