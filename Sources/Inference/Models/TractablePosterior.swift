public import ReverseTape

/// The posterior of a conjugate model, and its tempered versions p_β(z) ∝ p(z) p(x given z)^(1/β).
public protocol TractablePosterior: Sendable {
  /// log Z_β = log ∫ p(z) p(x given z)^(1/β) dz in nats, for β > 0; log p(x) at β = 1.
  func logNormalizer(beta: Traced) -> Traced
  /// KL[q ‖ p_β] in closed form for a Gaussian q on the unconstrained scale.
  func divergence(_ q: GaussianMoments, beta: Traced) -> Traced?
  /// The posterior's mean and covariance on the unconstrained scale; of discrete latents, logits of its probabilities to start near.
  var moments: GaussianStart { get }
  /// Expectations under the posterior where it is not Gaussian on the unconstrained scale; nil where it is.
  var closedTerms: ClosedTerms? { get }
  /// P(z < `z`) of a single latent whose posterior is not Gaussian on the unconstrained scale; nil where it is, or has no such number.
  func probability(below z: Double) -> Double?
}

extension TractablePosterior {
  public func probability(below z: Double) -> Double? { nil }
}

/// The expectations of the bound under one fixed q, in closed form, in nats on the unconstrained scale.
public struct ClosedTerms: Hashable, Sendable {
  /// E_q[log p(x given z)].
  public var reconstruction: Double
  /// E_q[log p(z)], with the log-Jacobian.
  public var logPrior: Double
  /// H[q].
  public var entropy: Double
}
