import NumericArrays
import ReverseTape

/// The run of an ascent at fixed draws: a step is one of the ascent.
struct DeterministicFit {
  let run: FitRun
  let optimizer: DeterministicInference
  let program: StepProgram
  let evaluation: FittedEvaluation
  let response: LinearResponse?

  /// The ascent ends where a further step promises less, relative to the objective.
  private static let tolerance = 1e-12
  /// A top is reached where a further step promises no more, in nats.
  private static let largestPromise = 1e-4

  func execute(_ source: any FitSource) -> FitResult {
    guard let start = try? run.settings.start(seed: run.seed) else {
      preconditionFailure("a start that depends on data")
    }
    let bound = FixedDrawsBound(program, run, start: start, team: source.team)
    var check = IdentityCheck(program.layout, program.program.draws, run.settings.precision)
    var ascent = QuasiNewtonAscent(bound, from: start, history: optimizer.history)
    func record(_ step: Int) {
      let terms = bound.terms(at: ascent.z, step: step, gradNorm: ascent.gradientNorm, check: &check)
      source.record(RecordedSteps(terms), of: run.number)
    }
    record(0)
    guard ascent.isFinite else {
      return result(
        .diverged("step 0: the objective or its gradient is not finite; start elsewhere"), 0, check)
    }
    var step = 0
    while step < run.settings.steps {
      if source.request().ends(run.number) { return result(.interrupted, step, check) }
      if ascent.promise <= Self.tolerance * max(1, abs(ascent.value)) || !ascent.advance() { break }
      step += 1
      if step % run.settings.recordEvery == 0 { record(step) }
    }
    if step % run.settings.recordEvery != 0 { record(step) }
    var result = result(.finished, step, check)
    result.parameters = ascent.z
    finish(&result, ascent, bound, source)
    return result
  }

  private func finish(
    _ result: inout FitResult, _ ascent: QuasiNewtonAscent, _ bound: FixedDrawsBound, _ source: any FitSource
  ) {
    let step = result.steps
    let isTop = ascent.promise <= Self.largestPromise
    if !isTop {
      report(
        "the ascent has not reached the top: a further step promises \(ascent.promise.shortest) nats", &result
      )
    }
    guard evaluation.finish(&result, beta: nil, of: run.number, source) else { return }
    if isTop, let response {
      do {
        let points = try response.points(ascent.z, curvature: bound.curvature(at: ascent.z), step: step)
        for point in points { source.measure(point, of: run.number) }
      } catch {
        report("the objective does not curve downwards everywhere at its top: \(error)", &result)
      }
    }
    source.measure(MetricPoint("gradient_evaluations", step: step, Double(bound.count)), of: run.number)
  }

  /// Remembers what is wrong, unless something is already.
  private func report(_ sentence: String, _ result: inout FitResult) {
    if result.suspect == nil { result.suspect = "step \(result.steps): \(sentence)" }
  }

  private func result(_ ending: FitResult.Ending, _ steps: Int, _ check: IdentityCheck) -> FitResult {
    FitResult(
      ending: ending, steps: steps, yardstick: nil, suspect: check.violation,
      exactTerms: Term.allCases.filter { program.layout.exactTerms.contains($0) },
      identitiesChecked: check.checked, largestResidual: check.largestResidual, parameters: [])
  }
}
