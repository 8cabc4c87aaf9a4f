/// A rate and a distortion in nats per datum: the two terms of the bound, of which β trades one for the other.
///
/// rate = KL[q(z|x) ‖ p(z)] and distortion = −E_q[log p(x|z)], averaged over data (Alemi et al. 2018, Fixing a Broken
/// ELBO, https://proceedings.mlr.press/v80/alemi18a.html).
public struct RateDistortionPoint: Sendable, Hashable {
  public var rate: Double
  public var distortion: Double

  public init(rate: Double, distortion: Double) {
    self.rate = rate
    self.distortion = distortion
  }

  /// The ELBO at β = 1, per datum.
  public var elbo: Double { -(rate + distortion) }
}
