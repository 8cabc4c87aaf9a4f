import Foundation
import Inference
import Testing

/// Where fits start that are told nothing of it.
@Suite struct FittedStartTests {
  private func start(_ run: ConfigMapping) throws -> Yardstick {
    try #require(try fit(run.with(["steps": 0, "initial": "fitted"])).result.yardstick)
  }

  /// With D latents, 32 draws leave a scale uncertain by 1/√64 at most, which costs (1/8)² nats each; Sobol's points do better.
  @Test("of a Gaussian posterior the start is nearly the family's optimum", arguments: [1, 2, 10, 40])
  func gaussian(_ dimension: Int) throws {
    let correlation = 0.9
    let model: ConfigValue = [
      "correlated-gaussian": ["dimension": .integer(dimension), "correlation": .number(correlation)]
    ]
    // The product of the inverse precisions' diagonal against the determinant: −½ log(Π Λᵢᵢ⁻¹ / |Σ|).
    let rest = 1 - correlation
    let whole = 1 + Double(dimension - 1) * correlation
    let precision = (1 + Double(dimension - 2) * correlation) / (rest * whole)
    let determinant = Double(dimension - 1) * log(rest) + log(whole)
    let optimum = -0.5 * (Double(dimension) * log(precision) + determinant)
    let allowed = Double(dimension) / 64
    let independent = try start(["model": model, "family": "mean-field"])
    #expect(independent.elbo <= optimum + 1e-9)
    #expect(independent.elbo >= optimum - allowed)
    // The linear response of a mean-field Gaussian is exact where the posterior is Gaussian.
    let correlated = try start(["model": model, "family": "full-rank"])
    #expect(correlated.elbo <= 1e-9)
    #expect(correlated.elbo >= -allowed)
  }

  @Test("a posterior thousands of its sds away is found")
  func far() throws {
    let found = try start([
      "model": ["conjugate-normal": ["observations": [10_001, 10_002], "noise_sd": 1, "prior_sd": 100_000]],
      "family": "mean-field",
    ])
    // The posterior is Gaussian, and its evidence the optimum; 1/64 as above.
    #expect(try #require(found.terms.klPosterior) < 1.0 / 64)
  }

  @Test("where the linear response is too wide a guess, the start has no correlations")
  func funnel() throws {
    let model: ConfigMapping = ["model": "neals-funnel"]
    let independent = try start(model.with(["family": "mean-field"]))
    let correlated = try start(model.with(["family": "full-rank"]))
    let error = 3 * ((correlated.elboStandardError ?? 0) + (independent.elboStandardError ?? 0))
    #expect(correlated.elbo >= independent.elbo - error)
  }

  @Test("minibatches, samplers and searches start at zero; all else is fitted")
  func choice() throws {
    let observed: ConfigMapping = ["model": ["conjugate-normal": ["observations": [1, 2]]]]
    let zero: ConfigValue = ["location": [.number(0)], "scale": [.number(0.1)]]
    for run: ConfigMapping in [
      ["minibatch": 1], ["family": "nuts"], ["optimizer": "pathfinder"],
      ["optimizer": "laplace-approximation"], ["optimizer": "dadvi"],
    ] {
      #expect(try settings(observed.with(run)).configuration["initial"] == zero, "\(run)")
    }
    for run: ConfigMapping in [[:], ["optimizer": "adam"], ["family": "planar"]] {
      #expect(try settings(observed.with(run)).configuration["initial"] == "fitted", "\(run)")
    }
  }

  @Test(
    "the steps of inferred models decay and are averaged, unless an optimizer is named; learned models keep Adam's"
  )
  func optimizer() throws {
    let settling: ConfigMapping = ["learning_rate": 0.015, "average": 0.5]
    func control(_ run: ConfigMapping) throws -> ConfigMapping? {
      try settings(run).configuration["optimizer"]?.asMapping?["adam"]?.asMapping
    }
    let inferred = try #require(try control(["model": "banana"]))
    for entry in settling.entries { #expect(inferred[entry.key] == entry.value) }
    #expect(inferred["schedule"]?.asMapping?["cosine"] != nil)
    let named = try #require(try control(["model": "banana", "optimizer": "adam"]))
    #expect(named["schedule"] == "constant")
    #expect(named["average"] == .number(0))
  }
}
