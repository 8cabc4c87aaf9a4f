import NumericArrays
import ReverseTape

/// Runs of one plan, as many at once as its program has lanes: each lane has φ, moments, noise, β and learning rate of its
/// own, and the bits that it has alone.
///
/// Step t is evaluated at φ after t updates with the noise of (seed, t): steps 0 … T for T updates, so `steps: 0`
/// evaluates the start. A lane whose run ends takes the next run when the others are as far from a step of the cadence as
/// that (at one, where it starts), so that all are recorded together.
struct Fit<Scalar: KernelScalar>: ~Copyable {
  let plan: FitPlan
  let program: StepProgram
  let source: any FitSource
  let lanes: Int
  let evaluator: Evaluator<Scalar>
  private let optimizer: any GradientOptimizer
  /// The updates of a whole run, and those after which these end.
  private let total: Int
  private let last: Int
  private let recordEvery: Int
  private var inputs: StepInputs<Scalar>
  private var update: StepUpdate<Scalar>
  private var recorder: StepRecorder<Scalar>
  /// nil where the lane is free.
  private var states: [FitLane?]
  private let isActive: UnsafeMutablePointer<Bool>
  private var activeCount = 0
  /// No active lane is at its last step before as many updates more; 0 where that is not known.
  private var updatesLeft = 0
  /// Whether a lane has something to do at steps between the recorded ones.
  private var hasChores = false
  /// The run that is to be executed next, where it goes on at a step that the others are not at.
  private var pending: FitRun?
  /// What the source has asked for during pilots.
  private var requests: [FitRequest] = []
  /// The phase at which the next run can join the others; -1 where there are no more.
  private var joiningPhase = 0
  /// The steps since the last one of the cadence.
  private var phase = 0
  private let objective: UnsafeBufferPointer<Scalar>
  /// The gradient's, `[lanes]`; nil where there is none.
  private let squaredNorm: UnsafePointer<Scalar>?
  /// What is done to very many parameters, and where their gradient's squared norm is put; nil where they are few.
  private let passes: ParameterPasses<Scalar>?
  private let ownNorm: UnsafeMutablePointer<Scalar>
  /// Of the evaluations at the ends of runs.
  private var workspace = FittedEvaluation.Workspace()

  init(
    _ plan: FitPlan, _ program: StepProgram, optimizer: any GradientOptimizer, source: any FitSource
  ) {
    self.plan = plan
    self.program = program
    self.optimizer = optimizer
    self.source = source
    lanes = program.program.lanes
    total = program.parameterCount == 0 ? 0 : plan.settings.steps
    last = min(total, plan.lastStep)
    recordEvery = plan.settings.recordEvery
    evaluator = Evaluator(program.program, team: source.team)
    let count = program.parameterCount
    passes =
      count > 0 && !program.hasSquaredNorm ? ParameterPasses(count: count, team: source.team) : nil
    ownNorm = .allocate(capacity: 1)
    ownNorm.initialize(to: 0)
    squaredNorm =
      program.hasSquaredNorm
      ? evaluator.output(StepProgram.squaredNorm).baseAddress
      : passes == nil ? nil : UnsafePointer(ownNorm)
    inputs = StepInputs(evaluator, program, plan.settings)
    update = StepUpdate(
      optimizer, plan.settings, count: count, lanes: lanes, passes: passes, betas: inputs.beta)
    recorder = StepRecorder(evaluator, program, squaredNorm: squaredNorm, stride: recordEvery)
    states = Array(repeating: nil, count: lanes)
    isActive = .allocate(capacity: lanes)
    isActive.initialize(repeating: false, count: lanes)
    objective = evaluator.output(StepProgram.objective)
  }

  deinit {
    isActive.deallocate()
    ownNorm.deallocate()
  }

