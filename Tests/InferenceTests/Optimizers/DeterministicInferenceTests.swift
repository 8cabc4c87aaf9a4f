import Foundation
import Inference
import NumericArrays
import Testing

/// The bound at fixed draws, its top, and what its curvature there says.
@Suite struct DeterministicInferenceTests {
  private func ascent(_ settings: RunSettings, seed: UInt64 = 0) -> (
    steps: [StepTerms], points: [String: Double], result: FitResult
  ) {
    let (steps, points, result) = learn(settings, seed: seed)
    return (steps, Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }, result)
  }

  /// The ascent ends where half a quasi-Newton step promises 1e-12 of the objective: gᵀ H g, whose gradients are as small beside curvatures as
  /// those of these models, a million at the most.
  @Test(
    "over the models, the objective rises step by step to a point without a slope", arguments: ModelCase.all)
  func tops(_ model: ModelCase) throws {
    // Through thirty draws of one direction a low-rank Gaussian can lay the ridge's latents with a scale of 0, where log q is rounding.
    let optimizer: ConfigValue =
      model.testDescription == "bayesian-ridge" ? ["dadvi": ["draws": 300]] : "dadvi"
    for family: ConfigValue in ["mean-field", "full-rank", ["low-rank": ["rank": 1]], "block-diagonal"] {
      for beta in [0.5, 1, 4] {
        guard
          let settings = model.accepted([
            "family": family, "optimizer": optimizer, "beta": .number(beta), "steps": 5000,
          ])
        else { continue }
        let (steps, points, result) = ascent(settings, seed: 3)
        #expect(result.ending == .finished && result.suspect == nil, "\(family), \(beta): \(result)")
        #expect(zip(steps, steps.dropFirst()).allSatisfy { $0.objective < $1.objective })
        let (first, last) = (try #require(steps.first), try #require(steps.last))
        let size = max(1, abs(last.objective))
        let slope = try #require(last.gradNorm)
        #expect(slope < 1e-3 * size, "\(family), \(beta)")
        #expect(slope <= first.gradNorm ?? 0)
        #expect(last.step == result.steps && result.steps < 5000)
        #expect(try #require(points["gradient_evaluations"]) > Double(result.steps))
        let again = ascent(settings, seed: 3)
        #expect(again.result.parameters.map(\.bitPattern) == result.parameters.map(\.bitPattern))
        #expect(again.steps.map(\.bits) == steps.map(\.bits))
        #expect(ascent(settings, seed: 4).result.parameters != result.parameters)
      }
    }
  }

  @Test("exact expectations have the best member of the family for a top")
  func exactTop() throws {
    let run: ConfigMapping = [
      "model": ["correlated-gaussian": ["dimension": 2, "correlation": 0.9]], "expectations": "exact",
      "optimizer": "dadvi", "initial": ["location": [1, 3]],
    ]
    let diagonal = ascent(try settings(run)).result
    // exact.json, gauss_equicorr_rho0.9_d2: sd 0.43589 and a gap of 0.83037.
    #expect(abs(exp(diagonal.parameters[2]) - 0.4358898943540673) < 1e-6)
    #expect(abs(try #require(diagonal.yardstick).elbo + 0.8303656034108255) < 1e-9)
    let full = ascent(try settings(run.with(["family": "full-rank"]))).result
    #expect(abs(try #require(full.yardstick).elbo) < 1e-9)
  }

  /// Central differences have ten digits, and a top that promises 1e-12 of 100 nats is within 1e-5 standard deviations of the true one, where
  /// the curvature in log scales is as near.
  @Test(
    "where expectations are exact, the linear response of a Gaussian posterior is its standard deviations",
    arguments: ModelCase.all)
  func exactResponse(_ model: ModelCase) throws {
    for family: ConfigValue in ["mean-field", "full-rank"] {
      guard
        let settings = model.accepted([
          "family": family, "optimizer": "dadvi", "expectations": "exact", "steps": 5000,
        ]), let posterior = settings.model.posterior, posterior.closedTerms == nil,
        settings.model.latents.allSatisfy({ $0.support == .real })
      else { continue }
      let (_, points, result) = ascent(settings)
      #expect(result.suspect == nil)
      for (index, name) in settings.model.variableNames.enumerated() {
        let sd = posterior.moments.variances[index].squareRoot()
        #expect(abs(try #require(points["posterior_sd_lr[\(name)]"]) / sd - 1) < 1e-4, "\(family): \(name)")
      }
    }
  }

  /// Tilting a gamma by its variable leaves a gamma, so that its linear response has the true variance a/b², where a log-normal's own is
  /// (a/b)² (exp(1/a) − 1). Over 500 antithetic pairs the slopes of its mean have the relative error s²/√1000 with s² = 1/33.
  @Test("of a positive variable, the linear response is on the variable's own scale")
  func transformed() throws {
    let (_, points, _) = ascent(
      try settings([
        "model": ["gamma-poisson": ["observations": [3, 1, 4, 1, 5, 9, 2, 6], "shape": 2, "rate": 1]],
        "optimizer": "dadvi", "expectations": "exact",
      ]))
    let name = try #require(points.keys.first { $0.hasPrefix("posterior_sd_lr[") })
    let (found, expected) = (try #require(points[name]), 33.0.squareRoot() / 9)
    #expect(abs(found / expected - 1) < 4e-3)
  }

  /// At draws ε with the mean ē and the second moments E, for the precision P of the target and the scales s of q: −∇² is P in m and m,
  /// P(i, j) sⱼ ēⱼ in mᵢ and log sⱼ, and sᵢ sⱼ P(i, j) E(i, j), on the diagonal by 1 more, in log s and log s.
  @Test("the objective and its curvature are those of the draws", arguments: [5, 30])
  func fixedDraws(_ draws: Int) throws {
    let settings = try settings([
      "model": ["correlated-gaussian": ["dimension": 2, "correlation": 0.6]], "steps": 500,
      "optimizer": ["dadvi": ["draws": .integer(draws)]], "initial": ["location": [1, 3]],
    ])
    let (steps, points, result) = ascent(settings, seed: 7)
    let noise = NoiseStream(seed: 7, purpose: .fit).normals(dimension: 2, draws: draws, step: 0)
    let precision = [[1 / 0.64, -0.6 / 0.64], [-0.6 / 0.64, 1 / 0.64]]
    let m = Array(result.parameters[..<2])
    let s = result.parameters[2...].map { exp($0) }
    // log 2π of the entropy and of the target cancel.
    var objective = 1 + log(s[0]) + log(s[1]) - 0.5 * log(0.64)
    var first = [0.0, 0]
    var second = [[0.0, 0], [0, 0]]
    for draw in 0..<draws {
      let e = [noise[draw], noise[draws + draw]]
      let z = [m[0] + s[0] * e[0], m[1] + s[1] * e[1]]
      for i in 0..<2 {
        first[i] += e[i] / Double(draws)
        for j in 0..<2 {
          second[i][j] += e[i] * e[j] / Double(draws)
          let product: Double = z[i] * precision[i][j] * z[j]
          objective -= 0.5 * product / Double(draws)
        }
      }
    }
    #expect(abs(try #require(steps.last).objective - objective) < 1e-12)
    var curvature = Matrix(rows: 4, columns: 4)
    for i in 0..<2 {
      for j in 0..<2 {
        let p = precision[i][j]
        curvature[i, j] = p
        curvature[i, 2 + j] = p * s[j] * first[j]
        curvature[2 + j, i] = p * s[j] * first[j]
        curvature[2 + i, 2 + j] = s[i] * s[j] * p * second[i][j] + (i == j ? 1 : 0)
      }
    }
    let inverse = Matrix.solve(lower: try curvature.cholesky(), Matrix.identity(4))
    for (index, name) in settings.model.variableNames.enumerated() {
      let found = try #require(points["posterior_sd_lr[\(name)]"])
      // The top is known to 1e-6 standard deviations.
      #expect(abs(found - inverse[index, index].squareRoot()) < 1e-4)
    }
  }

  @Test("what is not wanted is not computed, and too few steps are said")
  func options() throws {
    let run: ConfigMapping = ["model": "eight-schools", "optimizer": ["dadvi": ["linear_response": false]]]
    let plain = ascent(try settings(run.with(["record": ["every": 1000]])))
    #expect(!plain.points.keys.contains { $0.contains("_lr") })
    #expect(plain.steps.map(\.step) == [0, plain.result.steps])
    let short = ascent(try settings(["model": "eight-schools", "optimizer": "dadvi", "steps": 3]))
    #expect(
      try #require(short.result.suspect).hasPrefix("step 3: the ascent has not reached the top: a further"))
    #expect(!short.points.keys.contains { $0.contains("_lr") })
    let nowhere: ConfigValue = ["stan": ["program": "parameters { real x; } model { target += log(x - 9); }"]]
    #expect(
      ascent(try settings(["model": nowhere, "optimizer": "dadvi"])).result.ending
        == .diverged("step 0: the objective or its gradient is not finite; start elsewhere"))
  }
}
