import Foundation
import NumericArrays
import ReverseTape

/// The run of averaged iterates at falling learning rates: a step is an update, or the jump to the average that a rate ends with.
///
/// Step t is evaluated at the iterate, with the noise of (seed, t); the averages are what the run is for.
final class AveragedFit {
  private let plan: FitPlan
  private let run: FitRun
  private let optimizer: RobustAutomatedAscent
  private let family: any FactoredGaussian
  private let model: any Model
  private let program: StepProgram
  private let source: any FitSource
  private let evaluator: Evaluator<Double>
  private let total: Int
  private var inputs: StepInputs<Double>
  private var recorder: StepRecorder<Double>
  private let lane: FitLane
  private var ascent: AveragedAscent
  /// What is done to very many parameters; nil where the program has their gradient's squared norm.
  private let passes: ParameterPasses<Double>?
  private let ownNorm: UnsafeMutablePointer<Double>
  private let squaredNorm: UnsafePointer<Double>

  /// - Precondition: the family is one of factored Gaussians.
  init(_ plan: FitPlan, _ program: StepProgram, _ run: FitRun, _ source: any FitSource) {
    guard case .inference(let task) = run.settings.task, let family = task.family as? any FactoredGaussian,
      let optimizer = run.settings.optimizer as? RobustAutomatedAscent,
      let start = try? run.settings.start(seed: run.seed)
    else { preconditionFailure("a run of another kind is refused") }
    self.plan = plan
    self.run = run
    self.optimizer = optimizer
    self.family = family
    self.model = task.model
    self.program = program
    self.source = source
    total = run.settings.steps
    evaluator = Evaluator(program.program, team: source.team)
    let count = program.parameterCount
    passes = program.hasSquaredNorm ? nil : ParameterPasses(count: count, team: source.team)
    ownNorm = .allocate(capacity: 1)
    ownNorm.initialize(to: 0)
    squaredNorm =
      program.hasSquaredNorm
      ? UnsafePointer(evaluator.output(StepProgram.squaredNorm).baseAddress) ?? UnsafePointer(ownNorm)
      : UnsafePointer(ownNorm)
    inputs = StepInputs(evaluator, program, run.settings)
    inputs.open(
      0, run, start: run.state?.numbers[FitLane.Key.parameters] ?? start, evaluator, team: source.team)
    let every = run.settings.recordEvery
    recorder = StepRecorder(evaluator, program, squaredNorm: squaredNorm, stride: every)
    let step = run.state?.step ?? 0
    recorder.open(0, at: (step + every - 1) / every * every)
    lane = FitLane(
      run, control: StepControl(averaging: 0), total: total,
      check: IdentityCheck(program.layout, program.program.draws, run.settings.precision))
    ascent =
      run.state.flatMap { AveragedAscent($0, optimizer, family, count: count) }
      ?? AveragedAscent(optimizer, family, count: count)
    if let state = run.state { lane.restore(from: state) }
  }

  deinit { ownNorm.deallocate() }

  func execute() -> FitResult {
    guard let slot = inputs.parameters else { preconditionFailure("a Gaussian without parameters") }
    var tick = 0
    while true {
      if tick & 63 == 0, let result = answer(source.request(), slot) { return result }
      tick += 1
      let step = inputs.step(of: 0)
      inputs.fill()
      evaluator.run()
      let gradient = evaluator.output(StepProgram.gradient)
      if let passes, let start = gradient.baseAddress { ownNorm.pointee = passes.squaredNorm(start) }
      let objective = evaluator.output(StepProgram.objective)[0]
      let isFinite = objective.isFinite && squaredNorm.pointee.isFinite
      guard isFinite else {
        record(step, isLast: true)
        let what =
          objective.isFinite ? "the gradient" : "the objective (\(objective.isNaN ? "nan" : "\(objective)"))"
        return result(.diverged("step \(step): \(what) is not finite"), step)
      }
      let average = ascent.observe(slot, logScales: model.dimension..<2 * model.dimension)
      var verdict: AveragedAscent.Verdict?
      if let average { verdict = ascent.finishRate(average, family, model) }
      let isLast = verdict?.isTerminal ?? false || step == total
      record(step, isLast: isLast)
      if plan.hasEvaluations {
        plan.evaluate(
          run, Array(slot), carried: inputs.carried(of: 0), step: step, isLast: isLast, source)
      }
      for point in verdict?.points(step: step) ?? [] { source.measure(point, of: run.number) }
      if isLast { return finish(step, isTerminated: verdict?.isTerminal ?? false, Array(slot)) }
      if let average {
        for index in slot.indices { slot[index] = average[index] }
      } else {
        ascent.move(slot, gradient)
      }
      inputs.advance()
    }
  }

  /// Does what the caller asks for; the end, where that is it.
  private func answer(_ request: FitRequest, _ slot: UnsafeMutableBufferPointer<Double>)
    -> FitResult?
  {
    switch request {
    case .goOn: return nil
    case .handOver: handOver()
    case .save: save(slot)
    case .stop:
      save(slot)
      return result(.interrupted, inputs.step(of: 0))
    case .end(let runs):
      if runs.contains(run.number) {
        handOver()
        return result(.interrupted, inputs.step(of: 0))
      }
    }
    return nil
  }

  /// Says where the run is, whose step is not evaluated.
  private func save(_ slot: UnsafeMutableBufferPointer<Double>) {
    handOver()
    guard inputs.step(of: 0) > 0 else { return }
    var state = FitState(step: inputs.step(of: 0))
    state.numbers[FitLane.Key.parameters] = Array(slot)
    state.numbers.merge(inputs.carried(of: 0)) { _, carried in carried }
    ascent.save(into: &state)
    lane.save(into: &state)
    source.save(state, of: run.number)
  }

  // MARK: Records

  private func record(_ step: Int, isLast: Bool) {
    let isDue = step.isMultiple(of: run.settings.recordEvery)
    if isDue || isLast {
      evaluator.runFurther()
      if !isDue {
        handOver()
        recorder.open(0, at: step)
      }
      recorder.append()
    }
    if isLast || recorder.isFull { handOver() }
  }

  private func handOver() {
    if let steps = recorder.take(0, lane) { source.record(steps, of: run.number) }
    recorder.clear()
  }

  // MARK: Ends

  private func finish(_ step: Int, isTerminated: Bool, _ iterate: [Double]) -> FitResult {
    guard case .inference(let evaluation) = plan.ending else { preconditionFailure("latents are inferred") }
    var result = result(.finished, step)
    result.parameters = ascent.best ?? iterate
    if !isTerminated, result.suspect == nil {
      result.suspect = "step \(step): \(type(of: optimizer).name) has not terminated: \(ascent.obstacle)"
    }
    guard evaluation.finish(&result, beta: run.settings.beta.constant, of: run.number, source) else {
      return result
    }
    source.measure(MetricPoint("terminated", step: step, isTerminated ? 1 : 0), of: run.number)
    return result
  }

  private func result(_ ending: FitResult.Ending, _ step: Int) -> FitResult {
    FitResult(
      ending: ending, steps: step, yardstick: nil, suspect: lane.check.violation,
      exactTerms: Term.allCases.filter { program.layout.exactTerms.contains($0) },
      identitiesChecked: lane.check.checked, largestResidual: lane.check.largestResidual, parameters: [])
  }
}
