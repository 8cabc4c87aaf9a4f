import NumericArrays
import ReverseTape

/// Where the truth that a run's data were drawn from lies in what was fitted to them: of each of the model's variables the truth, and
/// the probability below it under q's marginal (Yao, Vehtari, Simpson & Gelman 2018, "Yes, but did it work?: Evaluating variational
/// inference", section 3).
///
/// Of a Gaussian q and of posteriors in closed form the probability is exact: variables are increasing functions of their latents. Else it is
/// the rank of the truth among independent draws of q, whose noise is the seed's own: (r + ½) / (draws + 1), where r draws are below
/// (Talts et al. 2018, "Validating Bayesian inference algorithms with simulation-based calibration", theorem 1).
struct TruthRank: Sendable {
  private static let draws = 1000

  private let names: [String]
  private let truth: SimulatedTruth
  /// On the scale that the model is written in.
  private let variables: [Double]
  private let marginals: Marginals

  private enum Marginals {
    case exact([Double])
    /// The program gives means and variances `[latents]`.
    case gaussian(Program)
    /// The program gives draws `[latents, draws]`.
    case drawn(Program)
  }

  /// nil where there is no truth, or q says nothing of probabilities.
  init?(_ settings: RunSettings) {
    guard case .inference(let task) = settings.task, let truth = task.truth, task.family.hasDensity else {
      return nil
    }
    self.truth = truth
    names = task.model.variableNames
    variables = Self.variables(of: task.model, at: truth)
    if task.family is ExactPosterior, let posterior = task.model.posterior, posterior.closedTerms != nil {
      marginals = .exact(truth.latents.map { posterior.probability(below: $0) ?? .nan })
      return
    }
    let bound = BoundTape(settings, draws: Self.draws, for: .draws)
    if let gaussian = bound.q.gaussian {
      marginals = .gaussian(Program(bound.tape, outputs: [gaussian.mean, gaussian.variance]))
    } else if let draw = bound.q.draw {
      marginals = .drawn(Program(bound.tape, outputs: [draw.expanded(to: Layout(draw.shape, .perDraw))]))
    } else {
      return nil
    }
  }

  /// `truth[NAME]` and `truth_quantile[NAME]` of every variable at φ.
  func points(_ parameters: [Double], step: Int) -> [MetricPoint] {
    let quantiles = quantiles(parameters)
    return names.indices.flatMap { Self.points(names[$0], variables[$0], quantiles[$0], step: step) }
  }

  /// The same of draws, a row for each of the model's variables.
  static func points(_ truth: SimulatedTruth, of model: any Model, step: Int, draws: (Int) -> [Double])
    -> [MetricPoint]
  {
    let variables = variables(of: model, at: truth)
    return zip(model.variableNames, variables.indices).flatMap { name, index in
      points(name, variables[index], rank(of: variables[index], among: draws(index)), step: step)
    }
  }

  private static func points(_ name: String, _ truth: Double, _ quantile: Double, step: Int) -> [MetricPoint]
  {
    [
      MetricPoint("truth[\(name)]", step: step, truth),
      MetricPoint("truth_quantile[\(name)]", step: step, quantile),
    ]
  }

  private static func rank(of truth: Double, among draws: some Collection<Double>) -> Double {
    (Double(draws.count { $0 < truth }) + 0.5) / Double(draws.count + 1)
  }

  private func quantiles(_ parameters: [Double]) -> [Double] {
    switch marginals {
    case .exact(let quantiles):
      return quantiles
    case .gaussian(let program):
      let evaluator = Self.evaluated(program, parameters, noise: nil)
      let (means, variances) = withExtendedLifetime(evaluator) {
        (Array(evaluator.output(0)), Array(evaluator.output(1)))
      }
      return truth.latents.enumerated().map { index, latent in
        SpecialFunctions.normalCDF((latent - means[index]) / variances[index].squareRoot())
      }
    case .drawn(let program):
      let noise = NoiseStream(seed: truth.seed, purpose: .truthRank)
      let evaluator = Self.evaluated(program, parameters, noise: noise)
      let draws = withExtendedLifetime(evaluator) { Array(evaluator.output(0)) }
      return truth.latents.enumerated().map { index, latent in
        Self.rank(of: latent, among: draws[index * Self.draws..<(index + 1) * Self.draws])
      }
    }
  }

  /// The outputs are the evaluator's memory.
  private static func evaluated(_ program: Program, _ parameters: [Double], noise: NoiseStream?) -> Evaluator<
    Double
  > {
    let evaluator = Evaluator<Double>(program)
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = parameters[index] }
    }
    if let noise, let slot = evaluator.slot(BoundTape.noiseSlot), let start = slot.baseAddress {
      noise.fillNormals(start, dimension: slot.count / draws, draws: draws, step: 0)
    }
    evaluator.run()
    return evaluator
  }

  /// The model's variables at the truth.
  private static func variables(of model: any Model, at truth: SimulatedTruth) -> [Double] {
    let tape = Tape(draws: 1)
    let draw = LatentDraw(tape.constant(truth.latents), latents: model.latents)
    let evaluator = Evaluator<Double>(Program(tape, outputs: [model.variables(draw)]))
    evaluator.run()
    return withExtendedLifetime(evaluator) { Array(evaluator.output(0)) }
  }
}
