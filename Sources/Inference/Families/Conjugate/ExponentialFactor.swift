import ReverseTape

/// The factor of one latent in a q of independent latents, in the exponential family of the latent's support.
protocol ExponentialFactor: Sendable {
  /// The number of elements of φ, and of standard normal variates that one draw takes.
  var parameterCount: Int { get }
  var noiseCount: Int { get }
  /// φ of a member near a Gaussian on the unconstrained scale.
  ///
  /// - Parameters:
  ///   - start: that of all latents.
  ///   - places: where those of this factor are in it.
  func parameters(near start: GaussianStart, places: Range<Int>) -> [Double]
  func record(_ parameters: Traced, noise: Traced, on tape: Tape) -> RecordedFactor

  /// What says the expected statistics in a program whose value is linear in them: the number of numbers, what they are at φ, and the
  /// statistics that they stand for.
  var slotCount: Int { get }
  func slotValues(at parameters: [Double]) -> [Double]
  func statistic(in slot: Traced) -> LatentStatistic
  /// φ of the density ∝ exp of what has this slope in those numbers: the natural parameters are the slope in the expected statistics
  /// (Hoffman et al. 2013, eq. 13). NaN where there is no such density.
  func parameters(slope: [Double], slotValues: [Double]) -> [Double]
}

/// A recorded factor.
struct RecordedFactor {
  /// On the unconstrained scale, one per draw.
  var draw: Traced
  /// log q at the draw, and at any point of the unconstrained scale.
  var logDensity: Traced
  var density: (_ z: Traced) -> Traced
  var entropy: Traced
  /// The expected statistics.
  var statistic: LatentStatistic
}

extension Latent {
  /// The factor in the family of the support.
  var factor: any ExponentialFactor {
    switch support {
    case .positive: GammaFactor(count: count)
    case .interval: BetaFactor(count: count)
    default: GaussianFactor(count: count)
    }
  }
}