  /// Executes the source's runs until there are no more.
  mutating func run() {
    var tick = 0
    while true {
      if activeCount == 0, joiningPhase >= 0 { phase = joiningPhase }
      if activeCount < lanes, phase == joiningPhase { openFreeLanes() }
      if activeCount == 0 { return }
      if tick & 63 == 0, !heed() { return }
      tick += 1
      inputs.fill()
      evaluator.run()
      if let passes, let gradient = evaluator.output(StepProgram.gradient).baseAddress {
        ownNorm.pointee = passes.squaredNorm(gradient)
      }
      if update.dependsOnPath, let parameters = inputs.parameters?.baseAddress, let squaredNorm {
        update.follow(parameters, squaredNorm: squaredNorm)
      }
      let isEnding = someLaneEnds()
      if phase == 0 || isEnding { record(isEnding: isEnding) }
      if isEnding || hasChores {
        for lane in 0..<lanes where isActive[lane] { finishStep(lane) }
      }
      if activeCount > 0 { ascend() }
      phase = phase + 1 == recordEvery ? 0 : phase + 1
      if recorder.isFull { handOver() }
    }
  }

  /// Does what the source has asked for and asks for; false where that ends all runs.
  private mutating func heed() -> Bool {
    while true {
      let isPending = !requests.isEmpty
      switch isPending ? requests.removeFirst() : source.request() {
      case .goOn: break
      case .handOver: handOver()
      case .save: save()
      case .end(let runs): interrupt(runs)
      case .stop:
        save()
        interrupt()
        return false
      }
      if !isPending { return true }
    }
  }

  // MARK: Lanes

  /// Gives the free lanes runs while there are any.
  private mutating func openFreeLanes() {
    for lane in 0..<lanes where !isActive[lane] {
      guard open(lane) else { break }
    }
    if joiningPhase >= 0, pending == nil { joiningPhase = 0 }
    hasChores = plan.hasEvaluations || states.contains { $0?.hasChores ?? false }
  }

  /// Gives a lane the next run; false where there is none that can join the others now.
  private mutating func open(_ lane: Int) -> Bool {
    while let run = pending.take() ?? source.next() {
      let step = run.state?.step ?? 0
      if activeCount == 0 { phase = step % recordEvery }
      guard step % recordEvery == phase else {
        pending = run
        joiningPhase = step % recordEvery
        return false
      }
      var control = (run.settings.optimizer as? any GradientOptimizer)?.control ?? optimizer.control
      do throws(DegenerateModel) {
        guard let start = try beginning(of: run, &control) else {
          if joiningPhase < 0 { return false }
          continue
        }
        inputs.open(lane, run, start: start, evaluator, team: source.team)
      } catch {
        source.end(FitResult(degenerate: error, steps: 0), of: run.number)
        continue
      }
      let state = FitLane(
        run, control: control, total: total,
        check: IdentityCheck(program.layout, evaluator.program.draws, run.settings.precision))
      states[lane] = state
      update.open(lane, control: control, rate: control.rate(at: step, of: total), start: inputs.parameters)
      // The next step of the cadence: this one, where the run is at one.
      recorder.open(lane, at: phase == 0 ? step : step - phase + recordEvery)
      if let saved = run.state {
        update.restore(lane, from: saved)
        state.restore(from: saved)
      } else {
        plan.announce(run, source)
      }
      inputs.set(lane, control: state.objectiveNumber(at: step))
      isActive[lane] = true
      activeCount += 1
      updatesLeft = min(updatesLeft, last - step)
      return true
    }
    joiningPhase = -1
    return false
  }

  /// φ where a run goes on or begins, with the learning rate that its pilot chose; nil where its pilot has been its end.
  private mutating func beginning(
    of run: FitRun, _ control: inout StepControl
  ) throws(DegenerateModel) -> [Double]? {
    if let state = run.state, let saved = state.numbers[FitLane.Key.parameters] {
      if let rate = state.number(FitLane.Key.pilotRate) { control.learningRate = rate }
      return saved
    }
    if let start = run.start { return start }
    guard let pilot = plan.pilot else { return try run.settings.start(seed: run.seed) }
    let outcome = pilot.execute(run, source)
    requests += outcome.requests
    if outcome.isInterrupted {
      // Where all are to stop, no further one begins.
      if outcome.requests.contains(where: { if case .stop = $0 { true } else { false } }) {
        joiningPhase = -1
      }
      source.end(FitResult(.interrupted, steps: 0), of: run.number)
      return nil
    }
    for point in outcome.points { source.measure(point, of: run.number) }
    guard let choice = outcome.choice else {
      source.end(FitResult(.diverged(pilot.failure), steps: 0), of: run.number)
      return nil
    }
    if let rate = choice.learningRate { control.learningRate = rate }
    return choice.parameters
  }

