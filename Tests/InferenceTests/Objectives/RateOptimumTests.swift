import Foundation
import Inference
import Testing

/// Where objectives of rates lead the linear VAE on iris, against its exact rate–distortion curve (`RateDistortionTests`): β there is
/// −dD/dR, so that the curve is met by a capacity at its rates and by a tolerance at its distortions.
@Suite struct RateOptimumTests {
  private static let model = irisModel(
    "linear-vae", ["noise_sd": .number(0.05068214786479676.squareRoot())])

  /// Points of the curve in its middle.
  static let curve = RateDistortionTests.curve.filter { [0.5, 1, 2, 8].contains($0.beta) }

  private func learned(_ objective: ConfigValue, _ changes: ConfigMapping = [:]) throws -> (
    rate: Double, distortion: Double, points: [MetricPoint]
  ) {
    let run: ConfigMapping = [
      "family": "mean-field", "expectations": "exact", "objective": objective, "steps": 4000,
      "record": ["every": 1000], "optimizer": ["adam": ["learning_rate": 0.1, "schedule": "cosine"]],
    ]
    let (_, points, result) = learn(try Self.model.settings(run.with(changes)))
    #expect(result.ending == .finished && result.suspect == nil)
    let terms = try #require(result.yardstick).terms
    return (
      try #require(terms.klPrior) / 150, -(try #require(terms.reconstruction)) / 150, points
    )
  }

  @Test(
    "a capacity held by γ above the curve's slope has its rate, and the curve's distortion", arguments: curve)
  func capacity(_ exact: RateDistortionTests.Exact) throws {
    let objective: ConfigValue = [
      "capacity": [
        "gamma": .number(3 * exact.beta),
        "capacity": ["linear": ["to": .number(exact.rate), "steps": 500]],
      ]
    ]
    let found = try learned(objective)
    // The steps of a cosine end at 0: the rate swings about the kink by less and less.
    #expect(abs(found.rate - exact.rate) < 0.01, "rate \(found.rate), not \(exact.rate)")
    #expect(
      abs(found.distortion - exact.distortion) < 0.02 + 0.01 * exact.beta,
      "distortion \(found.distortion), not \(exact.distortion)")
    let capacities = found.points.filter { $0.metric == "capacity" }
    #expect(capacities.map(\.step) == [0, 1000, 2000, 3000, 4000])
    #expect(capacities.first?.value == 0 && capacities.last?.value == exact.rate)
    #expect(found.points.last { $0.metric == "warm_up_left" }?.value == 0)
  }

  @Test("below the curve's slope γ is a β, and the capacity is not reached")
  func weakCapacity() throws {
    // Above the capacity of nothing the penalty is γ KL: the optimum at β = γ.
    let found = try learned(["capacity": ["gamma": 2, "capacity": 0]])
    let exact = try #require(Self.curve.first { $0.beta == 2 })
    #expect(abs(found.rate - exact.rate) < 0.02 && abs(found.distortion - exact.distortion) < 0.02)
  }

  @Test("the multiplier ends at 1/β, with the tolerance met by the least rate", arguments: curve)
  func tolerance(_ exact: RateDistortionTests.Exact) throws {
    let found = try learned(
      ["geco": ["tolerance": .number(exact.distortion), "rate": 0.01, "decay": 0.9]], ["steps": 8000])
    #expect(
      abs(found.distortion - exact.distortion) < 0.02,
      "distortion \(found.distortion), not \(exact.distortion)")
    #expect(abs(found.rate - exact.rate) < 0.02, "rate \(found.rate), not \(exact.rate)")
    let multiplier = try #require(found.points.last { $0.metric == "multiplier" }).value
    // A distortion off by 0.02 has a slope off by as much of it as the curve bends: R = ½ Σ ln(λ/s), D = |active| s / 2σ² + …
    // have dβ/dD = 2/|active|, so that β is known to 0.04, of the smallest, ½, 8 %.
    #expect(abs(multiplier * exact.beta - 1) < 0.08, "λ = \(multiplier), 1/β = \(1 / exact.beta)")
    let constraint = try #require(found.points.last { $0.metric == "constraint" }).value
    #expect(abs(constraint) < 0.02, "constraint \(constraint)")
  }

  @Test("λ rises by the rate times the constraint's moving average, which begins with the first")
  func steps() throws {
    let settings = try Self.model.settings([
      "expectations": "exact", "steps": 3,
      "objective": ["geco": ["tolerance": 10, "rate": 0.01, "decay": 0.75, "multiplier": 2]],
    ])
    let (steps, points, _) = learn(settings)
    let constraints = try steps.map { -(try #require($0.terms.reconstruction)) / 150 - 10 }
    var (multiplier, average) = (2.0, constraints[0])
    let multipliers = points.filter { $0.metric == "multiplier" }.map(\.value)
    let averages = points.filter { $0.metric == "constraint" }.map(\.value)
    for (step, constraint) in constraints.enumerated() {
      if step > 0 {
        multiplier *= exp(0.01 * average)
        average = 0.75 * average + 0.25 * constraint
      }
      #expect(abs(multipliers[step] - multiplier) < 1e-12 * multiplier)
      #expect(abs(averages[step] - average) < 1e-11 * abs(average))
      // −(KL + λ C) over all data.
      let objective = -(try #require(steps[step].terms.klPrior)) - 150 * multiplier * constraint
      #expect(abs(steps[step].objective - objective) < 1e-10 * abs(objective))
    }
  }

  @Test("a tolerance that cannot be met leaves λ at the end of its range, and a finite run")
  func unmet() throws {
    let (_, points, result) = learn(
      try Self.model.settings([
        "expectations": "exact", "steps": 60, "objective": ["geco": ["tolerance": -1e3, "rate": 1]],
      ]))
    #expect(result.ending == .finished)
    #expect(points.last { $0.metric == "multiplier" }?.value == MultiplierRule.range.upperBound)
  }
}
