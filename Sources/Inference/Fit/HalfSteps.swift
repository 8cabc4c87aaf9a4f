import NumericArrays
import ReverseTape

/// One run of EM, in Double: step 0 is θ as it starts with q as its prior; then every odd step is an E-step, which sets q to
/// the posterior at β, and every even one an M-step, which sets θ to the maximum under q.
///
/// Of several starts the one with the highest objective is recorded; `start_objective` has where each of them ended.
struct HalfSteps {
  private let plan: FitPlan
  private let optimizer: ExpectationMaximization
  private let programs: HalfStepPrograms
  private let seed: UInt64
  private let team: Team

  init(
    _ plan: FitPlan, _ optimizer: ExpectationMaximization, _ programs: HalfStepPrograms, seed: UInt64,
    team: Team
  ) {
    self.plan = plan
    self.optimizer = optimizer
    self.programs = programs
    self.seed = seed
    self.team = team
  }

  /// - Parameters:
  ///   - state: where it goes on; nil: it starts. Nothing is recorded before the last start has ended, so that a run which
  ///     goes on records everything.
  ///   - shouldStop: asked at every half step, with what gives the state there; in the final evaluation with nil.
  func run(
    from state: FitState?, record: (StepTerms) -> Void, measure: (MetricPoint) -> Void,
    shouldStop: ((() -> FitState)?) -> Bool
  ) -> FitResult {
    var progress = state.flatMap { Progress($0, programs, starts: optimizer.starts) } ?? Progress()
    if optimizer.starts > 1 {
      for (start, objective) in progress.objectives.enumerated() {
        measure(MetricPoint("start_objective", step: start, objective))
      }
    }
    var last: Climb?
    for start in progress.objectives.count..<optimizer.starts {
      var climb = Climb(plan.settings, optimizer, programs, seed: seed, start: start, team: team)
      if let place = progress.place.take() { climb.place = place }
      climb.run { place in shouldStop { progress.state(at: place) } }
      if climb.isInterrupted { return climb.result }
      if optimizer.starts > 1 {
        measure(MetricPoint("start_objective", step: start, climb.place.objective))
      }
      progress.end(start, climb.place)
      last = climb
    }
    guard var chosen = last else { preconditionFailure("EM without a start") }
    if let best = progress.best {
      chosen.place = best.place
      if optimizer.starts > 1 { measure(MetricPoint("chosen_start", step: 0, Double(best.start))) }
    }
    for terms in chosen.place.path { record(terms) }
    var result = chosen.result
    guard result.ending == .finished, case .learning(let evaluator) = plan.ending else { return result }
    guard
      let (yardstick, points) = evaluator.final(
        result.parameters, step: result.steps, seed: seed, team: team, shouldStop: { shouldStop(nil) })
    else {
      result.ending = .interrupted
      return result
    }
    for point in points { measure(point) }
    if let point = plan.settings.warmUpPoint(after: result.steps) { measure(point) }
    result.yardstick = yardstick
    if !yardstick.elbo.isFinite {
      result.ending = .diverged("step \(result.steps): the final elbo is \(yardstick.elbo)")
      result.yardstick = nil
    }
    return result
  }
}
