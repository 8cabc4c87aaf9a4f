import Inference
import NumericArrays
import Testing

/// A run's numbers are the same alone and in any lane.
@Suite struct CompanyTests {
  /// Expects of every run of a plan what it has alone; returns the plan's lanes.
  @discardableResult
  private func check(_ runs: [(settings: RunSettings, seed: UInt64)], _ name: String) -> Int {
    let plan = FitPlan(runs[0].settings, runs: runs.count)
    let together = RunsTogether(runs)
    plan.run(together)
    for (index, run) in runs.enumerated() {
      let alone = learn(run.settings, seed: run.seed)
      let result = together.results[index]
      #expect(together.steps[index].map(\.bits) == alone.steps.map(\.bits), "\(name), run \(index)")
      #expect(together.steps[index].map(\.step) == alone.steps.map(\.step), "\(name), run \(index)")
      #expect(together.points[index].map(\.metric) == alone.points.map(\.metric), "\(name), run \(index)")
      #expect(
        together.points[index].map(\.value.bits) == alone.points.map(\.value.bits),
        "\(name), run \(index)")
      #expect(result?.parameters.map(\.bitPattern) == alone.result.parameters.map(\.bitPattern))
      #expect(result?.ending == alone.result.ending && result?.steps == alone.result.steps)
      #expect(result?.yardstick == alone.result.yardstick)
      #expect(result?.suspect == alone.result.suspect)
      #expect(result?.identitiesChecked == alone.result.identitiesChecked)
    }
    return plan.lanes
  }

  @Test("alone and together, over models, families and precisions", arguments: ModelCase.all)
  func registries(_ model: ModelCase) throws {
    for family in familyCases {
      for (precision, samples) in [(Precision.float64, 4), (.float32, 1)] {
        let run: ConfigMapping = [
          "family": family, "steps": 12, "samples": .integer(samples), "precision": .text(precision.rawValue),
          "record": ["every": 5], "initial": ["location": 0.1, "scale": 0.5],
        ]
        let cells = [0.5, 1, 4].compactMap { beta in
          model.accepted(run.with(["beta": .number(beta)]))
        }
        guard cells.count == 3 else { continue }
        #expect(cells[0].planConfiguration == cells[1].planConfiguration)
        check((0..<6).map { (cells[$0 % 3], UInt64($0 / 3)) }, "\(model.testDescription), \(family)")
      }
    }
  }

  @Test("learning rates, schedules, clipping, averaging and β schedules are each lane's own")
  func ownSettings() throws {
    let optimizers: [ConfigValue] = [
      ["adam": ["learning_rate": 0.1]],
      ["adam": ["learning_rate": 0.02, "schedule": ["exponential": ["final": 0.01]], "warm_up": 5]],
      ["adam": ["clip_norm": 0.5, "average": 0.25]],
    ]
    let betas: [ConfigValue] = [2, ["linear": ["from": 0.1, "to": 1, "steps": 10]]]
    let runs = try optimizers.flatMap { optimizer in
      try betas.map { beta in
        (
          try settings(["model": "eight-schools", "steps": 30, "optimizer": optimizer, "beta": beta]),
          UInt64(7)
        )
      }
    }
    #expect(check(runs, "own settings") > 1)
  }

  @Test("every optimizer moves each lane as it moves it alone", arguments: gradientOptimizers())
  func optimizers(_ name: String) throws {
    for (family, precision): (ConfigValue, ConfigValue) in [
      ("mean-field", "float64"), ("full-rank", "float64"), ("full-rank", "float32"),
    ] {
      let runs = try [0.001, 0.01, 0.05].flatMap { rate in
        try [nil, 3].map { (limit: ConfigValue) in
          let run: ConfigMapping = [
            "model": "banana", "family": family, "precision": precision, "steps": 25,
            "beta": .number(1 + rate),
            "optimizer": optimizer(name, rate: rate, ["clip_norm": limit, "average": 0.4]),
          ]
          return (try settings(run), UInt64(1))
        }
      }
      #expect(check(runs, name) > 1)
    }
  }

  @Test("a place that falls free is taken by the next run, whatever became of the last")
  func freePlaces() throws {
    // A rate so high that some of the runs diverge, each at a step of its own.
    let runs = try (0..<40).map { index in
      (
        try settings([
          "model": "neals-funnel", "steps": 60, "record": ["every": 7],
          "optimizer": ["sgd": ["learning_rate": .number(index % 3 == 0 ? 5 : 0.001)]],
        ]), UInt64(index)
      )
    }
    #expect(check(runs, "free places") > 1)
    let endings = runs.map { fit($0.0, seed: $0.1).result.ending }
    #expect(endings.contains(.finished))
    #expect(endings.contains { if case .diverged = $0 { true } else { false } })
  }
}
