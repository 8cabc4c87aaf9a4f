package import ReverseTape

/// The importance weights of a step, and the scalars whose gradients estimate the objective's by their coefficients.
extension BoundTape {
  /// The estimate of the objective's gradient with respect to φ; nil where there is none.
  package var gradientEstimate: Traced? {
    guard parameters != nil else { return nil }
    return switch estimator.source {
    case .estimate, .enumeration: gradient(of: objective)
    case .paths: gradient(of: pathSurrogate)
    case .scores: scoreGradient
    case .relaxation: gradient(of: relaxedSurrogate)
    }
  }

  /// The β-weighted log weights with the gradients of draws that move with φ.
  ///
  /// - Precondition: there are draws with a density, a multiple of the objective's K for each datum.
  var importanceTerms: ImportanceTerms {
    guard let logDensity else { preconditionFailure("importance weights of a q without a density") }
    precondition(
      hasLatentPerDatum || logDensity.id == q.logDensity?.id, "weights are of single draws, not of averages")
    return ImportanceTerms(logWeights: grouped(logWeight(logDensity)), beta: beta)
  }

  /// Σ c log w / terms with path coefficients c held fixed: log w varies through the draws alone.
  private var pathSurrogate: Traced {
    guard let weights = maximised as? any WeightObjective,
      let coefficients = weights.pathCoefficients(importanceTerms.held), let estimatedLogDensity
    else { preconditionFailure("an objective without path coefficients") }
    return weighted(logWeight(estimatedLogDensity), by: coefficients)
  }

  /// Σ c ∇ log q / terms with score coefficients c held fixed: log q varies at fixed draws.
  private var scoreGradient: Traced? {
    if let learnedControl { return controlled(learnedControl).map(learnedControl.estimate) }
    guard let weights = maximised as? any WeightObjective,
      let coefficients = weights.scoreCoefficients(importanceTerms.held), let estimatedLogDensity
    else { preconditionFailure("an objective without score coefficients") }
    return gradient(of: weighted(estimatedLogDensity, by: coefficients))
  }

  /// What a learned control variate is taken from, and learns from; nil where there are no parameters.
  private func controlled(_ control: LearnedControl) -> LearnedControl.Step? {
    guard let weights = maximised as? any WeightObjective,
      let signals = weights.learningSignals(importanceTerms.held), let estimatedLogDensity
    else { preconditionFailure("an objective without learning signals") }
    let ones = tape.constant([Double](repeating: 1, count: signals.count), signals.shape)
    guard let product = gradient(of: weighted(estimatedLogDensity, by: signals - control.mean)),
      let score = gradient(of: weighted(estimatedLogDensity, by: ones))
    else { return nil }
    return LearnedControl.Step(
      signal: signals.sum() * (1 / Double(signals.count)), product: product, score: score)
  }

  /// What slots hold at the next step, by their names, where something is learned over the steps.
  var carried: [(slot: String, next: Traced)] {
    guard let learnedControl, let step = controlled(learnedControl) else { return [] }
    return learnedControl.carried(after: step)
  }

  /// The model at relaxed draws, and the entropy in closed form.
  private var relaxedSurrogate: Traced {
    guard let relaxedLogJoint, let closedEntropy else { preconditionFailure("a q without relaxed draws") }
    return relaxedLogJoint.meanOverDraws() + beta * closedEntropy
  }

  /// log p(x given z) + β log p(z) − β log q(z) of one datum, or of all data where they share a latent, a scalar per draw.
  private func logWeight(_ logDensity: Traced) -> Traced {
    guard let logPrior, let logLikelihood else {
      guard let opaqueLogJoint else { preconditionFailure("importance weights want draws") }
      return (opaqueLogJoint - beta * logDensity) * (1 / dataCount)
    }
    return (logLikelihood + beta * (logPrior - logDensity)) * (1 / dataCount)
  }

  /// A scalar per draw as a matrix `[terms, K]`. Draws of one datum are `rowCount` apart.
  private func grouped(_ value: Traced) -> Traced {
    let samples = maximised.samplesPerTerm
    let columns = value.expanded(to: Layout(.scalar, .perDraw)).drawsAsColumns()
    let shape = Shape(tape.draws / samples, samples)
    precondition(shape.count == tape.draws, "\(tape.draws) draws in terms of \(samples)")
    if rowCount == 1 { return columns.reshaped(shape) }
    let index = (0..<shape.rows).flatMap { term in
      (0..<samples).map { sample in
        (term / rowCount * samples + sample) * rowCount + term % rowCount
      }
    }
    return columns.gathered(index, shape)
  }

  private func weighted(_ value: Traced, by coefficients: Traced) -> Traced {
    let sum = (coefficients.stoppingGradient() * grouped(value)).sum()
    return sum * (dataCount / Double(coefficients.shape.rows))
  }
}
