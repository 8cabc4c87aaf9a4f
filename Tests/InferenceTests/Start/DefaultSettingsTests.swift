import Inference
import Testing

/// What the name of a model and that of a family come to, with nothing else said.
@Suite struct DefaultSettingsTests {
  /// A model, a family, and the highest ELBO that the family has there.
  struct Known: Sendable, CustomTestStringConvertible {
    var model: ConfigValue
    var family: String
    var elbo: Double
    var testDescription: String { "\(model), \(family)" }
  }

  /// Closed forms, Gauss–Hermite quadrature with SciPy's BFGS (the one-dimensional ones) and quasi-Monte Carlo with an error of 0.0002
  /// (eight schools).
  static let known = [
    Known(model: conjugateNormal, family: "mean-field", elbo: -10.889301194126269),
    // Far from zero, and on the scale of the data.
    Known(
      model: ["conjugate-normal": ["observations": [1001, 1002], "noise_sd": 1, "prior_sd": 100]],
      family: "mean-field", elbo: -57.187250961796295),
    Known(
      model: ["beta-bernoulli": ["observations": [1, 0, 0, 0, 0]]], family: "mean-field",
      elbo: -3.412002574565133),
    Known(
      model: ["gamma-poisson": ["observations": [3, 1, 4, 1, 5, 9, 2, 6], "shape": 2, "rate": 1]],
      family: "mean-field", elbo: -20.78450768623952),
    Known(model: "correlated-gaussian", family: "mean-field", elbo: -0.8303656034108255),
    Known(model: "correlated-gaussian", family: "full-rank", elbo: 0),
    Known(model: ["correlated-gaussian": ["dimension": 10]], family: "full-rank", elbo: 0),
    Known(
      model: ["correlated-gaussian": ["dimension": 50, "correlation": 0.9]], family: "full-rank", elbo: 0),
    Known(
      model: ["correlated-gaussian": ["dimension": 50, "correlation": 0.9]], family: "block-diagonal", elbo: 0
    ),
    // One direction apart from the rest of one variance: rank 2 holds it.
    Known(
      model: ["correlated-gaussian": ["dimension": 50, "correlation": 0.9]], family: "low-rank", elbo: 0),
    Known(model: "neals-funnel", family: "mean-field", elbo: -1.8628467136183262),
    Known(model: "banana", family: "mean-field", elbo: -0.725837196121372),
    Known(model: "eight-schools", family: "mean-field", elbo: -31.597298560070843),
    Known(model: "eight-schools", family: "full-rank", elbo: -31.53409826925395),
    Known(
      model: ["eight-schools": ["parameterization": "centered"]], family: "mean-field",
      elbo: -33.404140398806405),
    Known(
      model: ["eight-schools": ["parameterization": "centered"]], family: "full-rank",
      elbo: -32.59173338600283),
  ]

  @Test("the yardstick ends within 0.02 nat of the optimum", arguments: known)
  func optimum(_ known: Known) throws {
    let settings = try settings(["model": known.model, "family": .text(known.family)])
    for seed in 0..<2 as Range<UInt64> {
      let found = try #require(learn(settings, seed: seed).result.yardstick)
      // What the yardstick's own draws are off by.
      let error = 3 * (found.elboStandardError ?? 0)
      #expect(found.elbo >= known.elbo - 0.02 - error)
      #expect(found.elbo <= known.elbo + 1e-9 + error)
    }
  }

  @Test("no such run is said to have stopped early", arguments: known)
  func converged(_ known: Known) throws {
    let settings = try settings(["model": known.model, "family": .text(known.family)])
    let verdicts = learn(settings).points.filter { $0.metric == "converged" }
    #expect(verdicts.allSatisfy { $0.value == 1 })
  }
}