  /// Says where the runs are, none of which has evaluated its step.
  private mutating func save() {
    handOver()
    for lane in 0..<lanes where isActive[lane] && inputs.step(of: lane) > 0 {
      guard let lined = states[lane], let parameters = inputs.parameters else { continue }
      var state = FitState(step: inputs.step(of: lane))
      state.numbers[FitLane.Key.parameters] = stride(from: lane, to: parameters.count, by: lanes).map {
        Double(parameters[$0])
      }
      state.numbers.merge(inputs.carried(of: lane)) { _, carried in carried }
      update.save(lane, into: &state)
      lined.save(into: &state)
      source.save(state, of: lined.run.number)
    }
  }

  /// Ends all runs, or some of them, where they are.
  private mutating func interrupt(_ runs: [Int]? = nil) {
    for lane in 0..<lanes {
      guard let state = states[lane], runs?.contains(state.run.number) ?? true else { continue }
      end(lane, .interrupted)
    }
  }

  /// Ends a lane's run where it is; the lane is free.
  private mutating func end(_ lane: Int, _ ending: FitResult.Ending, yardstick: Yardstick? = nil) {
    handOver(lane)
    guard let state = states[lane] else { return }
    states[lane] = nil
    isActive[lane] = false
    activeCount -= 1
    source.end(
      FitResult(
        ending: ending, steps: inputs.step(of: lane), yardstick: yardstick, suspect: state.check.violation,
        exactTerms: Term.allCases.filter { program.layout.exactTerms.contains($0) },
        identitiesChecked: state.check.checked, largestResidual: state.check.largestResidual,
        parameters: parameters(lane, state)), of: state.run.number)
  }

  private func parameters(_ lane: Int, _ state: FitLane) -> [Double] {
    guard let start = inputs.parameters?.baseAddress else { return [] }
    return state.parameters(start + lane, count: program.parameterCount, stride: lanes)
  }

  // MARK: Steps

  /// Whether a run is at its last step or has diverged.
  private mutating func someLaneEnds() -> Bool {
    if updatesLeft > 0, Self.areFinite(objective.baseAddress, objective.count),
      Self.areFinite(squaredNorm, lanes)
    {
      return false
    }
    var isEnding = false
    updatesLeft = .max
    for lane in 0..<lanes where isActive[lane] {
      let left = last - inputs.step(of: lane)
      if left == 0 || !isFinite(lane) { isEnding = true } else { updatesLeft = min(updatesLeft, left) }
    }
    return isEnding
  }

  /// Whether all of some numbers are finite, those of free lanes too.
  private static func areFinite(_ values: UnsafePointer<Scalar>?, _ count: Int) -> Bool {
    guard let values else { return true }
    var others: Int32 = 0
    for index in 0..<count { others &+= values[index] - values[index] == 0 ? 0 : 1 }
    return others == 0
  }

  /// Records the step: of all runs where it is one of the cadence, else of those that end.
  private mutating func record(isEnding: Bool) {
    evaluator.runFurther()
    if phase == 0 { return recorder.append() }
    for lane in 0..<lanes where isActive[lane] {
      handOver(lane)
      let isRecorded = inputs.step(of: lane) == last || !isFinite(lane)
      let next = inputs.step(of: lane) - phase + recordEvery
      recorder.open(lane, at: isRecorded ? inputs.step(of: lane) : next, skipping: isRecorded ? 0 : 1)
    }
    recorder.append()
  }

