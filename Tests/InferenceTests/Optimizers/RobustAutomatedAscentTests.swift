import Inference
import Testing

/// Runs of averaged iterates that end by themselves, on posteriors whose best member of a family is known.
@Suite struct RobustAutomatedAscentTests {
  private static let families: [ConfigValue] = ["mean-field", "full-rank", "block-diagonal"]
  private static let accuracy = 0.1

  private func ascent(_ settings: RunSettings, seed: UInt64 = 0) -> (
    steps: [StepTerms], points: [MetricPoint], last: [String: Double], result: FitResult
  ) {
    let (steps, points, result) = learn(settings, seed: seed)
    return (steps, points, Dictionary(points.map { ($0.metric, $0.value) }) { _, last in last }, result)
  }

  /// A run ends where (ρ + ξ/√S) K′/(K + K₀) is above 1, with the accuracy ξ and the symmetrized KL S that is left by its own estimate. With the
  /// ratio of steps R, √S was no more than ξ/(1/R − ρ) where R < 1/ρ. Its C is fitted to two or more distances that err by the standard errors of
  /// their averages, as the result itself does: each of p parameters by at most mcse · ρ² = 0.025 of its unit at the third rate, which p of them
  /// make a symmetrized KL of 2 p · 0.025² of at most, as the information about log scales is 2.
  @Test("the symmetrized KL to the optimum is within the accuracy, by five seeds", arguments: ModelCase.all)
  func accuracy(_ model: ModelCase) throws {
    for family in Self.families {
      // Triangles do not stand updates as large as locations and log scales do.
      let rate = family == "mean-field" ? 0.3 : 0.03
      guard
        let settings = model.accepted([
          "family": family, "optimizer": "raabbvi", "steps": 200_000,
          "record": ["every": 1000],
        ]), let posterior = settings.model.posterior, posterior.closedTerms == nil,
        settings.model.latents.allSatisfy({ $0.support == .real }),
        let gaussian = settings.family as? any FactoredGaussian
      else { continue }
      let count = gaussian.parameterCount(for: settings.model)
      let optimum = gaussian.parameters(
        near: posterior.moments, model: settings.model, noise: [Double](repeating: 0, count: count))
      for seed in 0..<5 {
        let (steps, points, last, result) = ascent(settings, seed: UInt64(seed))
        let place = "\(model.testDescription), \(family.inlineText), seed \(seed)"
        #expect(result.ending == .finished && result.suspect == nil, "\(place): \(result)")
        #expect(last["terminated"] == 1 && result.steps < 200_000, "\(place)")
        #expect(steps.last?.step == result.steps, "\(place)")
        let inefficiency = try #require(last["inefficiency"])
        #expect(inefficiency > 1, "\(place)")
        let estimate = try #require(last["symmetrized_kl_left"]).squareRoot()
        let ratio = inefficiency / (0.5 + Self.accuracy / estimate)
        if ratio < 2 { #expect(estimate <= Self.accuracy / (1 / ratio - 0.5) * (1 + 1e-9), "\(place)") }
        let distance = gaussian.symmetrizedDivergence(result.parameters, optimum, in: settings.model)
        let noise = 2 * Double(count) * 0.025 * 0.025
        #expect(distance.squareRoot() < max(2 * Self.accuracy, estimate) + noise.squareRoot(), "\(place)")
        // The rates fall by halves, and each is said when it ends.
        let rates = points.filter { $0.metric == "learning_rate" }
        #expect(
          rates.enumerated().allSatisfy { $0.element.value == rate / Double(1 << $0.offset) }, "\(place)")
        let counts = points.filter { $0.metric == "rate_steps" }.map { Int($0.value) }
        // Between rates a step is the jump to the average.
        #expect(counts.reduce(0, +) + counts.count - 1 == result.steps, "\(place)")
      }
    }
  }

  /// R-hat is first asked for where 95 % of the iterates are more than a window: after 400.
  @Test("where steps are few, the run says that it has not terminated, and why")
  func few() throws {
    let run: ConfigMapping = ["model": "eight-schools", "optimizer": "raabbvi"]
    let (steps, _, last, result) = ascent(try settings(run.with(["steps": 300, "record": ["every": 7]])))
    #expect(result.ending == .finished && result.steps == 300 && last["terminated"] == 0)
    #expect(
      result.suspect
        == "step 300: raabbvi has not terminated: the learning rate 0.3 has no stationary iterates yet; give it more steps"
    )
    #expect(steps.map(\.step) == Array(stride(from: 0, to: 300, by: 7)) + [300])
    let start = ascent(try settings(run.with(["steps": 0])))
    let same = fit(try settings(["model": "eight-schools", "optimizer": "adam", "steps": 0])).result
    #expect(start.result.parameters == same.parameters && start.result.yardstick == same.yardstick)
    #expect(start.last["terminated"] == 0)
  }

  @Test("the same seed has the same bits, another has others, and the rate is the run's own")
  func bits() throws {
    let run: ConfigMapping = ["model": "eight-schools", "steps": 3000, "optimizer": "raabbvi"]
    let own = try settings(run)
    let (first, again, other) = (ascent(own, seed: 3), ascent(own, seed: 3), ascent(own, seed: 4))
    #expect(first.result.parameters.map(\.bitPattern) == again.result.parameters.map(\.bitPattern))
    #expect(first.steps.map(\.bits) == again.steps.map(\.bits))
    #expect(first.result.parameters != other.result.parameters)
    // Runs that differ in the learning rate share a plan.
    let slow = try settings(run.with(["optimizer": ["raabbvi": ["learning_rate": 0.1]]]))
    #expect(own.planConfiguration == slow.planConfiguration)
    let together = RunsTogether([(own, 3), (slow, 3)])
    FitPlan(own, runs: 2).run(together)
    #expect(together.results[0]?.parameters == first.result.parameters)
    #expect(together.results[1]?.parameters == ascent(slow, seed: 3).result.parameters)
    #expect(together.results[1]?.parameters != first.result.parameters)
  }

  @Test("a looser accuracy and a lower inefficiency end a run no later")
  func options() throws {
    func steps(_ options: ConfigMapping) throws -> Int {
      let run: ConfigMapping = [
        "model": ["correlated-gaussian": ["dimension": 3]], "steps": 100_000, "record": ["every": 1000],
        "optimizer": ["raabbvi": .mapping(options)],
      ]
      let (_, _, last, result) = ascent(try settings(run), seed: 1)
      #expect(last["terminated"] == 1)
      return result.steps
    }
    let usual = try steps([:])
    #expect(try steps(["accuracy": 1]) <= usual)
    #expect(try steps(["inefficiency": 0.1]) <= usual)
    #expect(try steps(["accuracy": 0.001]) > usual)
  }

  @Test("an objective that is no number is where the run ends")
  func diverged() throws {
    let nowhere: ConfigValue = ["stan": ["program": "parameters { real x; } model { target += log(x - 9); }"]]
    let run: ConfigMapping = ["model": nowhere, "optimizer": "raabbvi", "initial": ["location": 0]]
    guard case .diverged(let reason) = ascent(try settings(run)).result.ending else {
      Issue.record("it has not diverged")
      return
    }
    #expect(reason.hasPrefix("step 0: the objective ("))
  }
}
