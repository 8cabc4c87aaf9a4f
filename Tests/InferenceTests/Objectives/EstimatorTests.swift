import Foundation
import Inference
import NumericArrays
import Testing

/// Estimators of the gradient against its exact value, over the registry of objectives, their estimators and Gaussian families.
@Suite struct EstimatorTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var objective: ConfigValue
    var estimator: ConfigValue
    /// Terms of a step.
    var terms: Int
    /// What the objective is at q = N(mean, sd²), by quadrature.
    var exact: @Sendable (ConjugateWeights) -> Double
    var betas: [Double] = [1, 0.5]
    var testDescription: String { "\(objective.inlineText) by \(estimator.inlineText)" }
  }

  /// Two draws of each term, or 10,000 where the estimate is consistent rather than unbiased: its bias of some 1/10,000 of the
  /// gradient is then below a tenth of the standard error of 10⁶ draws.
  static let cases: [Case] = unbiased + consistent

  private static let unbiased: [Case] =
    ["reparameterization", "stl", "dreg", "score-function"]
    .flatMap(unbiased) + learnedControls.flatMap(unbiased)

  /// The score function with what is learned over the steps, which `BoundProbe` freezes.
  static let learnedControls: [ConfigValue] = ["running-mean", "regression"].map {
    ["score-function": ["control_variate": $0]]
  }

  private static func unbiased(_ estimator: ConfigValue) -> [Case] {
    if estimator == "stl" { return [Case(objective: "elbo", estimator: "stl", terms: 10_000, exact: elbo)] }
    var cases = [
      Case(objective: ["iwae": ["k": 2]], estimator: estimator, terms: 5000) { $0.pairedPowerMean(1) },
      Case(objective: ["renyi": ["alpha": 0.5, "k": 2]], estimator: estimator, terms: 5000) {
        $0.pairedPowerMean(0.5)
      },
      Case(objective: ["renyi": ["alpha": 1, "k": 2]], estimator: estimator, terms: 5000, exact: elbo),
    ]
    if estimator != "dreg" {
      cases.append(Case(objective: "elbo", estimator: estimator, terms: 10_000, exact: elbo))
    }
    if estimator == "reparameterization" {
      cases.append(
        Case(objective: ["cubo": ["order": 1.5, "k": 2]], estimator: estimator, terms: 5000) {
          -$0.pairedPowerMean(1.5)
        })
    }
    return cases
  }

  private static let consistent: [Case] = [
    Case(objective: thirds, estimator: "score-function", terms: 1) { $0.thermodynamic(3) },
    Case(objective: thirds, estimator: "reparameterization", terms: 1) { $0.thermodynamic(3) },
    Case(objective: chi, estimator: "score-function", terms: 1) { -$0.powerMean(1.5) },
    Case(objective: chi, estimator: "dreg", terms: 1) { -$0.powerMean(1.5) },
    Case(objective: forward, estimator: "score-function", terms: 1, exact: minusForward, betas: [1]),
    Case(objective: forward, estimator: "dreg", terms: 1, exact: minusForward, betas: [1]),
  ]

  private static let thirds: ConfigValue = ["tvo": ["partitions": 3, "k": 10_000]]
  private static let chi: ConfigValue = ["cubo": ["order": 1.5, "k": 10_000]]
  private static let forward: ConfigValue = ["forward-kl": ["k": 10_000]]

  private static let elbo: @Sendable (ConjugateWeights) -> Double = { $0.powerMean(0) }

  /// −KL[p(z given x) ‖ q] = log E_q[w] − E_p[log w].
  private static let minusForward: @Sendable (ConjugateWeights) -> Double = {
    $0.powerMean(1) - $0.expectedLogWeight(at: 1)
  }

  @Test(
    "every objective and estimator that fit each other are held against the exact gradient, or said why not")
  func coverage() throws {
    var fitting: Set<[String]> = []
    for objective in Catalog.components(of: .objective).map(\.name) {
      for estimator in Catalog.components(of: .estimator).map(\.name) {
        let run: ConfigMapping = [
          "model": conjugateNormal, "objective": .text(objective), "estimator": .text(estimator),
        ]
        if (try? settings(run)) != nil { fitting.insert([objective, estimator]) }
      }
    }
    let covered = Set(
      Self.cases.map { example in
        [example.objective, example.estimator].map { $0.asMapping?.keys.first ?? $0.inlineText }
      })
    // Of an f-divergence that adapts to the draws there is no exact value; `adaptive` holds its gradient against the formula.
    #expect(fitting.subtracting(covered) == [["tail-adaptive", "stl"]])
  }

  @Test("10⁶ draws average to the exact gradient within 6 standard errors", arguments: cases)
  func unbiased(_ example: Case) throws {
    for family: ConfigValue in ["mean-field", "full-rank", ["low-rank": ["rank": 1]]] {
      let settings = try settings([
        "model": conjugateNormal, "family": family, "objective": example.objective,
        "estimator": example.estimator, "samples": .integer(example.terms),
      ])
      let probe = BoundProbe(settings, draws: settings.drawsPerStep) {
        [$0.gradientEstimate].compactMap(\.self)
      }
      // φ: location, log scale and, of low rank, the factor.
      let point = Array([2, log(0.8), 0.6].prefix(settings.family.parameterCount(for: settings.model)))
      for beta in example.betas {
        let gradients = (0..<100).map { probe(at: point, beta: beta, step: $0)[0] }
        for (index, exact) in exactGradient(example, at: point, beta: beta).enumerated() {
          let estimate = Estimate(gradients.map { $0[index] })
          #expect(
            abs(estimate.mean - exact) < 6 * estimate.standardError,
            "\(family), β \(beta), element \(index): \(estimate.mean) ± \(estimate.standardError), exact \(exact)"
          )
          #expect(estimate.standardError < 0.1)
        }
      }
    }
  }

  /// Central differences of the quadrature in φ, good to 1e-8.
  private func exactGradient(_ example: Case, at point: [Double], beta: Double) -> [Double] {
    point.indices.map { index in
      let ends = [-1e-4, 1e-4].map { step in
        var moved = point
        moved[index] += step
        let factor = moved.count > 2 ? moved[2] : 0
        let sd = (exp(2 * moved[1]) + factor * factor).squareRoot()
        return example.exact(ConjugateWeights(mean: moved[0], sd: sd, beta: beta))
      }
      return (ends[1] - ends[0]) / 2e-4
    }
  }

  @Test("at the posterior, paths and shares have no variance, where the closed entropy leaves some")
  func landing() throws {
    let posterior = [75.0 / 26, 0.5 * log(5.0 / 13)]
    func largest(_ objective: ConfigValue, _ estimator: String) throws -> Double {
      let settings = try settings([
        "model": conjugateNormal, "objective": objective, "estimator": .text(estimator), "samples": 5,
      ])
      let probe = BoundProbe(settings, draws: settings.drawsPerStep) {
        [$0.gradientEstimate].compactMap(\.self)
      }
      return (0..<20).flatMap { probe(at: posterior, step: $0)[0] }.map { abs($0) }.max() ?? .nan
    }
    // Weights of 11 nats are constant to 1e-14, slopes of draws of up to 4 to as much.
    for (objective, estimator): (ConfigValue, String) in [
      ("elbo", "stl"), ("iwae", "dreg"), ("renyi", "dreg"), ("cubo", "dreg"), ("tail-adaptive", "stl"),
      ("elbo", "score-function"), ("forward-kl", "score-function"), ("forward-kl", "dreg"),
    ] { #expect(try largest(objective, estimator) < 1e-11, "\(objective) by \(estimator)") }
    for objective: ConfigValue in ["elbo", "iwae"] {
      #expect(try largest(objective, "reparameterization") > 1e-3)
    }
  }

  @Test("the tail-adaptive gradient is that of its weights held fixed, along the paths")
  func adaptive() throws {
    let settings = try settings([
      "model": conjugateNormal, "objective": ["tail-adaptive": ["k": 6]], "samples": 1,
    ])
    let probe = BoundProbe(settings, draws: 6) {
      [$0.gradientEstimate, $0.logWeight, $0.q.draw].compactMap(\.self)
    }
    let (gradient, weights, draws) = {
      let values = probe(at: [2, log(0.8)])
      return (values[0], values[1], values[2])
    }()
    let powers = weights.map { weight in 6 / Double(weights.count { $0 >= weight }) }
    let total = powers.reduce(0, +)
    var expected = [0.0, 0]
    for (power, z) in zip(powers, draws) {
      // d log w / dz of Σ (x − z)/2 − z/10 + (z − m)/s²; dz/dm = 1 and dz/d log s = z − m.
      let slope = (15 - 5 * z) / 2 - z / 10 + (z - 2) / 0.64
      expected[0] += power / total * slope
      expected[1] += power / total * slope * (z - 2)
    }
    for (found, expected) in zip(gradient, expected) { #expect(abs(found - expected) < 1e-10) }
  }

  @Test(
    "the derivative of every objective agrees with central differences, over models and families",
    arguments: ModelCase.all)
  func derivative(_ model: ModelCase) throws {
    for family in gaussianFamilies {
      for objective: ConfigValue in [
        ["iwae": ["k": 3]], ["renyi": ["alpha": 0.5, "k": 3]], ["renyi": ["alpha": 2, "k": 3]],
        ["cubo": ["k": 3]], ["tvo": ["k": 3]],
      ] {
        let run: ConfigMapping = [
          "family": family, "objective": objective, "estimator": "reparameterization", "samples": 2,
        ]
        guard let settings = model.accepted(run) else { continue }
        let probe = BoundProbe(settings, draws: 6) { bound in
          [bound.objective] + [bound.gradientEstimate].compactMap(\.self)
        }
        for beta in [0.5, 4] {
          // The shares of the weights are as steep as exp(log w): their third derivatives are some 10 times those of log w.
          expectSlopes(
            probe, at: probe.randomParameters(1, scale: 0.1), beta: beta,
            "\(model.testDescription), \(family), \(objective.inlineText), β \(beta)", tolerance: 1e-7)
        }
      }
    }
  }

  @Test("alone or in company, every objective and estimator has the same bits")
  func company() throws {
    for example in Self.cases {
      var objective = example.objective
      if case .mapping(let mapping) = objective, let name = mapping.keys.first {
        objective = .mapping([name: ["k": 4]])
      }
      for family: ConfigValue in ["mean-field", "full-rank"] {
        let settings = try settings([
          "model": "eight-schools", "family": family, "objective": objective,
          "estimator": example.estimator, "steps": 20, "samples": 2,
        ])
        let together = RunsTogether((0..<5).map { (settings, UInt64($0)) })
        FitPlan(settings, runs: 5).run(together)
        for seed in 0..<5 {
          let alone = fit(settings, seed: UInt64(seed))
          #expect(alone.result.ending == .finished, "\(example.testDescription), \(family)")
          #expect(together.steps[seed].map(\.bits) == alone.steps.map(\.bits), "\(example.testDescription)")
        }
      }
    }
  }
}
