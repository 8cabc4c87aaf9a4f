import Inference
import Testing

@Suite struct LearnedReproducibilityTests {
  /// Gradient runs of every accepted family over all rows and over minibatches, and EM where it is accepted.
  private static func runs(_ model: LearnedCase) -> [ConfigMapping] {
    var runs: [ConfigMapping] = [
      ["family": "exact", "optimizer": "em", "steps": 20],
      ["family": "exact", "optimizer": "em", "steps": 20, "minibatch": 5],
    ]
    for family in familyCases {
      for minibatch: ConfigValue in [nil, 5] {
        runs.append(["family": family, "minibatch": minibatch, "steps": 20, "samples": 2])
      }
    }
    return runs.filter { model.accepted($0) != nil }
  }

  @Test("the same seed gives the same bits, another seed other numbers", arguments: LearnedCase.all)
  func seeds(_ model: LearnedCase) throws {
    let runs = Self.runs(model)
    #expect(runs.count >= 2)
    for run in runs {
      for precision: ConfigValue in ["float64", "float32"] {
        guard let settings = model.accepted(run.with(["precision": precision])) else { continue }
        let (first, second) = (learn(settings, seed: 3), learn(settings, seed: 3))
        #expect(first.steps.map(\.bits) == second.steps.map(\.bits))
        #expect(first.points.map(\.value.bitPattern) == second.points.map(\.value.bitPattern))
        #expect(first.result.parameters.map(\.bitPattern) == second.result.parameters.map(\.bitPattern))
        #expect(first.result.yardstick == second.result.yardstick)
        #expect(learn(settings, seed: 4).result.parameters != first.result.parameters)
      }
    }
  }

  @Test(
    "what is recorded and evaluated changes neither the parameters nor the yardstick",
    arguments: LearnedCase.all)
  func recording(_ model: LearnedCase) throws {
    for run in Self.runs(model) {
      let all = learn(try model.settings(run))
      let some = learn(try model.settings(run.with(["record": ["every": 7]])))
      let watched = learn(try model.settings(run.with(["evaluate": ["every": 3, "nll_samples": 4]])))
      for other in [some, watched] {
        #expect(
          all.result.parameters.map(\.bitPattern) == other.result.parameters.map(\.bitPattern), "\(run)")
        #expect(all.result.yardstick == other.result.yardstick, "\(run)")
      }
      let recorded = all.steps.filter { $0.step % 7 == 0 || $0.step == all.result.steps }
      #expect(some.steps.map(\.bits) == recorded.map(\.bits), "\(run)")
      #expect(some.points == all.points, "\(run)")
    }
  }

  @Test("a replayed program gives the bits of a fresh one", arguments: LearnedCase.all)
  func replay(_ model: LearnedCase) throws {
    for family in familyCases {
      guard let settings = model.accepted(["family": family]) else { continue }
      func probe() -> BoundProbe {
        BoundProbe(settings, draws: 2) { bound in
          let objective = bound.objective
          return [objective] + [bound.gradient(of: objective)].compactMap(\.self)
        }
      }
      let replayed = probe()
      let (first, second) = (replayed.randomParameters(1), replayed.randomParameters(2))
      let before = replayed(at: first, beta: 0.5, seed: 1)
      _ = replayed(at: second, beta: 4, seed: 2)
      for (point, beta, seed) in [(first, 0.5, 1), (second, 4, 2)] as [([Double], Double, UInt64)] {
        let again = replayed(at: point, beta: beta, seed: seed)
        let fresh = probe()(at: point, beta: beta, seed: seed)
        #expect(again.joined().map(\.bitPattern) == fresh.joined().map(\.bitPattern), "\(family)")
      }
      #expect(replayed(at: first, beta: 0.5, seed: 1) == before, "\(family)")
    }
  }

  @Test("identities hold along gradient runs of every family, form and β", arguments: LearnedCase.all)
  func identities(_ model: LearnedCase) throws {
    for family in familyCases {
      for form in Form.allCases {
        for (expectations, minibatch) in [("sampled", nil), ("exact", nil), ("sampled", 5)]
          as [(String, ConfigValue)]
        {
          let run: ConfigMapping = [
            "family": family, "form": .text(form.rawValue), "expectations": .text(expectations),
            "minibatch": minibatch, "steps": 100, "beta": 2,
          ]
          guard let settings = model.accepted(run) else { continue }
          let label = "\(family) \(form) \(expectations) \(minibatch)"
          let (steps, result) = fit(settings)
          #expect(result.ending == .finished, "\(label)")
          #expect(result.suspect == nil, "\(label): \(result.suspect ?? "")")
          #expect(result.identitiesChecked >= steps.count, "\(label)")
          if let residual = result.largestResidual { #expect(residual <= 1e-9, "\(label)") }
          #expect(steps.count == 101, "\(label)")
          let isTractable = settings.learning.model.tractable != nil
          for step in steps {
            #expect((step.terms.klPosterior != nil) == isTractable, "\(label)")
            #expect(step.terms.klPrior?.isFinite == true && step.gradNorm?.isFinite == true, "\(label)")
          }
        }
      }
    }
  }
}
