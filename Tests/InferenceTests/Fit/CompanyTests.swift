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
        let run = climbed(family).with([
          "steps": 12, "samples": .integer(samples), "precision": .text(precision.rawValue),
          "record": ["every": 5], "initial": ["location": 0.1, "scale": 0.5],
        ])
        let cells = [0.5, 1, 4].compactMap { beta in
          model.accepted(run.with(["beta": .number(beta)]))
        }
        guard cells.count == 3 else { continue }
        #expect(cells[0].planConfiguration == cells[1].planConfiguration)
        check((0..<6).map { (cells[$0 % 3], UInt64($0 / 3)) }, "\(model.testDescription), \(family)")
      }
    }
  }

  /// What a plan made for so many runs finds of some of them.
  private func execute(_ runs: [(settings: RunSettings, seed: UInt64)], plannedFor count: Int) -> (
    lanes: Int, found: [Found]
  ) {
    let plan = FitPlan(runs[0].settings, runs: count)
    let together = RunsTogether(runs)
    plan.run(together)
    let found = runs.indices.map { index in
      Found(together.steps[index], together.points[index], together.results[index])
    }
    return (plan.lanes, found)
  }

  /// The numbers of a run, as bits.
  private struct Found: Equatable {
    var steps: [[UInt64?]]
    var points: [UInt64]
    var parameters: [UInt64]?
    var yardstick: Yardstick?

    init(_ steps: [StepTerms], _ points: [MetricPoint], _ result: FitResult?) {
      self.steps = steps.map(\.bits)
      self.points = points.map(\.value.bits)
      parameters = result?.parameters.map(\.bits)
      yardstick = result?.yardstick
    }
  }

  @Test("float32 alone and among 16, 32 and 64, over models and families", arguments: ModelCase.all)
  func manyLanes(_ model: ModelCase) throws {
    for family in familyCases {
      for samples in [1, 3] {
        let run: ConfigMapping = [
          "family": family, "steps": 4, "samples": .integer(samples), "precision": "float32",
          "record": ["every": 3], "initial": ["location": 0.1, "scale": 0.5],
        ]
        guard let cell = model.accepted(run) else { continue }
        // The last two take the places of others that have ended.
        let runs = (0..<66).map { (settings: cell, seed: UInt64($0)) }
        let most = execute(runs, plannedFor: 256)
        // Programs that are too large for more have no other lanes than in the test above.
        guard most.lanes > 16 else { continue }
        let name = "\(model.testDescription), \(family), \(samples) samples"
        #expect(execute(runs, plannedFor: 128).found == most.found, "\(name)")
        #expect(
          execute(Array(runs.prefix(18)), plannedFor: 18).found == Array(most.found.prefix(18)), "\(name)")
        for index in [0, 17, 40, 63, 65] {
          let alone = learn(cell, seed: UInt64(index))
          let own = Found(alone.steps, alone.points, alone.result)
          #expect(most.found[index] == own, "\(name), run \(index)")
        }
      }
    }
  }

  @Test(
    "small programs have 64 lanes, larger ones as many as stay near the processor",
    arguments: [(1, [1, 8, 16, 32, 64]), (16, [1, 8, 16, 16, 16])])
  func laneCounts(samples: Int, lanes: [Int]) throws {
    let run = try settings([
      "model": "eight-schools", "family": "mean-field", "precision": "float32", "samples": .integer(samples),
    ])
    #expect([1, 8, 127, 128, 256].map { FitPlan(run, runs: $0).lanes } == lanes)
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

  @Test("the pilot of a run chooses as it does alone", arguments: gradientOptimizers())
  func pilots(_ name: String) throws {
    let rates: ConfigValue = PilotTests.rated.contains(name) ? [1, 0.05] : nil
    for (model, precision): (ConfigValue, ConfigValue) in [
      ("eight-schools", "float64"), ("banana", "float32"),
    ] {
      let runs = try [0.5, 1, 4].flatMap { (beta: Double) in
        try (0..<3).map { seed in
          let run: ConfigMapping = [
            "model": model, "precision": precision, "steps": 25, "beta": .number(beta),
            "record": ["every": 4], "optimizer": .text(name),
            "pilot": ["starts": 3, "learning_rates": rates, "steps": 20, "draws": 10],
          ]
          return (try settings(run), UInt64(seed))
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
