import NumericArrays
import ReverseTape

/// One run: φ, the optimizer's state and the programs that move it, all owned by the run.
///
/// Step t is evaluated at φ after t updates with the noise of (seed, t): steps 0 … T for T updates, so `steps: 0`
/// evaluates the start.
struct Fit<Scalar: KernelScalar>: ~Copyable {
  private let plan: FitPlan
  private let programs: StepPrograms
  private let seed: UInt64
  private let team: Team
  private let total: Int
  private let optimizer: any GradientOptimizer
  private let control: StepControl
  private let training: StepEvaluator<Scalar>
  private let recording: StepEvaluator<Scalar>
  /// The training program's own.
  private let parameters: UnsafeMutableBufferPointer<Scalar>
  private let moments: UnsafeMutableBufferPointer<Scalar>
  /// The running mean of the iterates, in Double.
  private var average: [Double] = []
  private var averaged = 0
  private var check: IdentityCheck

  init(
    _ plan: FitPlan, _ programs: StepPrograms, optimizer: any GradientOptimizer, start: [Double],
    seed: UInt64,
    team: Team
  ) {
    self.plan = plan
    self.programs = programs
    self.seed = seed
    let settings = plan.settings
    let count = programs.parameterCount
    self.optimizer = optimizer
    control = optimizer.control
    total = count == 0 ? 0 : settings.steps
    self.team = team
    func evaluator(_ program: Program) -> StepEvaluator<Scalar> {
      StepEvaluator(program, settings: settings, seed: seed, parameterCount: count, team: team)
    }
    recording = evaluator(programs.recording)
    training = settings.recordEvery == 1 ? recording : evaluator(programs.training)
    parameters = training.parameters
    moments = .allocate(capacity: max(1, count * type(of: optimizer).momentCount))
    moments.initialize(repeating: 0)
    for (index, value) in start.enumerated() { parameters[index] = Scalar(value) }
    check = IdentityCheck(
      identities: programs.layout.identities.count, draws: programs.recording.draws,
      precision: settings.precision)
  }

  deinit { moments.deallocate() }

  consuming func run(
    record: (StepTerms) throws -> Void, measure: (MetricPoint) throws -> Void, shouldStop: () -> Bool
  ) rethrows -> FitResult {
    let recordEvery = plan.settings.recordEvery
    let firstAveraged = control.firstAveraged(of: total)
    for step in 0...total {
      if step & 63 == 0, shouldStop() { return result(.interrupted, steps: step) }
      let isRecorded = step % recordEvery == 0 || step == total
      let evaluator = isRecorded ? recording : training
      evaluator.run(step: step, parameters: parameters)
      guard let gradNorm = evaluator.finiteGradNorm else {
        try record(recordedStep(step))
        let value = Double(recording.objective)
        let what = value.isFinite ? "the gradient" : "the objective (\(value.isNaN ? "nan" : "\(value)"))"
        return result(.diverged("step \(step): \(what) is not finite"), steps: step)
      }
      if isRecorded { try record(recordedStep(step, isEvaluated: true)) }
      if let firstAveraged, step >= firstAveraged { addToAverage() }
      if step < total, case .learning(let evaluator) = plan.ending, evaluator.isDue(step) {
        for point in evaluator.points(finalParameters, step: step, team: team) { try measure(point) }
      }
      if step < total { ascend(evaluator, gradNorm: gradNorm, step: step) }
    }
    switch plan.ending {
    case .inference(let yardstick): return finished(yardstick)
    case .learning(let evaluator):
      guard
        let (yardstick, points) = evaluator.final(
          finalParameters, step: total, team: team, shouldStop: shouldStop)
      else { return result(.interrupted, steps: total) }
      for point in points { try measure(point) }
      return finished(yardstick)
    }
  }

  // MARK: Parts of a step

  private func ascend(_ evaluator: StepEvaluator<Scalar>, gradNorm: Double, step: Int) {
    let gradient =
      if let limit = control.clipNorm, gradNorm > limit {
        evaluator.gradient(times: limit / gradNorm)
      } else {
        evaluator.gradient
      }
    guard let gradient, let start = parameters.baseAddress, let moments = moments.baseAddress else { return }
    evaluator.ascend(
      optimizer, start, gradient: gradient, moments: moments,
      rate: Scalar(control.rate(at: step, of: total)), update: step + 1)
  }

  private mutating func addToAverage() {
    if average.isEmpty { average = [Double](repeating: 0, count: programs.parameterCount) }
    averaged += 1
    let count = Double(averaged)
    average.withUnsafeMutableBufferPointer { average in
      for index in average.indices {
        average[index] += (Double(parameters[index]) - average[index]) / count
      }
    }
  }

  /// Reads the terms of a step from the recording program and checks them; evaluates it first unless it has been.
  private mutating func recordedStep(_ step: Int, isEvaluated: Bool = false) -> StepTerms {
    if !isEvaluated { recording.run(step: step, parameters: parameters) }
    return programs.layout.read(
      recording.value, step: step, objective: Double(recording.objective),
      beta: plan.settings.beta.value(at: step), gradNorm: recording.gradNorm, check: &check)
  }

  // MARK: The end

  private func finished(_ yardstick: Yardstick) -> FitResult {
    guard yardstick.elbo.isFinite else {
      return result(.diverged("step \(total): the final elbo is \(yardstick.elbo)"), steps: total)
    }
    var finished = result(.finished, steps: total)
    finished.yardstick = yardstick
    return finished
  }

  private consuming func finished(_ plan: YardstickPlan) -> FitResult {
    do {
      let (yardstick, suspect) = try plan.measure(finalParameters)
      if let suspect { check.report(suspect, at: total) }
      return finished(yardstick)
    } catch {
      return result(.diverged("step \(total): the final elbo cannot be estimated (\(error))"), steps: total)
    }
  }

  private var finalParameters: [Double] {
    averaged > 0 ? average : (0..<programs.parameterCount).map { Double(parameters[$0]) }
  }

  private func result(_ ending: FitResult.Ending, steps: Int) -> FitResult {
    FitResult(
      ending: ending, steps: steps, yardstick: nil, suspect: check.violation,
      exactTerms: Term.allCases.filter { programs.layout.exactTerms.contains($0) },
      identitiesChecked: check.checked, largestResidual: check.largestResidual, parameters: finalParameters)
  }
}
