import Foundation
import Inference
import NumericArrays
import Testing

/// Coordinate ascent against closed-form optima and gradients.
@Suite struct CoordinateAscentTests {
  private static func run(_ model: ConfigValue, _ family: ConfigValue, _ more: ConfigMapping = [:]) throws
    -> (
      steps: [StepTerms], points: [String: Double], result: FitResult
    )
  {
    let run: ConfigMapping = ["model": model, "family": family, "optimizer": "coordinate-ascent"]
    let own = try settings(run.with(more))
    let (steps, points, result) = learn(own)
    return (steps, Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }, result)
  }

  static let models: [(model: ModelCase, family: ConfigValue)] =
    (ModelCase.all + ModelCase.discrete).flatMap { model in
      (["mean-field", "block-diagonal"] + discreteFamilies).filter {
        model.accepted(["family": $0, "optimizer": "coordinate-ascent"]) != nil
      }.map { (model, $0) }
    }

  @Test("the models with a Gaussian posterior and those with states have it")
  func accepted() {
    let names = Set(Self.models.compactMap { try? $0.model.settings(["family": $0.family]).modelName })
    #expect(
      names == [
        "conjugate-normal", "bayesian-linear-regression", "correlated-gaussian", "ising", "noisy-or",
        "mixture-allocation",
      ])
  }

  /// 1e-12 of the bound is what sums of some hundred terms lose.
  @Test("the bound is exact at every step and never falls, whatever β")
  func monotone() throws {
    for (model, family) in Self.models {
      let isDiscrete = discreteFamilies.contains(family)
      for beta in isDiscrete ? [0.5, 1, 3] : [1] {
        let own = try model.settings([
          "family": family, "optimizer": "coordinate-ascent", "beta": .number(beta),
          "initial": ["location": 0.7, "scale": 0.5],
        ])
        let (steps, result) = fit(own, seed: 3)
        #expect(result.ending == .finished && result.suspect == nil, "\(model.testDescription): \(result)")
        #expect(Set(result.exactTerms).isSuperset(of: [.reconstruction, .klPrior, .entropy, .logJoint]))
        for (before, after) in zip(steps, steps.dropFirst()) {
          let slack = 1e-12 * max(1, abs(before.objective))
          #expect(after.objective >= before.objective - slack, "\(model.testDescription), step \(after.step)")
        }
        #expect(steps.count < 2000, "\(model.testDescription) does not converge")
      }
    }
  }

  /// Mean-field's optimum on N(μ, Σ) has the mean μ and variances 1/(Σ⁻¹)_ii, and is ½ (Σ log (Σ⁻¹)_ii + log |Σ|) below the evidence
  /// (Bishop 2006, §10.1.2; MacKay 2003, §33.6).
  @Test("of a correlated Gaussian it is the closed-form optimum")
  func correlated() throws {
    for (dimension, correlation) in [(2, 0.9), (4, -0.2), (10, 0.5)] {
      let (d, r) = (Double(dimension), correlation)
      let (steps, points, result) = try Self.run(
        ["correlated-gaussian": ["dimension": .integer(dimension), "correlation": .number(r)]], "mean-field",
        ["initial": ["location": 2, "scale": 1], "steps": 20_000])
      // Σ has the eigenvalues 1 − r, d − 1 times, and 1 + (d − 1) r; its inverse has equal diagonal elements.
      let (small, large) = (1 - r, 1 + (d - 1) * r)
      let precision = ((d - 1) / small + 1 / large) / d
      let gap = 0.5 * (d * log(precision) + (d - 1) * log(small) + log(large))
      #expect(abs(try #require(result.yardstick).elbo + gap) < 1e-9)
      #expect(abs(try #require(steps.last).elbo + gap) < 1e-9)
      #expect(abs(try #require(points["posterior_mean[z.1]"])) < 1e-5)
      #expect(abs(try #require(points["posterior_sd[z.2]"]) - (1 / precision).squareRoot()) < 1e-12)
    }
  }

  /// One block is the posterior after one step; conjugate-normal has one latent.
  @Test("a single block is the posterior at once")
  func single() throws {
    for (model, family): (ConfigValue, ConfigValue) in [
      (["correlated-gaussian": ["dimension": 3, "correlation": 0.6]], "block-diagonal"),
      (conjugateNormal, "mean-field"),
    ] {
      let (steps, _, result) = try Self.run(model, family)
      #expect(steps.count == 3)
      #expect(abs(try #require(steps[1].terms.klPosterior)) < 1e-12)
      #expect(abs(try #require(result.yardstick?.terms.klPosterior)) < 1e-12)
    }
  }

  @Test("blocks are set by themselves, and their optimum is the family's nearest member")
  func blocks() throws {
    let model = try #require(ModelCase.all.first { $0.testDescription == "bayesian-linear-regression" })
    let names = try model.settings([:]).model.latents.map(\.name)
    for family: ConfigValue in [
      "mean-field", "block-diagonal",
      ["block-diagonal": ["blocks": .list([.list(names.map(ConfigValue.text))])]],
    ] {
      let own = try model.settings(["family": family, "optimizer": "coordinate-ascent", "steps": 5000])
      let result = fit(own).result
      let posterior = try #require(own.model.posterior)
      let count = own.family.parameterCount(for: own.model)
      let nearest = own.family.parameters(
        near: posterior.moments, model: own.model, noise: [Double](repeating: 0, count: count))
      // A bound within 1e-12 of its top is at φ within the root of that of the optimum, in units of the sds.
      for (found, expected) in zip(result.parameters, nearest) {
        #expect(abs(found - expected) < 1e-5 * max(1, abs(expected)), "\(family)")
      }
    }
  }

  /// The gradient vanishes at a stationary point: within the root of what a pass may still gain.
  @Test("of discrete latents it ends where the gradient by enumeration vanishes")
  func stationary() throws {
    for (model, family) in Self.models where discreteFamilies.contains(family) {
      let own = try model.settings(["family": family, "optimizer": "coordinate-ascent"])
      let probe = BoundProbe(own, draws: 1, for: .steps) { [$0.gradientEstimate].compactMap(\.self) }
      for seed in 0..<3 {
        let (_, points, result) = learn(own, seed: UInt64(seed))
        #expect(probe(at: result.parameters)[0].allSatisfy { abs($0) < 1e-5 }, "\(model.testDescription)")
        #expect(points.contains { $0.metric == "optimization_gap" && $0.value < 1e-9 })
      }
    }
  }

  @Test("what has no optimum in closed form is refused")
  func refused() throws {
    let fix =
      "use family: mean-field or block-diagonal with a Gaussian posterior (conjugate-normal, bayesian-linear-regression, "
      + "correlated-gaussian), family: conjugate with full conditionals in known families (conjugate-normal, beta-bernoulli, "
      + "gamma-poisson, normal-gamma, bayesian-linear-regression, bayesian-ridge), family: bernoulli or categorical with discrete latents, or another optimizer"
    for wrong in [
      WrongRun(
        ["model": "banana", "optimizer": "coordinate-ascent"],
        "'coordinate-ascent' knows no optimum of the factors of 'mean-field' with 'banana'; \(fix)"),
      WrongRun(
        ["model": conjugateNormal, "family": "full-rank", "optimizer": "coordinate-ascent"],
        "'coordinate-ascent' knows no optimum of the factors of 'full-rank' with 'conjugate-normal'; \(fix)"),
      WrongRun(
        [
          "model": conjugateNormal, "optimizer": "coordinate-ascent", "beta": 2, "objective": "iwae",
          "minibatch": 2,
          "estimator": "dreg", "precision": "float32",
        ],
        "the weights of 'iwae' are of all rows: the log of an average over minibatches is not the average of the logs; "
          + "remove minibatch, or use objective: elbo",
        "objective is iwae: 'coordinate-ascent' climbs the ELBO; remove objective",
        "minibatch is 2: 'coordinate-ascent' evaluates all rows; remove minibatch",
        "precision is float32: 'coordinate-ascent' computes in float64; remove precision",
        "estimator is dreg: 'coordinate-ascent' takes no gradients; remove estimator",
        "beta is 2: 'coordinate-ascent' knows the factors' optima of a Gaussian posterior at β = 1; remove beta, or use "
          + "another optimizer"),
    ] {
      #expect(try wrong.problems() == wrong.expected)
    }
  }
}
