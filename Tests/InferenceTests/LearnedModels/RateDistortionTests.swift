import Foundation
import Inference
import Testing

/// The linear VAE with two latents and the noise variance σ² = 0.05068214786479676 on iris, against the exact curve: with s = βσ²
/// and the eigenvalues λ of the covariance, the active units are those with λᵢ > s, rate = ½ Σ_active ln(λᵢ / s) and
/// distortion = (d/2) ln 2πσ² + (|active| s + Σ_others λᵢ) / 2σ² (Lucas et al. 2019; by NumPy).
@Suite struct RateDistortionTests {
  struct Exact: Sendable, CustomTestStringConvertible {
    var beta: Double
    var rate: Double
    var distortion: Double
    var active: Int

    var testDescription: String { "β = \(beta)" }
  }

  static let curve = [
    Exact(beta: 0.1, rate: 5.290945914906283, distortion: -1.188608954204829, active: 2),
    Exact(beta: 0.25, rate: 4.374655183032128, distortion: -1.038608954204829, active: 2),
    Exact(beta: 0.5, rate: 3.6815080024721825, distortion: -0.7886089542048287, active: 2),
    Exact(beta: 1, rate: 2.988360821912237, distortion: -0.2886089542048289, active: 2),
    Exact(beta: 2, rate: 2.295213641352292, distortion: 0.7113910457951715, active: 2),
    Exact(beta: 4, rate: 1.602066460792347, distortion: 2.711391045795171, active: 2),
    Exact(beta: 4.9, rate: 1.4140217922773468, distortion: 3.539476358847531, active: 1),
    Exact(beta: 8, rate: 1.1689186239957194, distortion: 5.089476358847531, active: 1),
    Exact(beta: 64, rate: 0.12919785315580146, distortion: 33.089476358847534, active: 1),
    Exact(beta: 100, rate: 0, distortion: 42.52471149528047, active: 0),
  ]

  private static let model = irisModel(
    "linear-vae", ["noise_sd": .number(0.05068214786479676.squareRoot())])

  @Test("gradients of the mean-field bound reach the exact curve, with its active units", arguments: curve)
  func gradients(_ exact: Exact) throws {
    let (_, points, result) = learn(
      try Self.model.settings([
        "family": "mean-field", "expectations": "exact", "beta": .number(exact.beta), "steps": 2000,
        "record": ["every": 2000], "optimizer": ["adam": ["learning_rate": 0.1, "schedule": "cosine"]],
      ]))
    try expect(exact, result)
    let spreads = points.filter { $0.metric.hasPrefix("posterior_mean_variance") }
    #expect(spreads.count == 2)
    #expect(spreads.filter { $0.value > 0.01 }.count == exact.active, "\(spreads)")
    let active = try #require(points.last { $0.metric == "active_units" })
    #expect(active.value == Double(exact.active))
    let collapsed = try #require(points.last { $0.metric == "collapsed_units" })
    #expect(collapsed.value == Double(2 - exact.active))
    // The bound's kl_prior is the sum over the latents of their own, as q factorises.
    let divergences = points.filter { $0.metric.hasPrefix("kl_prior[") }.map(\.value)
    let rate = try #require(result.yardstick?.terms.klPrior) / 150
    #expect(abs(divergences.reduce(0, +) - rate) < 1e-9)
    // An active unit i has the rate ½ ln(λᵢ / s).
    let s = exact.beta * 0.05068214786479676
    let expected = IrisMaximumTests.eigenvalues.prefix(2).map { 0.5 * log(max(1, $0 / s)) }
    for (found, expected) in zip(divergences.sorted(by: >), expected) {
      #expect(abs(found - expected) < 0.02, "\(divergences)")
    }
  }

  @Test("EM reaches the exact curve", arguments: curve)
  func expectationMaximization(_ exact: Exact) throws {
    let (_, _, result) = learn(
      try Self.model.settings([
        "family": "exact", "optimizer": "em", "beta": .number(exact.beta), "steps": 4000,
        "record": ["every": 4000],
      ]))
    try expect(exact, result)
  }

  private func expect(_ exact: Exact, _ result: FitResult) throws {
    #expect(result.ending == .finished && result.suspect == nil)
    let terms = try #require(result.yardstick).terms
    let (rate, distortion) = (
      try #require(terms.klPrior) / 150, -(try #require(terms.reconstruction)) / 150
    )
    #expect(abs(rate - exact.rate) < 0.02, "rate \(rate), not \(exact.rate)")
    #expect(abs(distortion - exact.distortion) < 0.02, "distortion \(distortion), not \(exact.distortion)")
    #expect(abs(try #require(result.yardstick).elbo / 150 + rate + distortion) < 1e-9)
  }
}
