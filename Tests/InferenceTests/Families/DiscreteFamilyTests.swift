import FileFormats
import Foundation
import Inference
import NumericArrays
import Testing

/// Families over discrete latents and their estimators, over the registry's discrete models.
@Suite struct DiscreteFamilyTests {
  /// Each model with the family of its latents.
  static let cases: [(model: ModelCase, family: ConfigValue)] = ModelCase.discrete.flatMap { model in
    discreteFamilies.filter { model.accepted(["family": $0]) != nil }.map { (model, $0) }
  }

  /// φ away from any symmetry.
  static func point(_ settings: RunSettings, _ trial: UInt64 = 0) -> [Double] {
    let count = settings.family.parameterCount(for: settings.model)
    return NoiseStream(seed: 100 + trial, purpose: .data).normals(dimension: count, draws: 1, step: 0)
  }

  @Test("every discrete model has one family of its own, and every discrete family a model")
  func fitting() {
    #expect(Self.cases.count == ModelCase.discrete.count && ModelCase.discrete.count >= 3)
    #expect(Set(Self.cases.map(\.family)) == Set(discreteFamilies))
  }

  /// Sums of as many terms as there are states, at most 512, each rounded to 1e-16 of some 20 nats.
  @Test("at every β > 0 the three writings of the bound are one number, to rounding")
  func writings() throws {
    for (model, family) in Self.cases {
      for beta in [0.5, 1, 4] {
        var values: [Double] = []
        for form in Form.allCases {
          let own = try model.settings(["family": family, "form": .text(form.rawValue)])
          let probe = BoundProbe(own, draws: 1, for: .steps) { [$0.objective] }
          values.append(probe(at: Self.point(own), beta: beta)[0][0])
        }
        #expect(abs(values[0] - values[1]) < 1e-12 * max(1, abs(values[0])), "\(model.testDescription)")
        #expect(abs(values[0] - values[2]) < 1e-12 * max(1, abs(values[0])), "\(model.testDescription)")
      }
    }
  }

  @Test("every term is exact and non-negative where it has to be, and no identity fails")
  func terms() throws {
    for (model, family) in Self.cases {
      let (steps, result) = fit(try model.settings(["family": family, "steps": 30]))
      #expect(result.ending == .finished && result.suspect == nil && result.identitiesChecked > 0)
      #expect(Set(result.exactTerms) == Set(Term.allCases), "\(model.testDescription)")
      let evidence = try #require(try model.settings(["family": family]).model.evidence).logValue
      for step in steps {
        #expect(try #require(step.terms.klPosterior) >= -1e-12)
        #expect(try #require(step.terms.klPrior) >= -1e-12)
        #expect(step.elbo <= evidence + 1e-12 && step.terms.logEvidence == evidence)
      }
      let yardstick = try #require(result.yardstick)
      #expect(yardstick.elboStandardError == nil && yardstick.elbo >= steps[0].elbo)
    }
  }

  @Test("the gradient by enumeration is that of the bound, by central differences")
  func enumeration() throws {
    for (model, family) in Self.cases {
      for form in Form.allCases {
        let own = try model.settings([
          "family": family, "form": .text(form.rawValue), "estimator": "enumeration",
        ])
        let probe = BoundProbe(own, draws: 1, for: .steps) {
          [$0.objective] + [$0.gradientEstimate].compactMap(\.self)
        }
        for beta in [0.5, 2] {
          expectSlopes(probe, at: Self.point(own), beta: beta, "\(model.testDescription), \(form), β \(beta)")
        }
      }
    }
  }

