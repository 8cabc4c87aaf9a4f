package import ReverseTape

extension BoundTape {
  /// What is maximised, a shared scalar: the β-weighted bound in the run's form, or what the objective makes of the importance
  /// weights.
  package var objective: Traced {
    switch maximised {
    case let rates as any RateObjective:
      return dataCount * rates.bound(rateTerms)
    case let weights as any WeightObjective where !maximised.isLinear || !estimator.source.isOfTheBound:
      let terms = weights.estimate(importanceTerms)
      return dataCount * (terms.sum() * (1 / Double(terms.count)))
    default:
      return lowerBound
    }
  }

  /// How far the constraint of the objective's multiplier is from being met, in nats per datum; nil where it has none.
  var constraint: Traced? { (maximised as? ConstrainedReconstruction)?.constraint(rateTerms) }

  /// The terms of rate objectives.
  private var rateTerms: RateTerms {
    let reconstruction = expectation(
      closedReconstruction, logLikelihood, preferClosed: expectations == .exact)
    return RateTerms(
      reconstruction: reconstruction * (1 / dataCount), rate: priorDivergence * (1 / dataCount),
      rates: latentRates?.meanOverDraws(), beta: beta, control: control, draw: q.draw, gaussian: q.gaussian,
      dataCount: dataCount)
  }

  /// The β-weighted bound in the run's form, a shared scalar.
  ///
  /// With sampled expectations the expected log likelihood or log joint comes from the draws and the other term is
  /// closed where it can be; with exact ones everything is closed (Kingma & Welling 2014, eq. 7; Hoffman & Johnson 2016).
  private var lowerBound: Traced {
    if let opaqueLogJoint {
      let joint = opaqueLogJoint.meanOverDraws()
      return entropy.map { joint + beta * $0 } ?? joint
    }
    let exact = expectations == .exact || estimator.source == .enumeration
    let reconstruction = expectation(closedReconstruction, logLikelihood, preferClosed: exact)
    switch form {
    case .jointEntropy:
      let logPrior = expectation(closedLogPrior, logPrior, preferClosed: exact)
      let joint = reconstruction + beta * logPrior
      return entropy.map { joint + beta * $0 } ?? joint
    case .reconstructionKL:
      return reconstruction - beta * priorDivergence
    case .evidenceGap:
      guard let logNormalizer else {
        preconditionFailure("evidence-gap without a tractable posterior")
      }
      return beta * (logNormalizer.meanOverDraws() - temperedDivergence(logNormalizer))
    }
  }

  /// The gradient of the objective with respect to φ; nil where there is none.
  package func gradient(of objective: Traced) -> Traced? {
    parameters.map { tape.gradient(of: objective, withRespectTo: [$0])[0] }
  }

  /// H[q], closed where it can be; nil for a point.
  var entropy: Traced? { (closedEntropy ?? logDensity.map { -$0 })?.meanOverDraws() }

  /// KL[q ‖ p(z)], closed where it can be; for a point, which has no entropy, −log p(z).
  private var priorDivergence: Traced {
    if let closedPriorDivergence { return closedPriorDivergence.meanOverDraws() }
    guard let logPrior else { preconditionFailure("neither a closed form nor a draw") }
    return (logDensity.map { $0 - logPrior } ?? -logPrior).meanOverDraws()
  }

  /// KL[q ‖ p_β], closed where it can be.
  private func temperedDivergence(_ logNormalizer: Traced) -> Traced {
    if let closedTemperedDivergence { return closedTemperedDivergence.meanOverDraws() }
    guard let logLikelihood, let logPrior, let logDensity else {
      // Closed terms under a fixed q: KL = −H − E[log p] − E[log p(x|z)]/β + log Z_β.
      guard let closedReconstruction, let closedLogPrior, let closedEntropy else {
        preconditionFailure("neither closed forms nor draws")
      }
      return logNormalizer - closedEntropy - closedLogPrior - closedReconstruction / beta
    }
    return (logDensity - logPrior - logLikelihood / beta).meanOverDraws() + logNormalizer
  }

  private func expectation(_ closed: Traced?, _ sampled: Traced?, preferClosed: Bool) -> Traced {
    if let sampled, !(preferClosed && closed != nil) { return sampled.meanOverDraws() }
    guard let closed else { preconditionFailure("neither a closed form nor a draw") }
    return closed.meanOverDraws()
  }
}
