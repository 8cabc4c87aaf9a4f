import ReverseTape

extension BoundTape {
  /// The data `[width]` per draw.
  package static let datumSlot = "datum"
  /// The θ whose posterior q is, and its inverse temperature: between an E-step and the next, not those of the bound.
  package static let posteriorParametersSlot = "posterior_parameters"
  package static let inverseTemperatureSlot = "inverse_temperature"
  /// φ of each datum, where it was encoded before.
  package static let encodedSlot = "encoded"

  /// How q is known of each datum.
  enum PosteriorSource {
    /// As the task has it: by its encoder, or as the exact posterior at θ and β.
    case task
    /// As the exact posterior at a θ and a temperature of slots of their own.
    case held
    /// By φ in a slot, one for each datum.
    case encoded
    /// By φ in a slot, one for all draws: the parameters of the bound instead of θ.
    case free
  }

  /// The bound of one q for each datum.
  ///
  /// - Parameters:
  ///   - rows: the data on the tape; draw s · rows + i is of datum i.
  ///   - samples: the draws of each datum's latent.
  ///   - source: how q is known.
  ///   - isPerDatum: whether the terms are those of each datum, rather than standing for all data.
  init(
    _ task: LearningTask, _ settings: RunSettings, rows: Int, samples: Int, source: PosteriorSource = .task,
    isPerDatum: Bool = false
  ) {
    let tape = Tape(draws: rows * samples)
    let model = task.model
    let count = isPerDatum ? 1.0 : Double(task.data.training.rowCount)
    let beta = tape.slot(Slot(Self.betaSlot, .scalar))
    let x = tape.slot(
      Slot(
        Self.datumSlot, Shape(task.data.shape.width), .perDraw,
        isMostlyZero: task.data.isMostlyZero))
    let parameters = tape.slot(Slot(Self.parametersSlot, Shape(task.parameters.count)))
    let theta = ParameterView(parameters, task.parameters)
    let q = DatumPosterior(task, x, theta, beta: beta, source: source, on: tape)

    func whole(_ value: Traced?) -> Traced? { value.map { count * $0 } }
    let closedPrior = model.expectedLogPrior(q.distribution, theta)
    let closedEntropy = q.distribution.entropy
    let tractable = model.tractable
    let isGap = settings.form == .evidenceGap
    let isMinibatch = settings.minibatch != nil
    self.init(
      tape: tape, maximised: settings.objective, estimator: settings.estimator, form: settings.form,
      expectations: settings.expectations, beta: beta,
      parameters: source == .free ? q.encoded : parameters,
      noise: q.noise, hasDensity: true,
      q: Variational(draw: q.draw, logDensity: q.logDensity, gaussian: q.distribution.gaussian),
      logLikelihood: whole(q.draw.map { model.logLikelihood(x, $0, theta) }),
      logPrior: whole(q.draw.map { model.logPrior($0, theta, encode: q.encode) }),
      opaqueLogJoint: nil, logDensity: whole(q.logDensity),
      closedReconstruction: whole(model.expectedLogLikelihood(x, q.distribution, theta)),
      closedLogPrior: whole(closedPrior), closedEntropy: whole(closedEntropy),
      closedPriorDivergence: whole(
        model.priorDivergence(q.distribution, theta) ?? closedPrior.map { -closedEntropy - $0 }),
      closedPosteriorDivergence: whole(
        tractable?.divergence(q.distribution, x, theta, beta: tape.constant(1))),
      logNormalizer: isGap ? whole(tractable?.logNormalizer(x, theta, beta: beta)) : nil,
      closedTemperedDivergence: isGap
        ? whole(tractable?.divergence(q.distribution, x, theta, beta: beta)) : nil,
      logEvidence: whole(tractable?.logNormalizer(x, theta, beta: tape.constant(1))).map {
        RecordedTerm(value: $0, isExact: !isMinibatch, usesMinibatch: isMinibatch)
      },
      estimatedLogDensity: nil, relaxedLogJoint: nil, dataCount: count, rowCount: rows,
      isMinibatch: isMinibatch,
      hasLatentPerDatum: true)
    if let rates = settings.objective as? any RateObjective {
      latentRates = model.latentDivergences(q.distribution)
      control = rates.control.map { _ in tape.slot(Slot(Self.controlSlot, .scalar)) }
    }
  }

  /// Whether every term of the bound has a closed form.
  static func hasClosedForms(model: any LearnedModel, family: any Family) -> Bool {
    asks(model, family) { x, q, theta in
      model.expectedLogLikelihood(x, q, theta) != nil && model.expectedLogPrior(q, theta) != nil
    }
  }

  /// Whether the KL of each latent is closed.
  static func hasLatentRates(model: any LearnedModel, family: any Family) -> Bool {
    asks(model, family) { _, q, _ in model.latentDivergences(q) != nil }
  }

  /// What is so of a datum x, its q and θ on a tape; false where the family cannot be its posterior.
  private static func asks(
    _ model: any LearnedModel, _ family: any Family,
    _ question: (Traced, LatentDistribution, ParameterView) -> Bool
  ) -> Bool {
    guard let posterior = LearningTask.posterior(family, model) else { return false }
    let tape = Tape(draws: 1)
    let width = model.dataWidth
    let x = tape.slot(Slot(datumSlot, Shape(width), .perDraw))
    let blocks = LearningTask.blocks(model, posterior)
    let theta = ParameterView(tape.slot(Slot(parametersSlot, Shape(blocks.count))), blocks)
    let q = DatumPosterior(
      model, posterior, x, theta, beta: tape.constant(1), source: .task, on: tape)
    return question(x, q.distribution, theta)
  }
}
