import Inference
import Testing

/// The trapezoidal rule against closed forms.
@Suite struct QuadratureFamilyTests {
  /// The error that is stated is at most the default tolerance, 1e-8.
  @Test("the evidence of up to three latents is the exact one to 1e-8, or the run says why not")
  func evidence() throws {
    var agreeing: [String] = []
    for known in try EvidenceCase.all() where known.dimension <= 3 {
      let (points, result) = try known.run(
        ["quadrature": ["most_points": 200_000]], steps: 100, seed: 0)
      let yardstick = try #require(result.yardstick, "\(known.name): \(result.ending)")
      let estimate = try #require(yardstick.terms.logEvidence)
      if result.suspect != nil { continue }
      agreeing.append(known.name)
      #expect(abs(estimate - known.exact) < 1e-8, "\(known.name)")
      let error = try #require(yardstick.logEvidenceStandardError)
      #expect(error <= 1e-8 && abs(estimate - known.exact) <= error + 1e-12, "\(known.name)")
      #expect(try #require(points["log_evidence_lower"]) == estimate - error)
      #expect(try #require(points["log_evidence_upper"]) == estimate + error)
    }
    for name in ["conjugate-normal", "beta-bernoulli", "gamma-poisson", "banana", "correlated-gaussian"] {
      #expect(agreeing.contains(name))
    }
    #expect(agreeing.count >= 9, "\(agreeing)")
  }

  /// Beta(2, 5); Gamma(33, 9); a normal with precision 1/10 + 5/2.
  @Test("means and standard deviations are the closed ones to 1e-9, whatever the seed")
  func moments() throws {
    let cases: [(model: ConfigValue, name: String, mean: Double, variance: Double)] = [
      (conjugateNormal, "mean", 7.5 / 2.6, 1 / 2.6),
      (["beta-bernoulli": ["observations": [1, 0, 0, 0, 0]]], "probability", 2 / 7.0, 10 / (49 * 8.0)),
      (
        ["gamma-poisson": ["observations": [3, 1, 4, 1, 5, 9, 2, 6], "shape": 2, "rate": 1]], "rate",
        33 / 9.0,
        33 / 81.0
      ),
    ]
    for known in cases {
      let own = try settings(["model": known.model, "family": "quadrature"])
      let (_, points, result) = learn(own, seed: 1)
      let values = Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }
      #expect(abs(try #require(values["posterior_mean[\(known.name)]"]) - known.mean) < 1e-9)
      #expect(abs(try #require(values["posterior_sd[\(known.name)]"]) - known.variance.squareRoot()) < 1e-9)
      #expect(learn(own, seed: 2).result.yardstick == result.yardstick)
    }
  }

  /// Cauchy's distribution has the heaviest tails of the common ones.
  @Test("tails without a mean are integrated to their end")
  func heavyTails() throws {
    let own = try settings([
      "model": ["stan": ["program": "parameters { real x; } model { target += cauchy_lpdf(x | 1, 2); }"]],
      "family": "quadrature",
    ])
    let result = learn(own).result
    #expect(abs(try #require(result.yardstick?.terms.logEvidence)) < 1e-9 && result.suspect == nil)
  }

  @Test("what cannot be integrated says so")
  func trouble() throws {
    let improper = try settings([
      "model": ["stan": ["program": "parameters { vector[2] x; } model { x[1] ~ normal(0, 1); }"]],
      "family": ["quadrature": ["most_points": 10_000]],
    ])
    #expect(learn(improper).result.ending != .finished)
    let coarse = try settings(["model": "banana", "family": "quadrature", "steps": 1])
    #expect(try #require(learn(coarse).result.suspect).contains("by two levels of refinement the error is"))
  }
}
