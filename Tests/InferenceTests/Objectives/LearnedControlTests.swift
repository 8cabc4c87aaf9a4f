import Foundation
import Inference
import NumericArrays
import Testing

/// Control variates of the score function that are learned over the steps; `EstimatorTests` and `DiscreteFamilyTests` hold their gradients
/// against the exact ones, `GoingOnTests` go on with them.
@Suite struct LearnedControlTests {
  /// At q = N(2.9, 1.5²) for good: a rate next to nothing.
  private static func run(_ control: ConfigValue, _ changes: ConfigMapping = [:]) -> ConfigMapping {
    let run: ConfigMapping = [
      "model": conjugateNormal, "family": "mean-field", "initial": ["location": 2.9, "scale": 1.5],
      "optimizer": ["sgd": ["learning_rate": 1e-12]], "samples": 1, "steps": 6400,
      "record": ["every": 1000],
      "estimator": ["score-function": ["control_variate": control, "decay": 0.999]],
    ]
    return run.with(changes)
  }

  private static let weights = ConjugateWeights(mean: 2.9, sd: 1.5)

  /// E[f(ε)] of a standard normal.
  private static func expectation(_ f: (Double) -> Double) -> Double {
    zip(ConjugateWeights.nodes, ConjugateWeights.shares).reduce(0) { $0 + $1.1 * f($1.0) }
  }

  /// ∇ log q at a fixed draw: ε / sd of the location, ε² − 1 of log sd.
  private static let scores: [@Sendable (Double) -> Double] = [{ $0 / 1.5 }, { $0 * $0 - 1 }]

  private func state(_ control: ConfigValue, at step: Int = 6400) throws -> [String: [Double]] {
    let settings = try settings(Self.run(control))
    let keeper = StateKeeper(settings, at: step)
    FitPlan(settings).run(keeper)
    return try #require(keeper.state).numbers
  }

  /// A mean with weights γ^age has the variance of 1999 independent steps: (1 − γ)/(1 + γ) of one's.
  @Test("the running mean converges to the mean of the learning signal")
  func mean() throws {
    let state = try state("running-mean")
    let (signals, steps) = (
      try #require(state[LearnedControl.signalsSlot]), try #require(state[LearnedControl.stepsSlot])
    )
    let exact = Self.weights.powerMean(0)
    let variance = Self.weights.expectation { ($0 - exact) * ($0 - exact) }
    #expect(abs(signals[0] / steps[0] - exact) < 6 * (variance / 1999).squareRoot())
    // Of 6400 steps, in Double.
    #expect(abs(steps[0] - (1 - pow(0.999, 6400)) / 0.001) < 1e-9)
    #expect(state[LearnedControl.productsSlot] == nil)
  }

  /// The coefficient is of what the running mean leaves: their sum is Cov[f h, h]/Var[h]. That is a ratio of sums whose error is the mean of
  /// h² (f − a*) over E[h²], and the running means in it are each within a few of their own standard errors.
  @Test("the coefficient of every parameter converges to Cov[f h, h]/Var[h]")
  func coefficients() throws {
    let state = try state("regression")
    func numbers(_ slot: String) throws -> [Double] { try #require(state[slot]) }
    let mean = try numbers(LearnedControl.signalsSlot)[0] / numbers(LearnedControl.stepsSlot)[0]
    let (products, squares) = (
      try numbers(LearnedControl.productsSlot), try numbers(LearnedControl.squaresSlot)
    )
    #expect(products.count == 2 && squares.count == 2)
    let center = Self.weights.powerMean(0)
    let meanError = (Self.weights.expectation { ($0 - center) * ($0 - center) } / 1999).squareRoot()
    for (index, score) in Self.scores.enumerated() {
      let square = Self.expectation { pow(score($0), 2) }
      let optimum = Self.expectation { pow(score($0), 2) * Self.weights.logWeight($0) } / square
      let spread = Self.expectation { pow(pow(score($0), 2) * (Self.weights.logWeight($0) - optimum), 2) }
      let error = (spread / 1999).squareRoot() / square
      let found = mean + products[index] / squares[index]
      #expect(
        abs(found - optimum) < 6 * (error + 2 * meanError), "\(index): \(found), not \(optimum) ± \(error)")
      // Else the coefficient would have nothing to add.
      #expect(abs(optimum - center) > 6 * (error + 2 * meanError))
    }
  }

