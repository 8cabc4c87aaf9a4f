import Inference
import Testing

@Suite struct DivergenceTests {
  @Test(
    "an overflow ends a run as diverged, with its step recorded, and never crashes", arguments: ModelCase.all)
  func overflow(_ model: ModelCase) throws {
    for family in familyCases {
      for every in [1, 100] {
        for precision in Precision.allCases {
          let run: ConfigMapping = [
            "family": family, "steps": 150, "precision": .text(precision.rawValue),
            "record": ["every": .integer(every)],
            // Beyond the largest Float and, squared, beyond the largest Double.
            "optimizer": ["sgd": ["learning_rate": 1e200]],
          ]
          guard let settings = model.accepted(run),
            settings.family.parameterCount(for: settings.model) > 0
          else { continue }
          check(settings, label: "\(family) \(every) \(precision)")
        }
      }
    }
  }

  private func check(_ settings: RunSettings, label: String) {
    let (steps, result) = fit(settings)
    guard case .diverged(let reason) = result.ending else {
      // A point is moved to ±1e200, where a log joint with linear tails is finite.
      let isPoint = !settings.family.hasDensity && settings.precision == .float64
      #expect(isPoint && result.yardstick?.elbo.isFinite == true, "\(label) ended as \(result.ending)")
      return
    }
    #expect(reason.hasPrefix("step \(result.steps): "), "\(label): \(reason)")
    #expect(reason.hasSuffix("is not finite"), "\(label): \(reason)")
    #expect(result.yardstick == nil, "\(label)")
    #expect(result.suspect == nil, "\(label)")
    // The last step recorded is the one that failed, with its numbers as they are.
    guard let last = steps.last else {
      Issue.record("\(label): nothing is recorded")
      return
    }
    #expect(last.step == result.steps, "\(label)")
    #expect(!last.objective.isFinite || last.gradNorm?.isFinite == false, "\(label)")
    #expect(Set(steps.map(\.step)).count == steps.count, "\(label)")
    #expect(steps.dropLast().allSatisfy { $0.objective.isFinite }, "\(label)")
  }

  @Test("a start beyond the largest number diverges at step 0")
  func start() throws {
    for family in ["mean-field", "full-rank", "low-rank", "delta"] {
      let (steps, result) = try fit([
        "model": "banana", "family": .text(family), "initial": ["location": 1e200], "steps": 10,
      ])
      guard case .diverged(let reason) = result.ending else {
        Issue.record("\(family) ended as \(result.ending)")
        continue
      }
      #expect(reason.hasPrefix("step 0: the objective ("))
      #expect(steps.map(\.step) == [0])
      #expect(result.steps == 0)
    }
  }

  @Test("a final bound that is not finite is divergence, though every step was finite")
  func finalBound() throws {
    // One draw a step stays finite while exp(−v) overflows in some of the yardstick's thousand draws.
    let (steps, result) = try fit([
      "model": ["eight-schools": ["parameterization": "centered"]], "samples": 1, "steps": 0,
      "initial": ["location": 0, "scale": [1, 1, 1, 1, 1, 1, 1, 1, 1, 150]],
    ])
    #expect(steps.count == 1)
    guard case .diverged(let reason) = result.ending else {
      Issue.record("ended as \(result.ending)")
      return
    }
    #expect(reason.hasPrefix("step 0: the final elbo"))
    #expect(result.yardstick == nil)
  }
}
