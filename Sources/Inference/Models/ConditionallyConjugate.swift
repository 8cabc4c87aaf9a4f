public import ReverseTape

/// A model whose latents each have, given all others, a posterior in the exponential family of their support: Gaussian where they are
/// real, gamma where they are positive, beta where they are between 0 and 1 (Hoffman et al. 2013, "Stochastic variational inference",
/// JMLR 14, §2.2).
///
/// It writes its density once, linear in the statistics of each latent. The density at a draw, its expectation under independent factors
/// and each factor's optimum given the others follow from that.
///
/// - Precondition: no latent has another support.
public protocol ConditionallyConjugate: Model {
  /// log p(x given z), a scalar; unscaled sum over the rows it is given.
  func logLikelihood(_ statistics: LatentStatistics, _ rows: ObservedRows) -> Traced
  /// log p(z) on the constrained scale, a scalar.
  func logPrior(_ statistics: LatentStatistics) -> Traced
}

extension ConditionallyConjugate {
  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    logLikelihood(LatentStatistics(draw, of: latents), rows)
  }
  public func logPrior(_ draw: LatentDraw) -> Traced { logPrior(LatentStatistics(draw, of: latents)) }
}

extension Registry where Item == ModelChoice {
  /// The names of the models whose full conditionals are in known families.
  var namesWithConditionals: [String] {
    Self.modelTypes.filter { $0 is any ConditionallyConjugate.Type }.map { $0.name }
  }
}
