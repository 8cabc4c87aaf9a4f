public import NumericArrays
import ReverseTape

/// What all runs of a cell share: validated settings and compiled programs. Immutable; made once, used by every seed.
public struct FitPlan: Sendable {
  public let settings: RunSettings
  let engine: Engine
  let ending: Ending

  /// What moves the parameters.
  enum Engine: Sendable {
    case gradient(any GradientOptimizer, StepPrograms)
    case expectationMaximization(ExpectationMaximization, HalfStepPrograms)
  }

  /// What evaluates them in the end.
  enum Ending: Sendable {
    case inference(YardstickPlan)
    case learning(LearningEvaluator)
  }

  public init(_ settings: RunSettings) {
    self.settings = settings
    switch (settings.optimizer, settings.task) {
    case (let optimizer as ExpectationMaximization, .learning(let task)):
      engine = .expectationMaximization(optimizer, HalfStepPrograms(task, settings))
    case (let optimizer as any GradientOptimizer, _):
      engine = .gradient(optimizer, StepPrograms(settings))
    default:
      preconditionFailure("an optimizer without an engine")
    }
    switch settings.task {
    case .inference: ending = .inference(YardstickPlan(settings))
    case .learning(let task): ending = .learning(LearningEvaluator(task, settings))
    }
  }

  /// The number of kernel calls of one unrecorded step.
  public var instructionsPerStep: Int {
    switch engine {
    case .gradient(_, let programs): programs.training.instructionCount
    case .expectationMaximization(_, let programs): programs.instructionCount
    }
  }

  /// Runs the fit of one seed.
  ///
  /// - Parameters:
  ///   - team: the threads that share the work of large programs; how many changes no number.
  ///   - record: receives every recorded step, in order.
  ///   - measure: receives every recorded value that is no term of the bound.
  ///   - shouldStop: asked before each step; true ends the fit as interrupted.
  public func run(
    seed: UInt64, team: Team = Team(), record: (StepTerms) throws -> Void,
    measure: (MetricPoint) throws -> Void, shouldStop: () -> Bool
  ) rethrows -> FitResult {
    if case .learning(let evaluator) = ending {
      for point in evaluator.facts { try measure(point) }
    }
    switch engine {
    case .expectationMaximization(let optimizer, let programs):
      return try HalfSteps(self, optimizer, programs, seed: seed, team: team).run(
        record: record, measure: measure, shouldStop: shouldStop)
    case .gradient(let optimizer, let programs):
      let start: [Double]
      do throws(DegenerateModel) {
        start = try self.start(seed: seed)
      } catch {
        return FitResult(degenerate: error, steps: 0)
      }
      switch settings.precision {
      case .float64:
        return try Fit<Double>(self, programs, optimizer: optimizer, start: start, seed: seed, team: team)
          .run(record: record, measure: measure, shouldStop: shouldStop)
      case .float32:
        return try Fit<Float>(self, programs, optimizer: optimizer, start: start, seed: seed, team: team)
          .run(record: record, measure: measure, shouldStop: shouldStop)
      }
    }
  }

  /// The same without the values that are no terms of the bound.
  public func run(
    seed: UInt64, record: (StepTerms) throws -> Void, shouldStop: () -> Bool = { false }
  ) rethrows -> FitResult {
    try run(seed: seed, record: record, measure: { _ in }, shouldStop: shouldStop)
  }

  /// The parameters that a seed starts from.
  private func start(seed: UInt64) throws(DegenerateModel) -> [Double] {
    let noise = NoiseStream(seed: seed, purpose: .initial)
    switch settings.task {
    case .inference(let task):
      let count = task.family.parameterCount(for: task.model)
      return task.family.parameters(
        near: task.start, model: task.model, noise: noise.normals(dimension: count, draws: 1, step: 0))
    case .learning(let task):
      return try task.initialParameters(noise: noise, start: 0)
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
