package import NumericArrays
import ReverseTape

/// What runs of one program share: validated settings and compiled programs. Immutable; made once, used by every run.
public struct FitPlan: Sendable {
  public let settings: RunSettings
  let engine: Engine
  let ending: Ending
  private let gradientNoise: GradientNoise?
  /// What says where runs begin, and at which rate; nil where their settings do.
  let pilot: Pilot?
  /// The step that runs end at.
  let lastStep: Int
  /// Whether runs are evaluated between their steps. Asked at every step, where the ending itself would be copied.
  let hasEvaluations: Bool

  /// What moves the parameters.
  enum Engine: Sendable {
    case gradient(any GradientOptimizer, StepProgram)
    case expectationMaximization(ExpectationMaximization, HalfStepPrograms)
    case sampling(any PosteriorSampler, InferenceTask)
    case finding(any GaussianFinder)
    case deterministic(DeterministicInference, StepProgram, LinearResponse?)
    case coordinates(CoordinateAscent, StepProgram)
    case averaging(RobustAutomatedAscent, StepProgram)
  }

  /// What evaluates them in the end.
  enum Ending: Sendable {
    indirect case inference(FittedEvaluation)
    case learning(LearningEvaluator)
    /// Draws are evaluated where they are made.
    case draws
    /// Climbs are judged by whom they are for.
    case climb
  }

  /// - Parameter runs: how many runs there are to be executed: several small ones are replayed together.
  /// - Precondition: where every seed has its own data, the settings are those of one seed (``RunSettings/replicate(seed:)``).
  public init(_ settings: RunSettings, runs: Int = 1) {
    precondition(settings.hasData, "a plan for the data of one seed")
    self.settings = settings
    lastStep = settings.steps
    pilot = settings.pilot.map { Pilot($0, of: settings) }
    if let sampler = settings.family as? any PosteriorSampler, case .inference(let task) = settings.task {
      engine = .sampling(sampler, task)
      ending = .draws
      gradientNoise = nil
      hasEvaluations = false
      return
    }
    switch (settings.optimizer, settings.task) {
    case (let finder as any GaussianFinder, .inference):
      engine = .finding(finder)
    case (let optimizer as DeterministicInference, .inference):
      engine = .deterministic(
        optimizer, StepProgram(settings), optimizer.linearResponse ? LinearResponse(settings) : nil)
    case (let optimizer as CoordinateAscent, .inference):
      engine = .coordinates(optimizer, StepProgram(settings))
    case (let optimizer as RobustAutomatedAscent, .inference):
      engine = .averaging(optimizer, StepProgram(settings))
    case (let optimizer as ExpectationMaximization, .learning(let task)):
      engine = .expectationMaximization(optimizer, HalfStepPrograms(task, settings))
    case (let optimizer as any GradientOptimizer, _):
      engine = .gradient(optimizer, StepProgram(settings, mostLanes: Self.lanes(for: runs)))
    default:
      preconditionFailure("an optimizer without an engine")
    }
    switch settings.task {
    case .inference:
      ending = .inference(FittedEvaluation(settings))
    case .learning(let task): ending = .learning(LearningEvaluator(task, settings))
    case .program: preconditionFailure("a program fits elsewhere")
    }
    gradientNoise = GradientNoise(settings)
    if case .learning(let evaluator) = ending {
      hasEvaluations = evaluator.task.evaluation.every != nil
    } else {
      hasEvaluations = gradientNoise != nil
    }
  }

  /// A plan for the first steps of runs, which are not recorded, and whose ends are not evaluated.
  ///
  /// - Precondition: the optimizer is one of gradients.
  init(climbsOf pilot: PilotSettings, _ settings: RunSettings) {
    guard let optimizer = settings.optimizer as? any GradientOptimizer else {
      preconditionFailure("a pilot of an optimizer without gradients")
    }
    var own = settings
    own.recordEvery = pilot.steps + 1
    own.gradientNoise = nil
    self.settings = own
    lastStep = pilot.steps
    self.pilot = nil
    engine = .gradient(optimizer, StepProgram(own, mostLanes: Self.lanes(for: pilot.climbs)))
    ending = .climb
    gradientNoise = nil
    hasEvaluations = false
  }

  /// How many of so many runs are executed together at most: whole vectors, and more than 16 only where they are filled four
  /// times, so that what the last filling leaves free is little.
  public static func lanes(for runs: Int) -> Int {
    switch runs {
    case ...1: 1
    case ...8: 8
    case ..<128: 16
    case ..<256: 32
    default: 64
    }
  }

  /// How many runs are executed at once.
  public var lanes: Int {
    switch engine {
    case .gradient(_, let program): program.program.lanes
    case .expectationMaximization, .sampling, .finding, .deterministic, .coordinates, .averaging: 1
    }
  }

