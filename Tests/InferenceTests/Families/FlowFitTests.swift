import Foundation
import Inference
import Testing

/// What no Gaussian can be.
@Suite struct FlowFitTests {
  static let flows: [ConfigValue] = ["inverse-autoregressive", "masked-autoregressive", "neural-spline"]

  // The best Gaussian loses 0.726 nats (reference by high-precision optimisation).
  @Test("flows fit the banana to within 0.02 nat of its evidence", arguments: flows)
  func banana(_ family: ConfigValue) throws {
    let (_, result) = try fit([
      "model": "banana", "family": family, "initial": ["scale": 1], "steps": 8000, "samples": 32,
      "optimizer": ["adam": ["learning_rate": 0.006, "schedule": "cosine", "average": 0.1]],
      "record": ["every": 1000],
    ])
    #expect(result.suspect == nil)
    let found = try #require(result.yardstick)
    let error = try #require(found.elboStandardError)
    #expect(found.elbo > -0.02 && found.elbo < 5 * error, "\(found.elbo) ± \(error)")
  }
}
