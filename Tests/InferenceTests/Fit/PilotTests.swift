import Foundation
import Inference
import NumericArrays
import Testing

/// The search for a learning rate and a start before a run.
@Suite struct PilotTests {
  /// Those of Stan.
  private static let rates: [Double] = [100, 10, 1, 0.1, 0.01]

  /// The optimizers with a learning rate.
  static let rated = gradientOptimizers().filter { name in
    Catalog.components(of: .optimizer).first { $0.name == name }?.options
      .contains { $0.name == "learning_rate" } ?? false
  }

  /// What a run has recorded last, by its name.
  private func last(_ points: [MetricPoint]) -> [String: Double] {
    Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }
  }

  /// Bounds of normal data are closed, so that a climb of 50 steps as a run of its own ends with what the pilot compares, to rounding.
  @Test("the rate is that of the climb which ends highest, among all that end", arguments: rated)
  func highest(_ name: String) throws {
    var failures = 0.0
    for (family, beta, form): (ConfigValue, Double, Form) in [
      ("mean-field", 1, .jointEntropy), ("full-rank", 2, .reconstructionKL),
      ("mean-field", 0.5, .evidenceGap),
    ] {
      let base: ConfigMapping = [
        "model": conjugateNormal, "family": family, "beta": .number(beta), "form": .text(form.rawValue),
        "steps": 50, "samples": 4, "initial": ["location": 0, "scale": 0.5],
      ]
      let searched = learn(
        try settings(base.with(["optimizer": .text(name), "pilot": [:]])), seed: 3)
      let ends = try Self.rates.map { rate in
        let plain = try settings(base.with(["optimizer": optimizer(name, rate: rate)]))
        let terms = learn(plain, seed: 3).result.yardstick?.terms
        guard let reconstruction = terms?.reconstruction, let divergence = terms?.klPrior else {
          return -Double.infinity
        }
        return reconstruction - beta * divergence
      }
      let found = last(searched.points)
      let highest = try #require(ends.max())
      #expect(found["pilot_learning_rate"] == Self.rates[try #require(ends.firstIndex(of: highest))])
      #expect(abs(try #require(found["pilot_elbo"]) - highest) <= 1e-9 * max(1, abs(highest)))
      #expect(found["pilot_failures"] == Double(ends.count { !$0.isFinite }))
      #expect(found["pilot_start"] == 0)
      failures += found["pilot_failures"] ?? 0
      #expect(searched.points.filter { $0.metric.hasPrefix("pilot_") }.allSatisfy { $0.step == 0 })
    }
    if name == "sgd" { #expect(failures > 0, "a rate of 100 throws φ to infinity") }
  }

  @Test("the run is to the bit the one at the chosen rate without a pilot", arguments: rated)
  func plain(_ name: String) throws {
    let further: ConfigMapping = [
      "schedule": "cosine", "warm_up": 5, "clip_norm": 50, "average": 0.5,
    ]
    for (model, family): (ConfigValue, ConfigValue) in [
      ("banana", "mean-field"), ("eight-schools", "full-rank"),
    ] {
      for precision: ConfigValue in ["float64", "float32"] {
        let base: ConfigMapping = [
          "model": model, "family": family, "precision": precision, "steps": 70, "samples": 2,
          "beta": ["linear": ["from": 0.5, "to": 1, "steps": 40]], "record": ["every": 3],
        ]
        let searched = learn(
          try settings(
            base.with(["optimizer": optimizer(name, rate: 7, further), "pilot": ["steps": 30, "draws": 20]])))
        let rate = try #require(last(searched.points)["pilot_learning_rate"])
        let plain = learn(try settings(base.with(["optimizer": optimizer(name, rate: rate, further)])))
        #expect(searched.steps.map(\.bits) == plain.steps.map(\.bits))
        #expect(searched.result.parameters.map(\.bits) == plain.result.parameters.map(\.bits))
        #expect(searched.result.yardstick == plain.result.yardstick)
        let others = searched.points.filter { !$0.metric.hasPrefix("pilot_") }
        #expect(others.map(\.value.bits) == plain.points.map(\.value.bits))
      }
    }
  }

  /// The probe's draws are others, so that the errors add; where the entropy is closed, the pilot's draws are of the log joint alone.
  @Test(
    "where the bound is not closed, it is estimated by the draws of the pilot",
    arguments: ["planar"] as [ConfigValue])
  func sampled(_ family: ConfigValue) throws {
    let base: ConfigMapping = ["model": "eight-schools", "family": family, "steps": 40]
    let draws = 4000
    let found = last(
      learn(
        try settings(
          base.with([
            "optimizer": ["adam": ["learning_rate": 1]],
            "pilot": ["learning_rates": [0.02, 0.001], "steps": 40, "draws": .integer(draws)],
          ]))
      ).points)
    let rate = try #require(found["pilot_learning_rate"])
    let climb = try settings(base.with(["optimizer": ["adam": ["learning_rate": .number(rate)]]]))
    let probe = BoundProbe(climb, draws: draws, for: .draws) {
      [$0.logWeight, $0.logJoint].compactMap(\.self)
    }
    let values = probe(at: fit(climb).result.parameters).map(Estimate.init)
    let error = values.map(\.standardError).max() ?? 0
    #expect(abs(try #require(found["pilot_elbo"]) - values[0].mean) < 5 * 2.0.squareRoot() * error)
    // Bits of the pilot's draws, not of the climbs': more of them move the estimate.
    let fewer = last(
      learn(
        try settings(
          base.with([
            "optimizer": "adam", "pilot": ["learning_rates": [0.02, 0.001], "steps": 40, "draws": 10],
          ]))
      ).points)
    #expect(fewer["pilot_elbo"] != found["pilot_elbo"])
  }

  /// No step of Adam is longer than its rate times (1 − β₁)/√(1 − β₂) = 3.2 (Kingma & Ba 2015, §2.1), so 500 of 0.015 end 24 from the start at
  /// most: 7.4 or 10 sds from the posterior's mean, 31.5 (1 + 1/20000)⁻¹. KL[q ‖ p(z|x)] is above ½ · 10². The other is within a fifth of a nat.
  @Test(
    "a posterior out of reach at the default rate is reached by a pilot", arguments: 0..<5 as Range<UInt64>)
  func far(_ seed: UInt64) throws {
    let base: ConfigMapping = [
      "model": ["conjugate-normal": ["observations": [31, 32], "noise_sd": 1, "prior_sd": 100]],
      "initial": ["location": 0, "scale": 1], "steps": 500,
    ]
    let plain = try #require(learn(try settings(base), seed: seed).result.yardstick)
    #expect(try #require(plain.terms.klPosterior) > 50)
    let searched = learn(try settings(base.with(["pilot": [:]])), seed: seed)
    #expect(try #require(last(searched.points)["pilot_learning_rate"]) >= 1)
    let found = try #require(searched.result.yardstick)
    #expect(try #require(found.terms.klPosterior) < 0.2)
    // x ~ N(0, σ² I + s² 1 1ᵀ): the determinant is σ² (σ² + 2 s²), and the square 31² + 32² less its share along 1.
    let evidence = -log(2 * .pi) - 0.5 * log(20001) - 0.5 * (31 * 31 + 32 * 32 - 1e4 / 20001 * 63 * 63)
    #expect(abs(try #require(found.terms.logEvidence) - evidence) < 1e-9)
    #expect(found.elbo > evidence - 0.2 && found.elbo <= evidence + 1e-9)
  }

  // MARK: Starts

  /// Nine tenths of the probability are at 3, one tenth at −1.5; nothing worth mentioning is between. The evidence is 1, and the best Gaussian
  /// at a mode has the log of its weight for a bound.
  private static let twoModes: ConfigValue = [
    "stan": [
      "program": """
      parameters { real x; }
      model { target += log_mix(0.1, normal_lpdf(x | -1.5, 0.5), normal_lpdf(x | 3, 0.5)); }
      """
    ]
  ]

  /// From 0, where the ordinary start is sought, the light mode is nearer: its density is the higher up to x = 0.628, where 9 x = 6.75 − ½ log 9. A start
  /// uniform in (−2, 2) lies beyond with probability 0.343, and of 7 one does with 1 − 0.657⁷ = 0.947: in 20 seeds 18.9 times, less 4 standard
  /// deviations of 1.0 makes 15.
  @Test("eight starts find the heavier of two modes, which one start misses")
  func modes() throws {
    var found = 0
    for seed in 0..<20 as Range<UInt64> {
      let base: ConfigMapping = ["model": Self.twoModes, "steps": 300]
      let single = learn(try settings(base), seed: seed)
      #expect(abs(try #require(single.result.yardstick?.elbo) - log(0.1)) < 0.02)
      let several = learn(try settings(base.with(["pilot": ["starts": 8]])), seed: seed)
      let elbo = try #require(several.result.yardstick?.elbo)
      let isHeavy = abs(elbo - log(0.9)) < 0.02
      #expect(isHeavy || abs(elbo - log(0.1)) < 0.02)
      if isHeavy { #expect(try #require(last(several.points)["pilot_start"]) > 0) }
      found += isHeavy ? 1 : 0
    }
    #expect(found >= 15)
  }

  @Test("optimizers without a learning rate choose among starts alone")
  func startsAlone() throws {
    let without = Set(gradientOptimizers()).subtracting(Self.rated)
    #expect(without == ["dog", "dowg", "cocob"])
    for name in without.sorted() {
      var found = 0
      for seed in 0..<10 as Range<UInt64> {
        let settings = try settings([
          "model": Self.twoModes, "steps": 1000, "optimizer": .text(name),
          "pilot": ["starts": 16, "steps": 200],
          "initial": ["location": 0, "scale": 0.5],
        ])
        let (_, points, result) = learn(settings, seed: seed)
        let values = last(points)
        #expect(values["pilot_learning_rate"] == nil)
        // The lighter mode's bound can be reached by no climb in the heavier one, whose own is above.
        let elbo = try #require(result.yardstick?.elbo)
        #expect((try #require(values["pilot_elbo"]) > log(0.1) + 0.5) == (elbo > log(0.1) + 0.5))
        if elbo > log(0.1) + 0.5 { found += 1 }
      }
      // Of 15 starts one lies beyond with probability 0.998.
      #expect(found >= 9, "\(name)")
    }
  }

  @Test(
    "starts lie within the spread of the location that a run is told, as wide as its own", arguments: 0..<3)
  func dispersed(_ spread: Int) throws {
    // No step that could be seen.
    let settings = try settings([
      "model": ["correlated-gaussian": ["dimension": 40, "correlation": 0]], "steps": 1,
      "expectations": "exact",
      "initial": ["location": 5, "scale": 2], "optimizer": ["sgd": ["learning_rate": 1e-300]],
      "pilot": ["starts": 50, "spread": .number(Double(spread)), "steps": 1, "learning_rates": [1e-300]],
    ])
    let (_, points, result) = learn(settings)
    let (locations, scales) = (result.parameters.prefix(40), result.parameters.suffix(40))
    #expect(scales.allSatisfy { abs($0 - log(2)) < 1e-12 })
    let distances = locations.map { abs($0 - 5) }
    #expect(distances.allSatisfy { $0 <= Double(spread) })
    if spread == 0 { return }
    #expect(try #require(last(points)["pilot_start"]) > 0)
    // The one nearest to 0 of 49; of 40 uniform numbers it has one outside of half the spread, but for 2⁻⁴⁰.
    #expect(distances.contains { $0 > 0.5 * Double(spread) })
    #expect(Set(locations).count == 40)
  }

  // MARK: Ends

  @Test("a run whose climbs all fail ends before its first step, and says so")
  func failure() throws {
    let nowhere: ConfigValue = ["stan": ["program": "parameters { real x; } model { target += log(x - 9); }"]]
    let settings = try settings([
      "model": nowhere, "initial": ["location": 0, "scale": 0.1], "pilot": ["starts": 2],
    ])
    let (steps, points, result) = learn(settings)
    #expect(
      result.ending
        == .diverged(
          "step 0: of the pilot's 10 climbs of 50 steps none has a finite elbo; try again with smaller "
            + "pilot.learning_rates or from another initial location"))
    #expect(steps.isEmpty && result.steps == 0)
    #expect(points == [MetricPoint("pilot_failures", step: 0, 10)])
  }

  @Test("a run is interrupted in its pilot")
  func interrupted() throws {
    let settings = try settings(["model": "banana", "pilot": [:]])
    let result = FitPlan(settings).run(seed: 0, record: { _ in }, shouldStop: { true })
    #expect(result.ending == .interrupted && result.steps == 0)
  }

  // MARK: Learned models

  /// Where the bound of the training data is closed, the end of a climb as a run of its own is what the pilot compares.
  @Test("learned models choose their rate by the bound of all training data", arguments: LearnedCase.all)
  func learned(_ model: LearnedCase) throws {
    for (family, beta) in [("mean-field", 1.0), ("exact", 0.5)] {
      let base: ConfigMapping = [
        "family": .text(family), "beta": .number(beta), "steps": 20, "minibatch": 5,
        "evaluate": ["nll_samples": 0],
      ]
      guard
        let chosen = model.accepted(
          base.with(["optimizer": "adam", "pilot": ["learning_rates": [1, 0.1, 0.001], "steps": 20]]))
      else { continue }
      let searched = learn(chosen, seed: 2)
      let found = last(searched.points)
      let ends = try [1, 0.1, 0.001].map { (rate: Double) in
        learn(
          try model.settings(base.with(["optimizer": ["adam": ["learning_rate": .number(rate)]]])), seed: 2)
      }
      let rate = try #require(found["pilot_learning_rate"])
      let plain = ends[try #require([1, 0.1, 0.001].firstIndex(of: rate))]
      #expect(searched.steps.map(\.bits) == plain.steps.map(\.bits))
      #expect(searched.result.yardstick == plain.result.yardstick)
      let bounds = ends.map { end in
        end.result.yardstick.flatMap { yardstick in
          zip(yardstick.terms.reconstruction, yardstick.terms.klPrior).map { $0 - beta * $1 }
        }
      }
      guard let yardstick = plain.result.yardstick, yardstick.elboStandardError == nil else { continue }
      let highest = try #require(bounds.compactMap(\.self).max())
      #expect(abs(try #require(found["pilot_elbo"]) - highest) <= 1e-9 * max(1, abs(highest)))
      let several = try model.settings(
        base.with(["optimizer": "adam", "pilot": ["starts": 3, "learning_rates": 0.1, "steps": 20]]))
      #expect(try #require(last(learn(several, seed: 2).points)["pilot_failures"]) < 3)
    }
  }
}

private func zip<A, B>(_ first: A?, _ second: B?) -> (A, B)? {
  guard let first, let second else { return nil }
  return (first, second)
}