  /// Executes the source's runs until there are no more.
  public func run(_ source: any FitSource) {
    switch engine {
    case .expectationMaximization(let optimizer, let programs):
      while let run = source.next() { climb(run, optimizer, programs, source) }
    case .sampling(let sampler, let task):
      while let run = source.next() {
        announce(run, source)
        // Where runs share a plan, their starts may differ.
        var own = task
        if case .inference(let task) = run.settings.task { own = task }
        source.end(sampler.execute(run, own, source), of: run.number)
      }
    case .finding(let finder):
      guard case .inference(let evaluation) = ending else { return }
      while let run = source.next() {
        announce(run, source)
        let fit = GaussianFit(run: run, finder: finder, evaluation: evaluation)
        source.end(fit.execute(source), of: run.number)
      }
    case .deterministic(let optimizer, let program, let response):
      guard case .inference(let evaluation) = ending else { return }
      while let run = source.next() {
        announce(run, source)
        let fit = DeterministicFit(
          run: run, optimizer: optimizer, program: program, evaluation: evaluation, response: response)
        source.end(fit.execute(source), of: run.number)
      }
    case .coordinates(let optimizer, let program):
      guard case .inference(let evaluation) = ending else { return }
      while let run = source.next() {
        announce(run, source)
        let fit = CoordinateFit(run: run, optimizer: optimizer, program: program, evaluation: evaluation)
        source.end(fit.execute(source), of: run.number)
      }
    case .averaging(_, let program):
      while let run = source.next() {
        if run.state == nil { announce(run, source) }
        source.end(AveragedFit(self, program, run, source).execute(), of: run.number)
      }
    case .gradient(let optimizer, let program):
      switch settings.precision {
      case .float64:
        var fit = Fit<Double>(self, program, optimizer: optimizer, source: source)
        fit.run()
      case .float32:
        var fit = Fit<Float>(self, program, optimizer: optimizer, source: source)
        fit.run()
      }
    }
  }

  private func climb(
    _ run: FitRun, _ optimizer: ExpectationMaximization, _ programs: HalfStepPrograms, _ source: any FitSource
  ) {
    announce(run, source)
    let halfSteps = HalfSteps(self, optimizer, programs, seed: run.seed, team: source.team)
    let result = halfSteps.run(from: run.state) { terms in
      source.record(RecordedSteps(terms), of: run.number)
    } measure: { point in
      source.measure(point, of: run.number)
    } shouldStop: { state in
      let request = source.request()
      switch request {
      case .save, .stop: if let state { source.save(state(), of: run.number) }
      case .goOn, .handOver, .end: break
      }
      return request.ends(run.number)
    }
    source.end(result, of: run.number)
  }

  /// Reports what is evaluated after `step` updates, the last evaluation apart.
  ///
  /// - Parameter carried: what the former steps have left in slots.
  func evaluate(
    _ run: FitRun, _ parameters: [Double], carried: [String: [Double]], step: Int, isLast: Bool,
    _ source: any FitSource
  ) {
    if let gradientNoise, gradientNoise.isDue(step) {
      for point in gradientNoise.points(
        parameters, beta: run.settings.beta.value(at: step), carried: carried, step: step, seed: run.seed)
      {
        source.measure(point, of: run.number)
      }
    }
    guard !isLast, case .learning(let evaluator) = ending, evaluator.isDue(step) else { return }
    for point in evaluator.points(parameters, step: step, team: source.team) {
      source.measure(point, of: run.number)
    }
  }

  /// Reports what is known before a run's first step.
  func announce(_ run: FitRun, _ source: any FitSource) {
    let facts: [MetricPoint]
    switch (ending, settings.task) {
    case (.learning(let evaluator), _): facts = evaluator.facts
    case (.inference, .inference(let task)),
      (.draws, .inference(let task)) where task.model.observationCount > 0:
      // What a gradient looks at, where there are no minibatches.
      facts = [MetricPoint("observations", step: 0, Double(task.model.observationCount))]
    default: facts = []
    }
    for point in facts { source.measure(point, of: run.number) }
  }
}

extension RunSettings {
  /// What runs must have in common to be executed by one plan: all but β, the start, the learning rate and its schedule, clipping
  /// and averaging.
  public var planConfiguration: ConfigMapping {
    var shared = ConfigMapping()
    for entry in configuration.entries where entry.key != "beta" && entry.key != "initial" {
      if entry.key == "optimizer", case .mapping(let choice) = entry.value {
        shared["optimizer"] = .mapping(Self.withoutStepControl(choice))
      } else {
        shared[entry.key] = entry.value
      }
    }
    return shared
  }

  private static func withoutStepControl(_ choice: ConfigMapping) -> ConfigMapping {
    let own: Set = ["learning_rate", "schedule", "warm_up", "clip_norm", "average"]
    var result = ConfigMapping()
    for entry in choice.entries {
      if case .mapping(let options) = entry.value {
        var shared = ConfigMapping()
        for option in options.entries where !own.contains(option.key) { shared[option.key] = option.value }
        result[entry.key] = .mapping(shared)
      } else {
        result[entry.key] = entry.value
      }
    }
    return result
  }

  /// The parameters that a seed starts from.
  func start(seed: UInt64) throws(DegenerateModel) -> [Double] {
    let noise = NoiseStream(seed: seed, purpose: .initial)
    switch task {
    case .inference(let task):
      let count = task.family.parameterCount(for: task.model)
      if count == 0 { return [] }
      return task.family.parameters(
        near: task.start.gaussian(for: task.family), model: task.model,
        noise: noise.normals(dimension: count, draws: 1, step: 0))
    case .learning(let task):
      return try task.initialParameters(noise: noise, start: 0)
    case .program: preconditionFailure("a program starts elsewhere")
    }
  }
}

extension LearningTask {
  /// θ, and then the encoder's parameters, to start from.
  package func initialParameters(noise: NoiseStream, start: Int) throws(DegenerateModel) -> [Double] {
    let theta = try model.initialParameters(data.training, noise: noise, start: start)
    switch posterior {
    case .exact: return theta
    case .encoded(_, let encoder): return theta + encoder.initial(noise, firstStep: 1 << 40)
    }
  }
}
