import ReverseTape

extension BoundTape {
  /// The bound of one q for all latents of a model.
  init(_ task: InferenceTask, _ settings: RunSettings, draws: Int, for purpose: Purpose) {
    let tape = Tape(draws: draws)
    let model = task.model
    let family = task.family
    let beta = tape.slot(Slot(Self.betaSlot, .scalar))
    let (parameters, noise) = Self.inputs(family, model, on: tape)
    var q = family.record(parameters, noise: noise, model: model, on: tape)
    if purpose == .draws { q.strata = [] }

    let rows: ObservedRows
    let scale: Double
    let isMinibatch: Bool
    if purpose == .steps, let size = settings.minibatch, let data = model.rows {
      rows = ObservedRows(minibatch: size, of: data, on: tape)
      scale = Double(data.rowCount) / Double(size)
      // Closed terms of a fixed q hold for all rows.
      isMinibatch = q.closedTerms == nil
    } else {
      rows = ObservedRows(all: model.rows, on: tape)
      scale = 1
      isMinibatch = false
    }

    func expectation(_ value: (LatentDraw) -> Traced) -> Traced? {
      q.expectation { value(LatentDraw($0, latents: model.latents)) }
    }
    func unconstrained(_ density: Traced, _ draw: LatentDraw) -> Traced {
      draw.logJacobian.map { density + $0 } ?? density
    }
    let isOpaque = model.opaqueReason != nil
    let logPrior = isOpaque ? nil : expectation { unconstrained(model.logPrior($0), $0) }
    let closed = ClosedTermsOnTape(q, model, rows, scale: scale, for: purpose, on: tape)
    let isGap = settings.form == .evidenceGap
    let evidence = family.hasDensity ? model.evidence : nil
    var estimated: Traced?
    var relaxed: Traced?
    if let parameters, let point = q.draw {
      switch settings.estimator.source {
      case .estimate, .enumeration: break
      case .paths:
        let held = family.record(parameters.stoppingGradient(), noise: noise, model: model, on: tape)
        estimated = held.logDensity(at: point)
      case .scores: estimated = q.logDensity(at: point.stoppingGradient())
      case .relaxation(let temperature, let isStraight):
        guard let smooth = q.discrete?.relaxed(temperature) else { break }
        let draw = LatentDraw(
          isStraight ? point + smooth - smooth.stoppingGradient() : smooth, latents: model.latents)
        relaxed = scale * model.logLikelihood(draw, rows) + beta * model.logPrior(draw)
      }
    }
    self.init(
      tape: tape, maximised: settings.objective, estimator: settings.estimator, form: settings.form,
      expectations: settings.expectations, beta: beta,
      parameters: parameters,
      noise: noise, hasDensity: family.hasDensity, q: q,
      logLikelihood: isOpaque ? nil : expectation { scale * model.logLikelihood($0, rows) },
      logPrior: logPrior,
      opaqueLogJoint: isOpaque ? expectation { unconstrained(model.logJoint($0), $0) } : nil,
      logDensity: q.expectedLogDensity, closedReconstruction: closed.reconstruction,
      closedLogPrior: closed.logPrior,
      closedEntropy: closed.entropy, closedPriorDivergence: closed.priorDivergence,
      closedPosteriorDivergence: closed.posteriorDivergence,
      logNormalizer: isGap ? model.posterior?.logNormalizer(beta: beta) : nil,
      closedTemperedDivergence: isGap
        ? q.gaussian.flatMap { model.posterior?.divergence($0, beta: beta) } ?? closed.divergence(beta) : nil,
      logEvidence: evidence.map {
        RecordedTerm(value: tape.constant($0.logValue), isExact: $0.standardError == nil)
      },
      estimatedLogDensity: estimated, relaxedLogJoint: relaxed, dataCount: 1, rowCount: 1,
      isMinibatch: isMinibatch,
      hasLatentPerDatum: false)
    if case .scores(let rule?) = settings.estimator.source, let parameters {
      learnedControl = LearnedControl(rule, parameterCount: parameters.count, on: tape)
    }
  }

  private static func inputs(_ family: any Family, _ model: any Model, on tape: Tape) -> (
    parameters: Traced?, noise: Traced?
  ) {
    let parameterCount = family.parameterCount(for: model)
    let noiseCount = family.noiseCount(for: model)
    return (
      parameterCount > 0 ? tape.slot(Slot(parametersSlot, Shape(parameterCount))) : nil,
      noiseCount > 0 ? tape.slot(Slot(noiseSlot, Shape(noiseCount), .perDraw)) : nil
    )
  }

