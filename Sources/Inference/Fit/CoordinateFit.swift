import NumericArrays
import ReverseTape

/// The run of an ascent by coordinates: a step sets one factor of q.
struct CoordinateFit {
  let run: FitRun
  let optimizer: CoordinateAscent
  let program: StepProgram
  let evaluation: FittedEvaluation

  /// By how much rounding may lower the bound, relative to its size.
  private static let rounding = 1e-9

  func execute(_ source: any FitSource) -> FitResult {
    guard case .inference(let task) = run.settings.task, let start = try? run.settings.start(seed: run.seed)
    else { preconditionFailure("a start that depends on data") }
    let beta = run.settings.beta.constant ?? 1
    guard var factors = optimizer.factors(of: task.family, task.model, start: start, beta: beta) else {
      preconditionFailure("factors without an optimum in closed form")
    }
    let bound = FixedDrawsBound(program, run, start: start, team: source.team)
    var check = IdentityCheck(program.layout, program.program.draws, run.settings.precision)
    var parameters = start
    var suspect: String?
    func evaluated(_ step: Int) -> StepTerms {
      bound.terms(at: parameters, step: step, gradNorm: nil, check: &check)
    }
    var last = evaluated(0)
    source.record(RecordedSteps(last), of: run.number)
    var (step, sweepStart) = (0, last.objective)
    while step < run.settings.steps {
      if source.request().ends(run.number) { return FitResult(.interrupted, steps: step) }
      factors.set(step % factors.count)
      step += 1
      var terms = last
      terms.step = step
      // Recorded terms of one point can be had once.
      if factors.parameters != parameters {
        parameters = factors.parameters
        terms = evaluated(step)
      }
      guard terms.objective.isFinite else {
        return FitResult(
          .diverged("step \(step): the objective (\(terms.objective)) is not finite"), steps: step)
      }
      let size = max(1, abs(terms.objective))
      if terms.objective < last.objective - Self.rounding * size, suspect == nil {
        suspect = "step \(step): the objective fell by \((last.objective - terms.objective).shortest)"
      }
      last = terms
      let isSweepEnd = step % factors.count == 0
      let isDone = isSweepEnd && terms.objective - sweepStart <= optimizer.tolerance * size
      if isSweepEnd { sweepStart = terms.objective }
      let isLast = isDone || step == run.settings.steps
      if isLast || step % run.settings.recordEvery == 0 {
        source.record(RecordedSteps(terms), of: run.number)
      }
      if isDone { break }
    }
    var result = FitResult(
      ending: .finished, steps: step, yardstick: nil, suspect: suspect ?? check.violation,
      exactTerms: Term.allCases.filter { program.layout.exactTerms.contains($0) },
      identitiesChecked: check.checked, largestResidual: check.largestResidual, parameters: parameters)
    _ = evaluation.finish(&result, beta: beta, of: run.number, source)
    return result
  }
}
