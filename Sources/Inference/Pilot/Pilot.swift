import NumericArrays

/// The search for a start and a learning rate before a run's first step: from every start the first steps of the run are climbed at every rate,
/// and the climb that ends at the highest bound says where, and at which rate, the run begins anew (Kucukelbir, Tran, Ranganath, Gelman &
/// Blei 2017, §2.6, for the rate).
///
/// A climb is what the run itself would be until there: it has the run's noise, minibatches, β and schedule.
final class Pilot: Sendable {
  private let settings: PilotSettings
  private let plan: FitPlan
  private let bound: PilotBound

  /// - Precondition: the optimizer is one of gradients, which the settings suit.
  init(_ pilot: PilotSettings, of settings: RunSettings) {
    self.settings = pilot
    plan = FitPlan(climbsOf: pilot, settings)
    bound = PilotBound(settings, draws: pilot.draws)
  }

  /// The climb that is gone on from.
  struct Choice {
    /// Counted from 0, the run's own start.
    var start: Int
    /// nil where the optimizer's steps follow from the path, or the run keeps its rate.
    var learningRate: Double?
    /// The ELBO at the end of the climb, at the β there.
    var elbo: Double
    /// φ of the start.
    var parameters: [Double]
  }

  /// What comes of a pilot.
  struct Outcome {
    /// nil where the pilot was interrupted, or no climb has a finite bound.
    var choice: Choice?
    var isInterrupted: Bool
    /// How many climbs have no finite bound.
    var failures: Int
    /// What the source has asked for meanwhile and has yet to get.
    var requests: [FitRequest]
  }

  func execute(_ run: FitRun, _ source: any FitSource) -> Outcome {
    let starts = (0..<settings.starts).map { number in
      try? run.settings.start(seed: run.seed, number: number, spread: settings.spread)
    }
    let rates: [Double?] = settings.learningRates ?? [nil]
    let candidates = starts.indices.flatMap { start in rates.map { (start: start, rate: $0) } }
    let climbs = PilotClimbs(
      candidates.enumerated().compactMap { index, candidate in
        starts[candidate.start].map { climb(run, index, from: $0, at: candidate.rate) }
      }, count: candidates.count, of: run, source)
    plan.run(climbs)
    var outcome = Outcome(
      isInterrupted: climbs.isInterrupted, failures: 0, requests: climbs.requests)
    if outcome.isInterrupted { return outcome }
    let values = bound.values(
      at: climbs.ends, beta: run.settings.beta.value(at: settings.steps), seed: run.seed, team: source.team)
    outcome.failures = values.count { !$0.isFinite }
    for (value, candidate) in zip(values, candidates) where value.isFinite {
      guard value > outcome.choice?.elbo ?? -.infinity, let parameters = starts[candidate.start] else {
        continue
      }
      outcome.choice = Choice(
        start: candidate.start, learningRate: candidate.rate, elbo: value, parameters: parameters)
    }
    return outcome
  }

  /// One climb; its end is the last iterate, as there is no average of so few.
  private func climb(_ run: FitRun, _ index: Int, from start: [Double], at rate: Double?) -> FitRun {
    var climb = FitRun(number: index, settings: run.settings, seed: run.seed)
    climb.start = start
    if var optimizer = run.settings.optimizer as? any GradientOptimizer {
      if let rate { optimizer.control.learningRate = rate }
      optimizer.control.average = 0
      climb.settings.optimizer = optimizer
    }
    return climb
  }

  /// Why a run cannot begin whose climbs have all failed.
  var failure: String {
    let rates = settings.learningRates == nil ? "" : " with smaller pilot.learning_rates or"
    return
      "step 0: of the pilot's \(settings.climbs) climbs of \(settings.steps) steps none has a finite elbo; try again\(rates) "
      + "from another initial location"
  }
}

extension Pilot.Outcome {
  /// What is recorded of the pilot, at step 0.
  var points: [MetricPoint] {
    var points = [MetricPoint("pilot_failures", step: 0, Double(failures))]
    guard let choice else { return points }
    points.append(MetricPoint("pilot_start", step: 0, Double(choice.start)))
    if let rate = choice.learningRate { points.append(MetricPoint("pilot_learning_rate", step: 0, rate)) }
    points.append(MetricPoint("pilot_elbo", step: 0, choice.elbo))
    return points
  }
}
