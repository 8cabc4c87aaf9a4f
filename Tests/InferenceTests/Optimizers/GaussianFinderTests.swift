import Foundation
import Inference
import Testing

/// Laplace's approximation and Pathfinder.
@Suite struct GaussianFinderTests {
  private func run(
    _ optimizer: ConfigValue, _ model: ConfigValue, _ more: ConfigMapping = [:], seed: UInt64 = 0
  )
    throws -> (points: [String: Double], result: FitResult)
  {
    let base: ConfigMapping = ["model": model, "family": "full-rank", "optimizer": optimizer, "steps": 500]
    let (_, points, result) = learn(try settings(base.with(more)), seed: seed)
    return (Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }, result)
  }

  /// The Hessian by central differences of a linear gradient has the rounding of its elements over a distance of 6e-6: ten digits.
  @Test("of a Gaussian posterior, Laplace's approximation is the posterior", arguments: ModelCase.all)
  func gaussian(_ model: ModelCase) throws {
    guard let evidence = model.accepted([:])?.model.evidence?.logValue,
      let posterior = model.accepted([:])?.model.posterior, posterior.closedTerms == nil,
      model.accepted([:])?.model.latents.allSatisfy({ $0.support == .real }) == true
    else { return }
    let result = fit(try model.settings(["family": "full-rank", "optimizer": "laplace-approximation"])).result
    #expect(result.ending == .finished && result.suspect == nil)
    #expect(abs(try #require(result.yardstick).elbo - evidence) < 1e-8 * max(1, abs(evidence)))
  }

  /// Of the log of a Gamma(33, 9) variate: the mode is log(33/9) and the second derivative there −33. A quasi-Newton step that promises
  /// 1e-12 of 20 nats leaves the mode within √(2e-11/33) = 1e-6.
  @Test("the mode and the curvature there are the ones of the formula")
  func logGamma() throws {
    let model: ConfigValue = [
      "gamma-poisson": ["observations": [3, 1, 4, 1, 5, 9, 2, 6], "shape": 2, "rate": 1]
    ]
    let (_, result) = try run("laplace-approximation", model)
    #expect(abs(result.parameters[0] - log(33 / 9.0)) < 2e-6)
    #expect(abs(result.parameters[1] - (-0.5 * log(33))) < 2e-6)
    // At β = 2 the posterior is Gamma(2 + 31/2, 1 + 8/2) on that scale.
    let (_, tempered) = try run("laplace-approximation", model, ["beta": 2])
    #expect(abs(tempered.parameters[0] - log(17.5 / 5)) < 2e-6)
    #expect(abs(tempered.parameters[1] - (-0.5 * log(17.5))) < 2e-6)
  }

  @Test("a point takes the mode, and mean-field the inverse of the precision's diagonal")
  func families() throws {
    let model: ConfigValue = ["correlated-gaussian": ["dimension": 2, "correlation": 0.9]]
    let (_, point) = try run("laplace-approximation", model, ["family": "delta"])
    #expect(point.parameters.allSatisfy { abs($0) < 1e-6 })
    let (_, diagonal) = try run("laplace-approximation", model, ["family": "mean-field"])
    // exact.json, gauss_equicorr_rho0.9_d2: sd 0.43589 and a gap of 0.83037.
    #expect(abs(exp(diagonal.parameters[2]) - 0.4358898943540673) < 1e-8)
    #expect(abs(try #require(diagonal.yardstick).elbo + 0.8303656034108255) < 1e-8)
  }

  @Test("Pathfinder is exact where its pairs say all, and near where the posterior is next to a Gaussian")
  func pathfinder() throws {
    let (_, normal) = try run("pathfinder", conjugateNormal)
    #expect(abs(try #require(normal.yardstick).elbo - -10.889301194126269) < 1e-6)
    let (points, gamma) = try run(
      "pathfinder", ["gamma-poisson": ["observations": [3, 1, 4, 1, 5, 9, 2, 6], "shape": 2, "rate": 1]])
    // The family's gap is the divergence of a Gaussian to a log-gamma: 1/(12 · 33) and less.
    #expect(abs(try #require(gamma.yardstick).elbo - -20.781982510989774) < 0.01)
    #expect(try #require(points["gradient_evaluations"]) < 1000)
  }

  @Test("no mode, a saddle and a start without a density are said")
  func trouble() throws {
    let (_, funnel) = try run("laplace-approximation", "neals-funnel", ["steps": 30])
    #expect(try #require(funnel.suspect).contains("the ascent has not reached a mode"))
    let saddle: ConfigValue = [
      "stan": ["program": "parameters { real x; real y; } model { target += -x ^ 2 + 0.5 * y ^ 2 - y ^ 4; }"]
    ]
    let (_, flat) = try run("laplace-approximation", saddle, ["initial": ["location": 0, "scale": 1e-300]])
    #expect(
      flat.ending
        == .diverged(
          "step 0: the posterior does not curve downwards everywhere at the mode that was found: it has no Gaussian there"
        ))
    let nowhere: ConfigValue = ["stan": ["program": "parameters { real x; } model { target += log(x - 9); }"]]
    let (_, lost) = try run("pathfinder", nowhere)
    #expect(
      lost.ending == .diverged("step 0: the log density or its gradient is not finite; start elsewhere"))
  }

  @Test("the same seed gives the same bits")
  func bits() throws {
    for optimizer in ["laplace-approximation", "pathfinder"] {
      let (first, second) = (
        try run(.text(optimizer), "eight-schools", seed: 4),
        try run(.text(optimizer), "eight-schools", seed: 4)
      )
      #expect(first.result.parameters.map(\.bitPattern) == second.result.parameters.map(\.bitPattern))
      #expect(first.result.yardstick == second.result.yardstick)
    }
  }
}
