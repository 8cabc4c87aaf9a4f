import NumericArrays
import ReverseTape

/// Measures a learned model besides its steps: held-out bounds and latents at a cadence, and at the end the yardstick over the
/// training data and the importance-sampled log likelihood.
struct LearningEvaluator: Sendable {
  let task: LearningTask
  private let precision: Precision
  private let total: Int
  private let program: DatumProgram
  private let importance: ImportanceSampling?
  private let amortization: AmortizationGap?

  init(_ task: LearningTask, _ settings: RunSettings) {
    self.task = task
    precision = settings.precision
    total = settings.steps
    program = DatumProgram(task, settings)
    importance =
      task.evaluation.nllSamples > 0
      ? ImportanceSampling(task, settings, samples: task.evaluation.nllSamples) : nil
    amortization = AmortizationGap(task, settings)
  }

  /// Whether the held-out data are evaluated after `step` updates; at the end they always are.
  func isDue(_ step: Int) -> Bool { task.evaluation.every.map { step % $0 == 0 } ?? false }

  /// What is known of the data themselves, by the model.
  var facts: [MetricPoint] { task.model.facts(task.data.training) }

  /// The bounds of the held-out data and what their latents do, after `step` updates.
  func points(_ parameters: [Double], step: Int, team: Team) -> [MetricPoint] {
    switch precision {
    case .float64: points(parameters, step: step, Evaluator<Double>(program.program, team: team))
    case .float32: points(parameters, step: step, Evaluator<Float>(program.program, team: team))
    }
  }

  private func points<Scalar: KernelScalar>(
    _ parameters: [Double], step: Int, _ evaluator: Evaluator<Scalar>
  ) -> [MetricPoint] {
    var points: [MetricPoint] = []
    func add(_ metric: String, _ value: Double?) {
      if let value { points.append(MetricPoint(metric, step: step, value)) }
    }
    var judged: SplitEvaluation?
    for (name, rows) in [("validation", task.data.validation), ("test", task.data.test)] {
      guard let rows else { continue }
      let split = SplitEvaluation(program, evaluator, parameters: parameters, rows: rows, fewestDraws: 0)
      add("\(name)_elbo", split.elbo)
      add("\(name)_elbo_se", split.standardError)
      add("\(name)_elbo_per_datum", split.elbo / Double(rows.rowCount))
      add("\(name)_kl_prior_per_datum", split.terms.klPrior.map { $0 / Double(rows.rowCount) })
      judged = split
    }
    let described =
      judged
      ?? SplitEvaluation(
        program, evaluator, parameters: parameters, rows: task.data.training, fewestDraws: 0)
    if let latents = described.latents {
      points += latentPoints(latents, step: step)
    }
    return points
  }

  private func latentPoints(_ latents: LatentMoments, step: Int) -> [MetricPoint] {
    let spreads = latents.variancesOfMeans
    let active = spreads.filter { $0 > task.evaluation.activeVariance }.count
    var points = [
      MetricPoint("active_units", step: step, Double(active)),
      MetricPoint("collapsed_units", step: step, Double(spreads.count - active)),
    ]
    for (index, value) in latents.divergences.enumerated() {
      points.append(MetricPoint("kl_prior[\(index + 1)]", step: step, value))
      points.append(MetricPoint("posterior_mean_variance[\(index + 1)]", step: step, spreads[index]))
    }
    // The estimates are of independent latents.
    if case .encoded(let family, _) = task.posterior, family.hasIndependentLatents,
      let parts = latents.divergenceParts()
    {
      points += [
        MetricPoint("mutual_information", step: step, parts.information),
        MetricPoint("total_correlation", step: step, parts.totalCorrelation),
        MetricPoint("dimension_wise_kl", step: step, parts.dimensionWise),
      ]
    }
    return points
  }

  /// The last evaluation: the yardstick, with everything that is measured once; nil where the caller stops it.
  ///
  /// - Parameter seed: the run's, by which data are chosen that something costly is measured of.
  func final(_ parameters: [Double], step: Int, seed: UInt64, team: Team, shouldStop: () -> Bool) -> (
    yardstick: Yardstick, points: [MetricPoint]
  )? {
    if shouldStop() { return nil }
    let training = SplitEvaluation(
      program, Evaluator<Double>(program.program, team: team), parameters: parameters,
      rows: task.data.training,
      fewestDraws: YardstickPlan.draws)
    var yardstick = Yardstick(elbo: training.elbo, terms: training.terms)
    yardstick.elboStandardError = training.standardError
    var points = points(parameters, step: step, team: team)
    points.append(
      MetricPoint("elbo_per_datum", step: step, training.elbo / Double(task.data.training.rowCount)))
    if let latents = training.latents, latents.latentCount == 2 {
      for latent in 0..<2 {
        points += (0..<min(training.rowCount, 5000)).map {
          MetricPoint("aggregate_posterior[\(latent + 1)]", step: $0, latents.mean($0, latent))
        }
      }
    }
    guard let likelihoods = logLikelihoods(parameters, step: step, team: team, shouldStop: shouldStop)
    else { return nil }
    points += likelihoods
    if let amortization {
      guard
        let gap = amortization.points(
          parameters, heldOut.rows, step: step, seed: seed, team: team, shouldStop: shouldStop)
      else { return nil }
      points += gap
    }
    return (yardstick, points)
  }

  /// The data that a fit is judged by, the test data first, with the name of their negative log likelihood.
  private var heldOut: (nll: String, rows: DataRows) {
    if let test = task.data.test { return ("nll", test) }
    if let validation = task.data.validation { return ("validation_nll", validation) }
    return ("training_nll", task.data.training)
  }

  /// The negative log likelihood of the held-out data per datum: exact where the posterior is, else by importance sampling.
  private func logLikelihoods(
    _ parameters: [Double], step: Int, team: Team, shouldStop: () -> Bool
  ) -> [MetricPoint]? {
    guard let importance else { return [] }
    let (metric, rows) = heldOut
    let estimate =
      switch precision {
      case .float64:
        importance.logLikelihood(Double.self, parameters, rows, team: team, shouldStop: shouldStop)
      case .float32:
        importance.logLikelihood(Float.self, parameters, rows, team: team, shouldStop: shouldStop)
      }
    guard let estimate else { return nil }
    return [
      MetricPoint(metric, step: step, -estimate.mean),
      MetricPoint(metric + "_se", step: step, estimate.standardError),
    ]
  }
}