  /// Variances by 10⁴ steps have relative standard errors of some 3 %.
  @Test("what is learned takes variance away, the coefficients of parameters more than the mean alone")
  func variance() throws {
    func variances(_ control: ConfigValue, _ carried: [String: Double]) throws -> [Double] {
      let probe = BoundProbe(try settings(Self.run(control)), draws: 1) {
        [$0.gradientEstimate].compactMap(\.self)
      }
      let gradients = (0..<10_000).map { probe(at: [2.9, log(1.5)], carried: carried, step: $0)[0] }
      return [0, 1].map { index in pow(Statistics.standardError(gradients.map { $0[index] }), 2) * 10_000 }
    }
    func carried(_ control: ConfigValue, _ index: Int) throws -> [String: Double] {
      try state(control).mapValues { $0.count > index ? $0[index] : $0.first ?? 0 }
    }
    let nothing = BoundProbe.frozen.mapValues { _ in 0.0 }
    let plain = try variances("running-mean", nothing)
    let mean = try variances("running-mean", carried("running-mean", 0))
    #expect(try variances("regression", nothing) == plain)
    for index in [0, 1] {
      let regression = try variances("regression", carried("regression", index))[index]
      #expect(mean[index] < 0.5 * plain[index], "\(mean) with the mean, \(plain) without")
      #expect(regression < 0.8 * mean[index], "\(regression) with its coefficient, \(mean) with the mean")
    }
  }

  @Test("the first step takes nothing from the signal")
  func firstStep() throws {
    let probe = BoundProbe(try settings(Self.run("running-mean")), draws: 1) {
      [$0.gradientEstimate, $0.logWeight, $0.q.draw].compactMap(\.self)
    }
    let (gradient, weight, draw) = {
      let values = probe(at: [2.9, log(1.5)], carried: BoundProbe.frozen.mapValues { _ in 0 })
      return (values[0], values[1][0], values[2][0])
    }()
    let epsilon = (draw - 2.9) / 1.5
    for (found, score) in zip(gradient, Self.scores) {
      #expect(abs(found - weight * score(epsilon)) < 1e-12 * abs(weight))
    }
  }

  @Test("one draw a step is enough, and the run climbs")
  func single() throws {
    for estimator in EstimatorTests.learnedControls {
      for objective: ConfigValue in ["elbo", ["iwae": ["k": 1]]] {
        let run: ConfigMapping = [
          "model": "eight-schools", "family": "mean-field", "estimator": estimator, "samples": 1,
          "objective": objective, "initial": ["location": 0.1, "scale": 0.5], "steps": 4000,
          "optimizer": ["adam": ["learning_rate": 0.01]],
        ]
        let (steps, result) = fit(try settings(run))
        #expect(result.ending == .finished && result.suspect == nil)
        let yardstick = try #require(result.yardstick)
        #expect(yardstick.elbo > steps[0].elbo + 6 * (yardstick.elboStandardError ?? 0))
      }
    }
  }

  @Test("the noise that is recorded is that of the gradient with what the run has learned")
  func recorded() throws {
    func noise(_ control: ConfigValue) throws -> [Int: Double] {
      let points = learn(
        try settings(Self.run(control, ["record": ["every": 1000, "gradient_noise": 6400]]))
      ).points
      return Dictionary(
        points.filter { $0.metric == "gradient_variance[score-function]" }.map { ($0.step, $0.value) },
        uniquingKeysWith: { $1 })
    }
    for control: ConfigValue in ["running-mean", "regression"] {
      let noise = try noise(control)
      // At the first step nothing is known; 100 replicates are good to a third.
      #expect(try #require(noise[6400]) < 0.7 * (try #require(noise[0])), "\(control): \(noise)")
    }
  }

  @Test("the configuration says what is learned, and nothing where draws are held against each other")
  func identity() throws {
    func written(_ estimator: ConfigValue) throws -> ConfigValue? {
      try settings(["model": "banana", "estimator": estimator]).configuration["estimator"]
    }
    #expect(try written("score-function") == "score-function")
    #expect(try written(["score-function": ["control_variate": "leave-one-out"]]) == "score-function")
    #expect(
      try written(["score-function": ["control_variate": "regression", "decay": 0.5]])
        == ["score-function": ["control_variate": "regression", "decay": 0.5]])
  }
}
