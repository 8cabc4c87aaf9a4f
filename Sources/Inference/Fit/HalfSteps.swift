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

  func run(
    record: (StepTerms) throws -> Void, measure: (MetricPoint) throws -> Void, shouldStop: () -> Bool
  ) rethrows -> FitResult {
    var best: (index: Int, climb: Climb)?
    var last: Climb?
    for start in 0..<optimizer.starts {
      var climb = Climb(plan.settings, optimizer, programs, seed: seed, start: start, team: team)
      climb.run(shouldStop: shouldStop)
      if climb.isInterrupted { return climb.result }
      if optimizer.starts > 1 {
        try measure(MetricPoint("start_objective", step: start, climb.objective))
      }
      if climb.objective.isFinite, climb.objective > best?.climb.objective ?? -.infinity {
        best = (start, climb)
      }
      last = climb
    }
    guard let chosen = best?.climb ?? last else { preconditionFailure("EM without a start") }
    if let best, optimizer.starts > 1 {
      try measure(MetricPoint("chosen_start", step: 0, Double(best.index)))
    }
    for terms in chosen.path { try record(terms) }
    var result = chosen.result
    guard result.ending == .finished, case .learning(let evaluator) = plan.ending else { return result }
    guard
      let (yardstick, points) = evaluator.final(
        result.parameters, step: result.steps, team: team, shouldStop: shouldStop)
    else {
      result.ending = .interrupted
      return result
    }
    for point in points { try measure(point) }
    result.yardstick = yardstick
    if !yardstick.elbo.isFinite {
      result.ending = .diverged("step \(result.steps): the final elbo is \(yardstick.elbo)")
      result.yardstick = nil
    }
    return result
  }
}
