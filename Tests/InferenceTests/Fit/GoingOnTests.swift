import Inference
import NumericArrays
import Testing

/// A run that is stopped and goes on has the bits of one that never was.
@Suite struct GoingOnTests {
  /// Expects of every run in parts what it has undisturbed; returns how often one went on. One that diverges early does not.
  private func check(
    _ runs: [(settings: RunSettings, seed: UInt64)], _ name: String, patience: Int = 1
  ) -> Int {
    let plan = FitPlan(runs[0].settings, runs: runs.count)
    let parted = RunsInParts(plan, runs, patience: patience)
    parted.execute()
    for (index, run) in runs.enumerated() {
      let whole = learn(run.settings, seed: run.seed)
      let result = parted.results[index]
      let place = "\(name), run \(index)"
      #expect(parted.steps[index].map(\.step) == whole.steps.map(\.step), "\(place)")
      #expect(parted.steps[index].map(\.bits) == whole.steps.map(\.bits), "\(place)")
      let points = parted.points[index].map { "\($0.metric) \($0.step) \($0.value.bitPattern)" }
      #expect(points == whole.points.map { "\($0.metric) \($0.step) \($0.value.bitPattern)" }, "\(place)")
      #expect(result?.parameters.map(\.bitPattern) == whole.result.parameters.map(\.bitPattern), "\(place)")
      #expect(result?.ending == whole.result.ending && result?.steps == whole.result.steps, "\(place)")
      #expect(result?.yardstick == whole.result.yardstick, "\(place)")
      #expect(result?.suspect == whole.result.suspect, "\(place)")
      #expect(result?.identitiesChecked == whole.result.identitiesChecked, "\(place)")
      #expect(
        result?.largestResidual?.bitPattern == whole.result.largestResidual?.bitPattern, "\(place)")
    }
    return parted.resumed
  }

  /// Those that go with a family; the last has all that they share.
  private static func optimizers(for family: ConfigValue) -> [ConfigValue] {
    gradientOptimizers(for: family).map { optimizer($0, rate: 0.001) } + [
      ["adam": ["learning_rate": 0.02, "schedule": "cosine", "warm_up": 5, "average": 0.6, "clip_norm": 0.5]]
    ]
  }

  /// 150 steps are three parts: a fit is asked every 64 steps. 64 is no multiple of 7, nor is 150.
  @Test(
    "over models, families, optimizers, precisions and cadences, alone and together", arguments: ModelCase.all
  )
  func registries(_ model: ModelCase) throws {
    var turn = 0
    var resumed = 0
    for family in familyCases {
      let optimizers = Self.optimizers(for: family)
      for precision in [Precision.float64, .float32] {
        let run: ConfigMapping = [
          "family": family, "steps": 150, "samples": 2, "precision": .text(precision.rawValue),
          "optimizer": optimizers[turn % optimizers.count],
          "record": ["every": [1, 7, 1000][turn % 3]],
          "beta": turn % 2 == 0 ? 2 : ["linear": ["from": 0.1, "to": 1, "steps": 100]],
        ]
        // A family without parameters makes no steps.
        guard let settings = model.accepted(run), family != "exact" else { continue }
        turn += 1
        resumed += check([(settings, 3)], "\(run), alone")
        resumed += check((0..<3).map { (settings, UInt64($0)) }, "\(run), together")
      }
    }
    #expect(resumed > 0)
  }

  @Test("every optimizer, with lanes that fall free at different steps")
  func lanes() throws {
    for optimizer in Self.optimizers(for: "mean-field") {
      // Some diverge, each at a step of its own, and others take their places.
      let runs = try (0..<30).map { index in
        let run: ConfigMapping = [
          "model": "neals-funnel", "steps": 200, "record": ["every": 7], "optimizer": optimizer,
          "initial": ["location": .number(index % 4 == 0 ? 60 : 0.1), "scale": 0.5],
        ]
        return (try settings(run), UInt64(index))
      }
      #expect(check(runs, "\(optimizer)") > 0)
    }
  }

  /// Each pilot asks once for its climbs, which all fit into one replay: the first save that finds a run at a step comes after those of three.
  @Test(
    "what a pilot chose goes on, and a pilot that is stopped starts again",
    arguments: gradientOptimizers(), [1, 2, 5])
  func pilots(_ name: String, patience: Int) throws {
    let rates: ConfigValue = PilotTests.rated.contains(name) ? [1, 0.05] : nil
    let run: ConfigMapping = [
      "model": "eight-schools", "steps": 200, "record": ["every": 7], "optimizer": .text(name), "samples": 2,
      "pilot": ["starts": 3, "learning_rates": rates, "steps": 20, "draws": 10],
    ]
    let own = try settings(run)
    let resumed = check((0..<3).map { (own, UInt64($0)) }, name, patience: patience)
    #expect(patience < 5 || resumed > 0)
    #expect(check([(own, 4)], name, patience: 2) > 0)
    // The state of a run without a pilot does not say at which rate it was.
    let keeper = StateKeeper(try settings(run.with(["pilot": nil])))
    FitPlan(try settings(run.with(["pilot": nil]))).run(keeper)
    #expect(!FitPlan(own).canGoOn(from: try #require(keeper.state)))
  }

  @Test(
    "learned models, over minibatches and all rows, with held-out data, and EM", arguments: LearnedCase.all)
  func learned(_ model: LearnedCase) throws {
    var resumed = 0
    let gradient: [ConfigMapping] = familyCases.flatMap { family in
      [nil, 5].map { (minibatch: ConfigValue) in
        [
          "family": family, "minibatch": minibatch, "steps": 150, "samples": 2, "record": ["every": 7],
          "optimizer": Self.optimizers(for: "delta").last ?? "adam",
        ]
      }
    }
    let climbs: [ConfigMapping] = [nil, 5].flatMap { (minibatch: ConfigValue) in
      [1, 3].map { starts in
        [
          "family": "exact", "optimizer": ["em": ["tolerance": 0, "starts": .integer(starts)]], "steps": 9,
          "minibatch": minibatch, "record": ["every": 3],
        ]
      }
    }
    for run in gradient + climbs {
      for precision: ConfigValue in ["float64", "float32"] {
        let run = run.with(["precision": precision, "evaluate": ["every": 50, "nll_samples": 2]])
        guard let settings = model.accepted(run) else { continue }
        resumed += check([(settings, 5)], "\(run)")
      }
    }
    #expect(resumed > 1)
  }

  @Test("learned models by objectives of rates, whose schedule or multiplier goes on with them")
  func rates() throws {
    let model = LearnedCase.example(LinearVAE.self)
    var resumed = 0
    for objective in RateObjectiveTests.cases + [
      ["capacity": ["capacity": ["linear": ["to": 2, "steps": 100]]]],
      ["geco": ["tolerance": 1.5, "rate": 0.05, "decay": 0.9]],
    ] {
      for precision: ConfigValue in ["float64", "float32"] {
        let settings = try model.settings([
          "objective": objective, "precision": precision, "minibatch": 5, "steps": 150,
          "record": ["every": 7],
        ])
        resumed += check([(settings, 5)], objective.inlineText)
      }
    }
    #expect(resumed > 0)
    let constrained = try model.settings(["objective": ["geco": ["tolerance": 1]], "steps": 150])
    let plain = try model.settings(["steps": 150])
    let parted = StateKeeper(plain)
    FitPlan(plain).run(parted)
    let state = try #require(parted.state)
    #expect(FitPlan(plain).canGoOn(from: state))
    #expect(!FitPlan(constrained).canGoOn(from: state), "without a multiplier")
  }

  @Test("what an estimator has learned goes on with the run, whatever moves the parameters")
  func controlVariates() throws {
    for estimator in EstimatorTests.learnedControls {
      let base: ConfigMapping = [
        "model": "eight-schools", "family": "mean-field", "estimator": estimator, "steps": 200,
        "samples": 1,
        "record": ["every": 7, "gradient_noise": 50],
      ]
      for precision: ConfigValue in ["float64", "float32"] {
        let run = try settings(base.with(["precision": precision]))
        #expect(check((0..<3).map { (run, UInt64($0)) }, estimator.inlineText) > 0)
      }
      let averaged = try settings(base.with(["optimizer": ["raabbvi": ["window": 40]]]))
      #expect(check([(averaged, 2)], estimator.inlineText) > 0)
      for run in [try settings(base), averaged] {
        let keeper = StateKeeper(run)
        FitPlan(run).run(keeper)
        let state = try #require(keeper.state)
        #expect(FitPlan(run).canGoOn(from: state))
        for name in state.numbers.keys where name.hasPrefix("control_variate") {
          var lacking = state
          lacking.numbers[name] = nil
          #expect(!FitPlan(run).canGoOn(from: lacking), "without \(name)")
        }
        #expect(state.numbers[LearnedControl.signalsSlot]?.count == 1)
      }
    }
  }

  /// Windows of 40 make rates of a hundred steps or some hundred: runs are stopped within the first, within later ones and at their ends.
  @Test("averaged iterates, over families, through several rates")
  func averages() throws {
    for family: ConfigValue in ["mean-field", "full-rank", "block-diagonal"] {
      let run: ConfigMapping = [
        "model": ["correlated-gaussian": ["dimension": 3]], "family": family, "steps": 1500,
        "record": ["every": 7],
      ]
      let runs = try [0.3, 0.1].map { (rate: Double) in
        let optimizer: ConfigValue = ["raabbvi": ["learning_rate": .number(rate), "window": 40, "mcse": 0.3]]
        return (try settings(run.with(["optimizer": optimizer])), UInt64(2))
      }
      #expect(learn(runs[0].0, seed: 2).points.count { $0.metric == "learning_rate" } > 1)
      #expect(check(runs, "\(family)") > 5)
      let plan = FitPlan(runs[0].0)
      let keeper = StateKeeper(runs[0].0)
      plan.run(keeper)
      let state = try #require(keeper.state)
      #expect(plan.canGoOn(from: state))
      for name in state.numbers.keys where !name.hasPrefix("average") {
        var lacking = state
        lacking.numbers[name] = nil
        #expect(!plan.canGoOn(from: lacking), "without \(name)")
      }
    }
  }

  @Test("a state of another program is refused")
  func otherProgram() throws {
    let small = try settings(["model": "banana", "steps": 100])
    let large = FitPlan(try settings(["model": "eight-schools", "steps": 100]))
    let parted = StateKeeper(small)
    FitPlan(small).run(parted)
    let state = try #require(parted.state)
    #expect(state.step == 64)
    #expect(FitPlan(small).canGoOn(from: state))
    #expect(!large.canGoOn(from: state))
    #expect(
      !FitPlan(try settings(["model": "banana", "steps": 50])).canGoOn(from: state), "beyond its steps")
    for name in state.numbers.keys {
      var lacking = state
      lacking.numbers[name] = nil
      #expect(!FitPlan(small).canGoOn(from: lacking), "without \(name)")
    }
  }
}
