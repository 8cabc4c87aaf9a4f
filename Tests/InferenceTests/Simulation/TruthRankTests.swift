import Foundation
import Inference
import NumericArrays
import Testing

/// The probabilities below a truth under what is fitted to its data.
@Suite struct TruthRankTests {
  /// By variable.
  private func values(_ metric: String, _ points: [MetricPoint]) -> [String: Double] {
    let own = points.filter { $0.metric.hasPrefix(metric + "[") }
    return Dictionary(
      uniqueKeysWithValues: own.map { (String($0.metric.dropFirst(metric.count + 1).dropLast()), $0.value) })
  }

  private func quantiles(_ settings: RunSettings, seed: UInt64) throws -> [String: Double] {
    values("truth_quantile", learn(try settings.replicate(seed: seed), seed: seed).points)
  }

  private static let exact = SimulatedModelTests.cases.filter {
    $0.accepted(["data": "simulated", "family": "exact"]) != nil
  }

  @Test("under the posterior itself they are uniform", arguments: exact)
  func uniform(_ model: ModelCase) throws {
    let settings = try model.settings(["data": "simulated", "family": "exact", "steps": 0])
    let seeds = 400
    var found: [String: [Double]] = [:]
    for seed in 0..<UInt64(seeds) {
      for (name, value) in try quantiles(settings, seed: seed) { found[name, default: []].append(value) }
    }
    #expect(found.count == settings.model.variableNames.count)
    for (name, values) in found {
      #expect(values.count == seeds)
      var distance = 0.0
      for (rank, value) in values.sorted().enumerated() {
        let below = Double(rank) / Double(seeds)
        distance = max(distance, value - below, below + 1 / Double(seeds) - value)
      }
      // P(D > d) ≤ 2 exp(−2 n d²) (Massart 1990): 1e-6 here.
      let bound: Double = (log(2e6) / Double(2 * seeds)).squareRoot()
      #expect(distance < bound, "\(name): \(distance)")
    }
    #expect(!Self.exact.isEmpty)
  }

  @Test(
    "a Gaussian that is the posterior says what the posterior says, and one that is shifted says it of the shift"
  )
  func gaussian() throws {
    for (model, tolerance) in [("conjugate-normal", 1e-9), ("bayesian-linear-regression", 1e-9)] {
      let own = try #require(SimulatedModelTests.cases.first { $0.testDescription == model })
      let exact = try own.settings(["data": "simulated", "family": "exact", "steps": 0])
      let start = try own.settings([
        "data": "simulated", "family": "full-rank", "steps": 0, "initial": "posterior",
      ])
      for seed in 0..<UInt64(5) {
        let known = try quantiles(exact, seed: seed)
        for (name, value) in try quantiles(start, seed: seed) {
          #expect(abs(value - (known[name] ?? .nan)) < tolerance, "\(model), \(name), seed \(seed)")
        }
      }
    }
    // q = N(5, 1) before its first step: the probability below the truth is Φ(truth − 5).
    let shifted = try settings([
      "model": conjugateNormal, "data": "simulated", "steps": 0, "initial": ["location": 5, "scale": 1],
    ])
    for seed in 0..<UInt64(5) {
      let (_, points, _) = learn(try shifted.replicate(seed: seed), seed: seed)
      let truth = try #require(values("truth", points)["mean"])
      let quantile = try #require(values("truth_quantile", points)["mean"])
      #expect(abs(quantile - 0.5 * erfc(-(truth - 5) / 2.0.squareRoot())) < 1e-9)
    }
  }

  @Test("ranks among draws are the probabilities, within the noise of a thousand draws")
  func ranks() throws {
    for seed in 0..<UInt64(10) {
      let run: ConfigMapping = [
        "model": "eight-schools", "data": "simulated", "steps": 0, "initial": ["location": 0, "scale": 1.5],
      ]
      let exact = try quantiles(try settings(run), seed: seed)
      // Of a thousand degrees of freedom a Student t is Gaussian to 2e-4 of probability.
      let family: ConfigValue = ["student-t": ["degrees": 1000, "base": "mean-field"]]
      let drawn = try quantiles(try settings(run.with(["family": family])), seed: seed)
      #expect(exact.count == 10 && drawn.count == 10)
      for (name, value) in drawn {
        // 5 standard errors of a share of 1000, and the half of a rank.
        let p = try #require(exact[name])
        #expect(abs(value - p) < 5 * (p * (1 - p) / 1000).squareRoot() + 2e-3, "\(name): \(value), not \(p)")
      }
    }
  }

  @Test("every family with a density, and nuts, gives a probability for every variable")
  func families() throws {
    let run: ConfigMapping = ["model": "eight-schools", "data": "simulated", "steps": 3]
    for family in familyCases {
      guard let settings = try? settings(run.with(["family": family])) else { continue }
      let found = try quantiles(settings, seed: 1)
      #expect(Set(found.keys) == Set(settings.model.variableNames), "\(family)")
      #expect(found.values.allSatisfy { $0 >= 0 && $0 <= 1 }, "\(family): \(found)")
    }
    let chains = try settings(run.with(["family": "nuts", "steps": 200]))
    #expect(try quantiles(chains, seed: 1).count == 10)
  }

  @Test("truths stand on the scale that the model is written in")
  func scale() throws {
    let settings = try settings(["model": "eight-schools", "data": "simulated", "steps": 0]).replicate(
      seed: 2)
    guard case .inference(let task) = settings.task, let truth = task.truth else {
      Issue.record("no truth")
      return
    }
    let found = values("truth", learn(settings, seed: 2).points)
    #expect(try abs(#require(found["tau"]) / exp(truth.latents[9]) - 1) < 1e-12)
    #expect(found["mu"] == truth.latents[8])
  }
}
