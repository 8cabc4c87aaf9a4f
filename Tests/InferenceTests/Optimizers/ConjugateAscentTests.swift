import Foundation
import Inference
import NumericArrays
import ReverseTape
import Testing

/// Coordinate ascent on factors in the families of full conditionals, against closed forms, textbook updates and gradients.
@Suite struct ConjugateAscentTests {
  static let models = ModelCase.all.filter { $0.accepted(["family": "conjugate"]) != nil }

  /// Runs that end where a pass gains nothing at all.
  private static let toTheEnd: ConfigMapping = [
    "family": "conjugate", "optimizer": ["coordinate-ascent": ["tolerance": 0]],
    "initial": ["location": 0.7, "scale": 0.5],
  ]

  private static func model(_ name: String) throws -> ModelCase {
    try #require(models.first { $0.testDescription == name })
  }

  /// The shape and rate of a gamma factor at φ.
  private static func gamma(_ parameters: [Double], at place: Int) -> (shape: Double, rate: Double) {
    (exp(parameters[place]), exp(parameters[place + 1]))
  }

  @Test("the models with full conditionals in known families have it")
  func accepted() {
    #expect(
      Set(Self.models.map(\.testDescription)) == [
        "conjugate-normal", "beta-bernoulli", "gamma-poisson", "normal-gamma", "bayesian-linear-regression",
        "bayesian-ridge",
      ])
  }

  /// 1e-12 of the bound is what sums of some hundred terms lose.
  @Test(
    "the bound is exact at every step, never falls and stays below the evidence, whatever β",
    arguments: models)
  func monotone(_ model: ModelCase) throws {
    for beta in [0.5, 1, 3] {
      let own = try model.settings(Self.toTheEnd.with(["beta": .number(beta)]))
      let (steps, result) = fit(own)
      #expect(result.ending == .finished && result.suspect == nil, "\(result)")
      #expect(result.exactTerms.count == Term.allCases.count)
      #expect(steps.count > 2 && steps.count < 1000)
      let evidence = try #require(own.model.evidence).logValue
      for (before, after) in zip(steps, steps.dropFirst()) {
        let slack = 1e-12 * max(1, abs(before.objective))
        #expect(after.objective >= before.objective - slack, "β \(beta), step \(after.step)")
      }
      for step in steps { #expect(step.elbo <= evidence + 1e-12 * max(1, abs(evidence))) }
    }
  }

  /// Terms of some ten nats cancel: 1e-13 of each.
  @Test("a single factor is the posterior after one step, and β's tempered one", arguments: models)
  func single(_ model: ModelCase) throws {
    let own = try model.settings(Self.toTheEnd)
    guard own.model.latents.count == 1 else { return }
    let (steps, result) = fit(own)
    #expect(try #require(steps[0].terms.klPosterior) > 0.01)
    #expect(abs(try #require(steps[1].terms.klPosterior)) < 1e-11)
    #expect(abs(try #require(result.yardstick?.terms.klPosterior)) < 1e-11)
    // The objective β (log Z_β − KL[q ‖ p_β]) has no KL left, in the writing that has log Z_β in it.
    for beta in [0.5, 3] {
      let gap = try model.settings(Self.toTheEnd.with(["beta": .number(beta), "form": "evidence-gap"]))
      let probe = BoundProbe(gap, draws: 1, for: .steps) { bound in
        guard let posterior = gap.model.posterior else { return [] }
        return [bound.objective - bound.beta * posterior.logNormalizer(beta: bound.beta)]
      }
      let found = fit(gap).result.parameters
      #expect(abs(probe(at: found, beta: beta)[0][0]) < 1e-10, "β \(beta)")
    }
  }

  /// A pass gains nothing within rounding of a bound of some ten nats: φ is within the root of that, some 1e-7, of the optimum.
  @Test("it ends where the gradient of the closed bound in φ vanishes", arguments: models)
  func stationary(_ model: ModelCase) throws {
    for beta in [0.5, 1, 3] {
      let own = try model.settings(Self.toTheEnd.with(["beta": .number(beta)]))
      let end = fit(own).result.parameters
      let climbed = try model.settings(
        Self.toTheEnd.with(["optimizer": "adam", "expectations": "exact", "beta": .number(beta)]))
      let probe = BoundProbe(climbed, draws: 1, for: .steps) { [$0.gradientEstimate].compactMap(\.self) }
      #expect(probe(at: end, beta: beta)[0].allSatisfy { abs($0) < 1e-5 }, "β \(beta)")
    }
  }

  /// With λ_N = (λ_0 + N) E[τ], E[(μ − μ_N)²] = 1/λ_N and a_N = a_0 + (N + 1)/2, the updates (Bishop 2006, eqs. 10.26 to 10.30, 10.29 as in
  /// its errata) have one fixed point: b_N = b + b_N / (2 a_N), b being the rate of the posterior's marginal. So E[τ] = a_N / b_N is a / b, the
  /// posterior's own mean, a being its shape a_N − ½. KL[q ‖ p] is then ½ log a_N + a log(a_N / a) − ½ − log Γ(a_N) + log Γ(a).
  @Test("of normal observations it ends at the fixed point in closed form")
  func normal() throws {
    let x = [1.3, 0.4, 2.1, 1.7, -0.2, 1.1]
    let count = Double(x.count)
    let mean = x.reduce(0, +) / count
    let squares = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    for (priorMean, priorCount, priorShape, priorRate) in [
      (0.5, 0.5, 2, 1.5), (-3, 2, 0.7, 4), (0, 1e-9, 1e-9, 1e-9),
    ] {
      let own = try settings(
        Self.toTheEnd.with([
          "model": [
            "normal-gamma": [
              "observations": .list(x.map(ConfigValue.number)), "prior_mean": .number(priorMean),
              "prior_count": .number(priorCount), "shape": .number(priorShape), "rate": .number(priorRate),
            ]
          ]
        ]))
      let (steps, result) = fit(own)
      let shape = priorShape + count / 2
      let rate =
        priorRate + 0.5 * squares + 0.5 * priorCount * count / (priorCount + count) * pow(mean - priorMean, 2)
      let (foundShape, foundRate) = Self.gamma(result.parameters, at: 2)
      #expect(abs(foundShape - (shape + 0.5)) < 1e-12 * shape)
      #expect(abs(foundShape / foundRate * rate / shape - 1) < 1e-6)
      let center = (priorCount * priorMean + count * mean) / (priorCount + count)
      #expect(abs(result.parameters[0] - center) < 1e-12)
      let variance = rate / (shape * (priorCount + count))
      #expect(abs(exp(2 * result.parameters[1]) / variance - 1) < 1e-6)
      if priorCount == 1e-9 {
        // The prior weighs some 1e-9: E[1/τ]'s counterpart is the mean square (Bishop 2006, eq. 10.33, as in its errata).
        #expect(abs(foundRate / foundShape / (squares / count) - 1) < 1e-6)
      }
      let whole = shape + 0.5
      let gap =
        0.5 * log(whole) + shape * log(whole / shape) - 0.5 - SpecialFunctions.logGamma(whole)
        + SpecialFunctions.logGamma(shape)
      #expect(abs(try #require(steps.last?.terms.klPosterior) - gap) < 1e-10)
    }
  }

  /// q(w) = N(m, S) with S = (E[α] I + E[τ] XᵀX)⁻¹ and m = E[τ] S Xᵀy, q(α) of shape a_0 + K/2 and rate b_0 + ½ E|w|² (Bishop 2006, eqs. 10.93
  /// to 10.101), and by the same argument q(τ) of shape c_0 + N/2 and rate d_0 + ½ E|y − X w|².
  @Test("of a regression it ends where the textbook's updates change nothing")
  func regression() throws {
    let own = try Self.model("bayesian-ridge").settings(Self.toTheEnd)
    let end = fit(own).result.parameters
    let rows = try #require(own.model.rows)
    let (x, y) = (rows.columns[0].values, rows.columns[1].values)
    // φ is the two weights' location, log scale and triangle, and then shape and rate of either precision.
    let (a, b) = Self.gamma(end, at: 5)
    let (c, d) = Self.gamma(end, at: 7)
    let (first, second) = (exp(end[2]), exp(end[3]))
    let covariance = [
      first * first, first * second * end[4], second * second * (1 + end[4] * end[4]),
    ]
    func sum(_ value: (_ x1: Double, _ x2: Double, _ y: Double) -> Double) -> Double {
      y.indices.reduce(0) { $0 + value(x[2 * $1], x[2 * $1 + 1], y[$1]) }
    }
    let precision = [
      a / b + c / d * sum { x1, _, _ in x1 * x1 }, c / d * sum { x1, x2, _ in x1 * x2 },
      a / b + c / d * sum { _, x2, _ in x2 * x2 },
    ]
    let determinant = precision[0] * precision[2] - precision[1] * precision[1]
    let inverse = [precision[2] / determinant, -precision[1] / determinant, precision[0] / determinant]
    let pull = [c / d * sum { x1, _, y in x1 * y }, c / d * sum { _, x2, y in x2 * y }]
    for (found, expected) in zip(covariance, inverse) { #expect(abs(found - expected) < 1e-6) }
    #expect(abs(end[0] - (inverse[0] * pull[0] + inverse[1] * pull[1])) < 1e-6)
    #expect(abs(end[1] - (inverse[1] * pull[0] + inverse[2] * pull[1])) < 1e-6)
    let length = end[0] * end[0] + end[1] * end[1] + covariance[0] + covariance[2]
    #expect(abs(a - (2 + 1)) < 1e-12 && abs(b - (1 + 0.5 * length)) < 1e-6)
    let distance = sum { x1, x2, y in
      pow(y - x1 * end[0] - x2 * end[1], 2) + x1 * x1 * covariance[0] + 2 * x1 * x2 * covariance[1]
        + x2 * x2 * covariance[2]
    }
    #expect(abs(c - (1 + 4)) < 1e-12 && abs(d - (0.5 + 0.5 * distance)) < 1e-6)
  }

  /// Of all products of a density of the mean and one of the precision the optimum is a Gaussian times a gamma: no Gaussian on the log scale
  /// is above it. With a shape of 5 the best log-normal loses a few hundredths of a nat.
  @Test("the best Gaussian of the mean and the log precision is below it, and near")
  func gaussians() throws {
    let model = try Self.model("normal-gamma")
    let own = try #require(fit(try model.settings(Self.toTheEnd)).result.yardstick).elbo
    let gaussian = try model.settings([
      "family": "mean-field", "expectations": "exact", "steps": 4000,
      "optimizer": ["adam": ["learning_rate": 0.02, "schedule": "cosine"]],
    ])
    let other = try #require(fit(gaussian).result.yardstick).elbo
    #expect(other < own && other > own - 0.1)
  }

  /// Data and prior moved by 1e6: differences of such numbers are exact, and the mean's rounding is 1e-10.
  @Test("it does not lose data far from zero")
  func far() throws {
    func terms(_ origin: Double) throws -> TermValues {
      let own = try settings(
        Self.toTheEnd.with([
          "model": [
            "normal-gamma": [
              "observations": .list((1...5).map { .number(origin + Double($0)) }),
              "prior_mean": .number(origin + 2),
            ]
          ], "initial": ["location": [.number(origin + 1), 0], "scale": 0.5],
        ]))
      let (steps, result) = fit(own)
      #expect(result.suspect == nil)
      return try #require(steps.last).terms
    }
    let (near, far) = (try terms(0), try terms(1e6))
    for term in Term.allCases {
      #expect(abs(try #require(near[term]) - (try #require(far[term]))) < 1e-7, "\(term)")
    }
  }

  /// Shape over rate, with the root of the shape over the rate: a thousand draws or more are within 5 standard errors.
  @Test("its draws have the moments of the factors in the model's own units")
  func moments() throws {
    let own = try Self.model("normal-gamma").settings(Self.toTheEnd)
    let (_, points, result) = learn(own)
    let (shape, rate) = Self.gamma(result.parameters, at: 2)
    let found = Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }
    let (mean, sd) = (shape / rate, shape.squareRoot() / rate)
    let error = 5 * sd / 1000.0.squareRoot()
    #expect(abs(try #require(found["posterior_mean[precision]"]) - mean) < error)
    // The variance of an sd is at most (κ − 1)/4n of its square, κ = 3 + 6/shape being the kurtosis.
    #expect(abs(try #require(found["posterior_sd[precision]"]) - sd) < error)
    #expect(abs(try #require(found["posterior_mean[mean]"]) - result.parameters[0]) < 1e-9)
  }

  @Test("it is what climbs, unless something is asked for that it does not do")
  func defaults() throws {
    func optimizer(_ more: ConfigMapping) throws -> any Optimizer {
      try Self.model("normal-gamma").settings((["family": "conjugate"] as ConfigMapping).with(more)).optimizer
    }
    #expect(try optimizer([:]) is CoordinateAscent)
    #expect(try optimizer(["beta": 4, "form": "evidence-gap"]) is CoordinateAscent)
    for more: ConfigMapping in [
      ["minibatch": 2], ["objective": "iwae"], ["estimator": "stl"], ["precision": "float32"],
      ["beta": ["linear": [:]]], ["optimizer": "adam"],
    ] {
      #expect(try optimizer(more) is any GradientOptimizer, "\(more)")
    }
  }

  @Test("other models are refused, and so are other families with these models")
  func refused() throws {
    let names =
      "conjugate-normal, beta-bernoulli, gamma-poisson, normal-gamma, bayesian-linear-regression, bayesian-ridge"
    for wrong in [
      WrongRun(
        ["model": "banana", "family": "conjugate"],
        "'conjugate' is of the families of full conditionals, which 'banana' does not have; use another family, or one of "
          + names),
      WrongRun(
        ["model": "ising", "family": "conjugate"],
        "'conjugate' is of continuous latents, and those of 'ising' are discrete; use family: bernoulli"),
      WrongRun(
        ["model": ["normal-gamma": ["observations": [1, 2]]], "optimizer": "coordinate-ascent"],
        "'coordinate-ascent' knows no optimum of the factors of 'mean-field' with 'normal-gamma'; use family: mean-field or "
          + "block-diagonal with a Gaussian posterior (conjugate-normal, bayesian-linear-regression, correlated-gaussian), "
          + "family: conjugate with full conditionals in known families (\(names)), family: bernoulli or categorical with "
          + "discrete latents, or another optimizer"),
      WrongRun(
        [
          "model": ["normal-gamma": ["observations": [1, 2]]], "family": "conjugate",
          "optimizer": "natural-gradient",
        ],
        "'natural-gradient' knows the Fisher information of a Gaussian by its mean and factor, and not that of 'conjugate'; "
          + "use family: mean-field or full-rank, or another optimizer"),
    ] {
      #expect(try wrong.problems() == wrong.expected)
    }
  }
}
