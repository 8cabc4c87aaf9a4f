import Inference
import NumericArrays
import Testing

@Suite struct ReproducibilityTests {
  private func short(_ family: ConfigValue) -> ConfigMapping {
    climbed(family).with(["steps": 20, "samples": 4, "initial": ["location": 0.1, "scale": 0.5]])
  }

  @Test("the same seed gives the same bits, another seed other numbers", arguments: ModelCase.all)
  func seeds(_ model: ModelCase) throws {
    for family in familyCases {
      guard let settings = model.accepted(short(family)) else { continue }
      let (first, second) = (fit(settings, seed: 3), fit(settings, seed: 3))
      #expect(first.steps.map(\.bits) == second.steps.map(\.bits))
      #expect(first.result.parameters.map(\.bitPattern) == second.result.parameters.map(\.bitPattern))
      #expect(first.result.yardstick == second.result.yardstick)
      if settings.family.noiseCount(for: settings.model) > 0, !first.result.parameters.isEmpty {
        #expect(fit(settings, seed: 4).result.parameters != first.result.parameters)
      }
    }
  }

  @Test("what is recorded changes neither the parameters nor the yardstick", arguments: ModelCase.all)
  func recording(_ model: ModelCase) throws {
    for family in familyCases {
      for precision in Precision.allCases {
        let run = short(family).with(["precision": .text(precision.rawValue)])
        guard let every = model.accepted(run),
          let some = model.accepted(run.with(["record": ["every": 7]]))
        else { continue }
        let (all, few) = (fit(every), fit(some))
        #expect(all.result.parameters.map(\.bitPattern) == few.result.parameters.map(\.bitPattern))
        #expect(all.result.yardstick == few.result.yardstick)
        let recorded = all.result.parameters.isEmpty ? [0] : [0, 7, 14, 20]
        #expect(few.steps.map(\.step) == recorded)
        #expect(few.steps.map(\.bits) == recorded.map { all.steps[$0].bits })
      }
    }
  }

  @Test("a plan's seeds may be run in any order")
  func order() throws {
    let plan = FitPlan(try settings(["model": "eight-schools", "steps": 30]))
    let forward = (0..<3).map { plan.run(seed: $0) { _ in }.parameters }
    let backward = (0..<3).reversed().map { plan.run(seed: $0) { _ in }.parameters }
    #expect(forward == backward.reversed())
  }

  @Test("the draws of a step do not depend on the family")
  func commonNoise() throws {
    let stream = NoiseStream(seed: 5, purpose: .fit)
    let narrow = stream.normals(dimension: 3, draws: 8, step: 9)
    #expect(narrow == Array(stream.normals(dimension: 5, draws: 8, step: 9)[0..<24]))
    // Two families at the same Gaussian see the same draws, so the same log likelihoods up to rounding.
    for model in ModelCase.all {
      let run: ConfigMapping = [
        "steps": 0, "initial": ["location": 0.2, "scale": 0.4], "estimator": "reparameterization",
      ]
      let (a, b) = (
        fit(try model.settings(run.with(["family": "mean-field"])), seed: 2),
        fit(try model.settings(run.with(["family": "full-rank"])), seed: 2)
      )
      let (first, second) = (a.steps[0].objective, b.steps[0].objective)
      #expect(abs(first - second) <= 1e-12 * max(1, abs(first)), "\(model.testDescription)")
    }
  }

  @Test("steps: 0 records exactly the start", arguments: ModelCase.all)
  func noSteps(_ model: ModelCase) throws {
    for family in familyCases {
      guard let settings = model.accepted(["family": family, "steps": 0, "record": ["every": 10]]) else {
        continue
      }
      let (steps, result) = fit(settings)
      #expect(steps.map(\.step) == [0])
      #expect(result.ending == .finished && result.steps == 0)
    }
  }

  @Test("a stopped run is interrupted, before its step")
  func interrupted() throws {
    let plan = FitPlan(try settings(["model": "banana", "steps": 1000]))
    var recorded = 0
    let result = plan.run(seed: 0, record: { _ in recorded += 1 }, shouldStop: { recorded >= 100 })
    #expect(result.ending == .interrupted)
    #expect(result.yardstick == nil)
    #expect(result.steps == recorded)
    #expect(recorded < 300)
  }
}