  /// Whether log q is known at any point, rather than at its own draws alone.
  static func hasDensityAnywhere(model: any Model, family: any Family) -> Bool {
    let tape = Tape(draws: 1)
    let (parameters, noise) = inputs(family, model, on: tape)
    let q = family.record(parameters, noise: noise, model: model, on: tape)
    return q.draw.flatMap { q.logDensity(at: $0) } != nil
  }

  /// Whether every term of the bound has a closed form.
  static func hasClosedForms(model: any Model, family: any Family) -> Bool {
    guard family.misfit(with: model) == nil else { return false }
    let tape = Tape(draws: 1)
    let (parameters, noise) = inputs(family, model, on: tape)
    let q = family.record(parameters, noise: noise, model: model, on: tape)
    if q.closedTerms != nil || q.discrete != nil || q.statistics != nil { return true }
    guard let gaussian = q.gaussian else { return false }
    return model.expectedLogLikelihood(gaussian, ObservedRows(all: model.rows, on: tape)) != nil
      && model.expectedLogPrior(gaussian) != nil
  }
}

/// The closed forms of the terms under one q, each nil where it does not exist.
private struct ClosedTermsOnTape {
  var reconstruction: Traced?
  var logPrior: Traced?
  var entropy: Traced?
  var priorDivergence: Traced?
  var posteriorDivergence: Traced?
  /// KL[q ‖ p_β] of discrete latents, and of factors whose expected statistics are known.
  var divergence: (_ beta: Traced) -> Traced? = { _ in nil }

  init(
    _ q: Variational, _ model: any Model, _ rows: ObservedRows, scale: Double, for purpose: BoundTape.Purpose,
    on tape: Tape
  ) {
    entropy = q.entropy
    let closed = q.closedExpectation { model.expectedLogLikelihood($0, rows) }
    let final = purpose == .final ? q.closedExpectation { model.finalExpectedLogLikelihood($0, rows) } : nil
    reconstruction = (closed ?? final).map { scale * $0 }
    logPrior = q.closedExpectation { model.expectedLogPrior($0) }
    if let gaussian = q.gaussian {
      entropy = gaussian.entropy
      priorDivergence = model.priorDivergence(gaussian) ?? logPrior.map { -gaussian.entropy - $0 }
      posteriorDivergence = model.posterior?.divergence(gaussian, beta: tape.constant(1))
    } else if let marginals = q.discrete, let model = model as? any DiscreteModel, let entropy = q.entropy {
      func expectation(_ values: [Double]) -> Traced { (marginals.states * tape.constant(values)).sum() }
      let posterior = StatePosterior(states: model.states)
      let (likelihood, prior) = (
        expectation(model.states.logLikelihood), expectation(model.states.logPrior)
      )
      reconstruction = likelihood
      logPrior = prior
      priorDivergence = -entropy - prior
      divergence = { beta in posterior.logNormalizer(beta: beta) - entropy - prior - likelihood / beta }
      posteriorDivergence = divergence(tape.constant(1))
    } else if let statistics = q.statistics, let model = model as? any ConditionallyConjugate,
      let entropy = q.entropy
    {
      let likelihood = model.logLikelihood(statistics, rows)
      let onPrior = model.logPrior(statistics)
      let prior = statistics.logJacobian.map { onPrior + $0 } ?? onPrior
      reconstruction = scale * likelihood
      logPrior = prior
      priorDivergence = -entropy - prior
      if let posterior = model.posterior {
        // Of all rows, whatever the others are of.
        let whole =
          rows.isMinibatch
          ? model.logLikelihood(statistics, ObservedRows(all: model.rows, on: tape)) : likelihood
        divergence = { beta in posterior.logNormalizer(beta: beta) - entropy - prior - whole / beta }
        posteriorDivergence = divergence(tape.constant(1))
      }
    } else if let terms = q.closedTerms {
      reconstruction = tape.constant(terms.reconstruction)
      logPrior = tape.constant(terms.logPrior)
      entropy = tape.constant(terms.entropy)
      priorDivergence = tape.constant(-terms.entropy - terms.logPrior)
      posteriorDivergence = tape.constant(0)
    }
  }
}
