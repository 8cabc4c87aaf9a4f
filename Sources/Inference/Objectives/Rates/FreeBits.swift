public import ReverseTape

/// The ELBO with a rate below λ nats free of charge, for each latent or for all of them (Kingma, Salimans, Jozefowicz, Chen, Sutskever &
/// Welling 2016, "Improving variational inference with inverse autoregressive flow", eq. 15):
///
///     E_q[log p(x|z)] − β Σ_j max(λ, KL_j),   KL_j the mean over the minibatch
///
/// Where a rate is below λ it has no gradient, so that q is not drawn to the prior there.
public struct FreeBits: RateObjective {
  /// What has λ nats free.
  public enum Group: String, CaseIterable, Sendable {
    case latent, all
  }

  public static let name = "free-bits"
  public static let summary = "the ELBO with λ nats of every latent's KL free of charge (Kingma et al. 2016)"
  public var nats = 0.25
  public var group = Group.latent
  public static var options: [Option<Self>] {
    [
      .number("nats", \.nats, .nonNegative, "λ, the nats per datum that are free; 0 is the ELBO"),
      .choice("group", \.group, "what has λ nats free: each latent, or all latents together"),
    ]
  }

  public init() {}

  public var need: RateNeed { group == .latent ? .rateOfEachLatent : .rate }

  public func bound(_ terms: RateTerms) -> Traced {
    let rates = group == .latent ? terms.rates : terms.rate
    guard let rates else { preconditionFailure("free bits of latents whose rates are not known") }
    return terms.reconstruction - terms.beta * rates.maximum(rates.tape.constant(nats)).sum()
  }
}