  /// The step of one lane after its evaluation: what ends the run, or the average and the evaluation that are due.
  private mutating func finishStep(_ lane: Int) {
    guard let state = states[lane] else { return }
    let step = inputs.step(of: lane)
    guard isFinite(lane) else {
      let value = Double(objective[objective.count > 1 ? lane : 0])
      let what = value.isFinite ? "the gradient" : "the objective (\(value.isNaN ? "nan" : "\(value)"))"
      return end(lane, .diverged("step \(step): \(what) is not finite"))
    }
    if let constraint = program.constraint {
      state.observe(constraint: Double(evaluator.output(constraint)[0]))
    }
    if step % recordEvery == 0 || step == last {
      for point in state.objectivePoints(at: step) { source.measure(point, of: state.run.number) }
    }
    if state.isAveraging(at: step), let start = inputs.parameters?.baseAddress {
      state.addToAverage(
        start + lane, count: program.parameterCount, stride: lanes, weight: update.weight(ofIterateIn: lane))
    }
    if plan.hasEvaluations {
      plan.evaluate(
        state.run, parameters(lane, state), carried: inputs.carried(of: lane), step: step,
        isLast: step == last, source)
    }
    if step == last { return finish(lane, state) }
  }

  /// One update of all lanes.
  private mutating func ascend() {
    guard let parameters = inputs.parameters?.baseAddress,
      let gradient = evaluator.output(StepProgram.gradient).baseAddress
    else { return }
    if hasChores {
      for lane in 0..<lanes { prepareUpdate(lane) }
    }
    update.ascend(parameters, gradient: gradient)
    inputs.advance()
    updatesLeft -= 1
    if hasChores {
      for lane in 0..<lanes {
        guard let state = states[lane] else { continue }
        inputs.set(lane, beta: state.beta)
        state.advanceObjective()
        inputs.set(lane, control: state.objectiveNumber(at: inputs.step(of: lane)))
      }
    }
  }

  /// The learning rate and the clipping of one lane.
  private mutating func prepareUpdate(_ lane: Int) {
    guard let state = states[lane] else { return }
    update.set(lane, rate: state.control.rate(at: inputs.step(of: lane), of: total))
    guard let limit = state.control.clipNorm, let squaredNorm else { return }
    let norm = Double(squaredNorm[lane]).squareRoot()
    guard norm > limit else { return }
    let factor = Scalar(limit / norm)
    let gradient = UnsafeMutableBufferPointer(mutating: evaluator.output(StepProgram.gradient))
    for index in stride(from: lane, to: gradient.count, by: lanes) { gradient[index] *= factor }
  }

  private func isFinite(_ lane: Int) -> Bool {
    objective[objective.count > 1 ? lane : 0].isFinite && (squaredNorm?[lane].isFinite ?? true)
  }

  // MARK: Records and ends

  /// Hands over what is recorded of every lane.
  private mutating func handOver() {
    recorder.sort()
    for lane in 0..<lanes { handOver(lane) }
    recorder.clear()
  }

  private mutating func handOver(_ lane: Int) {
    guard let state = states[lane], let steps = recorder.take(lane, state) else { return }
    source.record(steps, of: state.run.number)
  }

  private mutating func finish(_ lane: Int, _ state: FitLane) {
    if let point = state.run.settings.warmUpPoint(after: total) {
      source.measure(point, of: state.run.number)
    }
    switch plan.ending {
    case .draws: preconditionFailure("a sampler is no fit")
    case .climb: end(lane, .finished)
    case .inference(let evaluation):
      do {
        let (yardstick, suspect, points) = try evaluation.measure(
          parameters(lane, state), beta: state.run.settings.beta.constant, step: total, &workspace)
        handOver(lane)
        for point in points { source.measure(point, of: state.run.number) }
        if let suspect { state.check.report(suspect, at: total) }
        finish(lane, yardstick)
      } catch {
        end(lane, .diverged("step \(total): the final elbo cannot be estimated (\(error))"))
      }
    case .learning(let evaluator):
      // It may take long: what is recorded does not wait for it.
      handOver(lane)
      let (source, number) = (source, state.run.number)
      let final = evaluator.final(
        parameters(lane, state), step: total, seed: state.run.seed, team: source.team,
        shouldStop: { source.request().ends(number) })
      guard let (yardstick, points) = final else { return end(lane, .interrupted) }
      for point in points { source.measure(point, of: state.run.number) }
      finish(lane, yardstick)
    }
  }

  private mutating func finish(_ lane: Int, _ yardstick: Yardstick) {
    if yardstick.elbo.isFinite {
      end(lane, .finished, yardstick: yardstick)
    } else {
      end(lane, .diverged("step \(total): the final elbo is \(yardstick.elbo)"))
    }
  }
}