  /// 100 estimates of 10,000 draws each.
  @Test("10⁶ draws of the score function average to the gradient by enumeration within 6 standard errors")
  func unbiased() throws {
    for (model, family) in Self.cases {
      let exact = try model.settings(["family": family, "estimator": "enumeration"])
      let truth = BoundProbe(exact, draws: 1, for: .steps) { [$0.gradientEstimate].compactMap(\.self) }
      for estimator in ["score-function"] + EstimatorTests.learnedControls {
        let own = try model.settings(["family": family, "estimator": estimator, "samples": 10_000])
        let probe = BoundProbe(own, draws: 10_000, for: .steps) { [$0.gradientEstimate].compactMap(\.self) }
        let point = Self.point(own)
        for beta in [1, 0.5] {
          let gradients = (0..<100).map { probe(at: point, beta: beta, step: $0)[0] }
          for (index, exact) in truth(at: point, beta: beta)[0].enumerated() {
            let estimate = Estimate(gradients.map { $0[index] })
            let place = "\(model.testDescription), \(estimator.inlineText), β \(beta), element \(index)"
            #expect(
              abs(estimate.mean - exact) < 6 * estimate.standardError + 1e-12,
              "\(place): \(estimate.mean) ± \(estimate.standardError), exact \(exact)")
            #expect(estimate.standardError < 0.01)
          }
        }
      }
    }
  }

  /// Richter et al. (2020), equation 10: ½ of the sample variance of log q − log p over draws that are held has minus the gradient of the
  /// score function with leave-one-out control variates. Draws are held where no difference of φ makes one jump.
  @Test("the score function with leave-one-out control variates is VarGrad")
  func varGrad() throws {
    for (model, family) in Self.cases {
      let own = try model.settings(["family": family, "estimator": "score-function", "samples": 50])
      let probe = BoundProbe(own, draws: 50, for: .steps) {
        [$0.logWeight, $0.gradientEstimate, $0.q.draw].compactMap(\.self)
      }
      let point = Self.point(own)
      func halfVariance(_ weights: [Double]) -> Double {
        let mean = weights.reduce(0, +) / Double(weights.count)
        return 0.5 * weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(weights.count - 1)
      }
      let here = probe(at: point)
      for index in point.indices {
        let ends = [-1e-5, 1e-5].map { step in
          var moved = point
          moved[index] += step
          let there = probe(at: moved)
          #expect(there[2] == here[2], "a draw has jumped")
          return halfVariance(there[0])
        }
        #expect(
          abs(-(ends[1] - ends[0]) / 2e-5 - here[1][index]) < 1e-7, "\(model.testDescription), \(index)")
      }
    }
  }

  /// q's probabilities by 10⁵ draws: 6 standard errors of at most ½/√10⁵.
  @Test("draws have the probabilities of q, and its log density at each")
  func draws() throws {
    for (model, family) in Self.cases {
      let own = try model.settings(["family": family])
      let count = 100_000
      let probe = BoundProbe(own, draws: count, for: .draws) {
        [$0.q.draw, $0.q.logDensity, $0.q.discrete?.means, $0.q.discrete?.states].compactMap(\.self)
      }
      let values = probe(at: Self.point(own))
      let (draw, logDensity, means, states) = (values[0], values[1], values[2], values[3])
      #expect(draw.allSatisfy { $0 == 0 || $0 == 1 })
      for (place, mean) in means.enumerated() {
        let own = draw[place * count..<(place + 1) * count]
        #expect(abs(own.reduce(0, +) / Double(count) - mean) < 6 * 0.5 / Double(count).squareRoot())
      }
      #expect(abs(states.reduce(0, +) - 1) < 1e-12)
      // The log density of a draw is that of its state, so that all that were drawn are known.
      #expect(
        Set(logDensity.map { ($0 * 1e9).rounded() }).isSubset(
          of: Set(states.map { (log($0) * 1e9).rounded() })))
    }
  }

  // MARK: Relaxed draws

  /// One cause of two findings: what a relaxed draw does is an integral over one logistic variate.
  private static let one: ConfigValue = [
    "noisy-or": ["prior": [0.3], "links": [0.9, 0.4], "leak": 0.1, "findings": [1, 0]]
  ]

  /// The derivative of log p(x, z) at z of `one`, written out.
  private static func slope(_ z: Double) -> Double {
    let (first, second) = (-log(0.1), -log(0.6))
    let rate = -log(0.9) + first * z
    return first * exp(-rate) / (1 - exp(-rate)) - second + log(0.3 / 0.7)
  }

  /// ∫ f(ℓ) dF(ℓ) of the logistic distribution by the midpoint rule in u = F(ℓ), at ℓ = −log(1/u − 1).
  private static func expectation(_ f: (Double) -> Double) -> Double {
    let count = 1_000_000
    return (0..<count).reduce(0) { sum, index in
      let u = (Double(index) + 0.5) / Double(count)
      return sum + f(log(u) - log(1 - u))
    } / Double(count)
  }

  /// The gradients that the two relaxations have in expectation, at logit φ: relaxed draws σ((φ + ℓ)/τ).
  private static func relaxed(_ logit: Double, _ temperature: Double, isStraight: Bool) -> Double {
    let p = 1 / (1 + exp(-logit))
    let entropySlope = -logit * p * (1 - p)
    return entropySlope
      + expectation { l in
        let s = 1 / (1 + exp(-(logit + l) / temperature))
        return slope(isStraight ? (logit + l > 0 ? 1 : 0) : s) * s * (1 - s) / temperature
      }
  }

  @Test(
    "relaxed draws have the expected gradient of their temperature",
    arguments: ["gumbel-softmax", "straight-through"])
  func relaxation(_ name: String) throws {
    for temperature in [1, 0.3] {
      let own = try settings([
        "model": Self.one, "family": "bernoulli", "samples": 10_000,
        "estimator": .mapping([name: ["temperature": .number(temperature)]]),
      ])
      let probe = BoundProbe(own, draws: 10_000, for: .steps) { [$0.gradientEstimate].compactMap(\.self) }
      for logit in [-0.7, 0.4] {
        let estimate = Estimate((0..<100).map { probe(at: [logit], step: $0)[0][0] })
        let expected = Self.relaxed(logit, temperature, isStraight: name == "straight-through")
        #expect(
          abs(estimate.mean - expected) < 6 * estimate.standardError, "τ \(temperature), logit \(logit)")
      }
    }
  }

  /// With s = σ((φ + ℓ)/τ) for the variable and f for the logistic density, relaxed draws have ∫ g(s) f(τ logit s − φ) ds, g being the slope:
  /// at τ = 0 that is f(φ) (log p(x, 1) − log p(x, 0)), the exact one, and the bias falls as τ. Straight ones have ½ (g(0) + g(1)) there.
  @Test("the bias of relaxed draws goes with the temperature, that of straight ones stays")
  func bias() throws {
    let own = try settings(["model": Self.one, "family": "bernoulli", "estimator": "enumeration"])
    let probe = BoundProbe(own, draws: 1, for: .steps) { [$0.gradientEstimate].compactMap(\.self) }
    let logit = 0.4
    let exact = probe(at: [logit])[0][0]
    func bias(_ temperature: Double, isStraight: Bool) -> Double {
      abs(Self.relaxed(logit, temperature, isStraight: isStraight) - exact)
    }
    #expect(bias(0.5, isStraight: false) > 0.01)
    #expect(bias(0.1, isStraight: false) < 0.4 * bias(0.5, isStraight: false))
    #expect(bias(0.02, isStraight: false) < 0.1 * bias(0.5, isStraight: false))
    let p = 1 / (1 + exp(-logit))
    let limit = abs(0.5 * (Self.slope(0) + Self.slope(1)) * p * (1 - p) - logit * p * (1 - p) - exact)
    #expect(limit > 0.01 && abs(bias(0.01, isStraight: true) - limit) < 0.1 * limit)
  }

  /// A categorical latent with two values is a Bernoulli one; the sums of its relaxed numbers are 1.
  @Test("relaxed categories are shares, and go to the draw as the temperature goes to 0")
  func shares() throws {
    for (model, family) in Self.cases {
      let own = try model.settings(["family": family])
      let probe = BoundProbe(own, draws: 20, for: .draws) {
        [$0.q.draw, $0.q.discrete?.relaxed(0.5), $0.q.discrete?.relaxed(1e-9)].compactMap(\.self)
      }
      let values = probe(at: Self.point(own))
      #expect(values[1].allSatisfy { $0 > 0 && $0 < 1 })
      #expect(values[2] == values[0])
      let sums = values[1].reduce(0, +)
      if family == "categorical" { #expect(abs(sums - values[0].reduce(0, +)) < 1e-9) }
    }
  }

  // MARK: Fits

  @Test("each estimator climbs, and the exact one to the optimum of coordinate ascent from there")
  func climbing() throws {
    for (model, family) in Self.cases {
      for estimator: ConfigValue in ["enumeration", "score-function", "gumbel-softmax", "straight-through"] {
        let own = try model.settings([
          "family": family, "estimator": estimator, "optimizer": ["adam": ["learning_rate": 0.05]],
          "record": ["gradient_noise": 1000, "every": 1000],
        ])
        let (steps, points, result) = learn(own)
        let values = Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }
        #expect(result.ending == .finished && result.suspect == nil)
        #expect(try #require(result.yardstick).elbo > steps[0].elbo, "\(model.testDescription), \(estimator)")
        #expect(values["gradient_variance[score-function]"] != nil)
        #expect(values["gradient_variance[reparameterization]"] == nil)
        guard estimator == "enumeration" else { continue }
        #expect(abs(try #require(values["optimization_gap"])) < 1e-6 && values["converged"] == 1)
        #expect(values["gradient_variance[enumeration]"] == nil)
      }
    }
  }

  @Test("other objectives take the score function of discrete draws")
  func objectives() throws {
    for objective: ConfigValue in [["iwae": ["k": 5]], ["renyi": ["k": 5]], ["forward-kl": ["k": 50]]] {
      let own = try settings([
        "model": "noisy-or", "family": "bernoulli", "objective": objective, "steps": 50,
      ])
      #expect(own.estimatorName == "score-function" && fit(own).result.ending == .finished)
    }
  }

  @Test("alone or in company, a seed has its bits")
  func company() throws {
    for (model, family) in Self.cases {
      for estimator in ["enumeration", "score-function", "gumbel-softmax"] + EstimatorTests.learnedControls {
        let own = try model.settings(["family": family, "estimator": estimator, "steps": 20])
        let together = RunsTogether((0..<5).map { (own, UInt64($0)) })
        FitPlan(own, runs: 5).run(together)
        for seed in 0..<5 {
          #expect(together.steps[seed].map(\.bits) == fit(own, seed: UInt64(seed)).steps.map(\.bits))
        }
      }
    }
  }

  @Test("draws of a fitted q are states, with its probabilities for means")
  func fitted() throws {
    let own = try settings(["model": "noisy-or", "family": "bernoulli"])
    let (_, points, result) = learn(own)
    let posterior = try #require(try FittedPosterior(own, parameters: result.parameters))
    let table = try posterior.draws(4000, seed: 1)
    #expect(posterior.columnCount == 5 && table.csv(comments: []).hasPrefix("lp__"))
    let values = Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }
    let mean = try #require(values["posterior_mean[cause.1]"])
    // Four standard errors of 4000 draws.
    let drawn = table.columns[2].values.reduce(0, +) / 4000
    #expect(abs(drawn - mean) < 4 * (0.25 / 4000).squareRoot())
    #expect(values["posterior_mean_error[cause.1]"] != nil)
  }
}
