import Foundation
import NumericArrays
import ReverseTape

/// Independent Gaussian priors of one mean and one sd on every latent: the prior of the regressions.
public struct GaussianPrior: Hashable, Sendable {
  /// sd > 0.
  public var mean: Double
  public var sd: Double

  public init(mean: Double, sd: Double) {
    self.mean = mean
    self.sd = sd
  }

  /// Σ log N(z_i; mean, sd²), a scalar per draw.
  func logDensity(_ z: Traced) -> Traced { LogDensity.normal(z, mean: mean, sd: sd).sum() }

  /// The same from the statistics of a latent of `count` elements.
  func logDensity(_ statistics: LatentStatistics, of name: String, count: Int) -> Traced {
    let tape = statistics.value(name).tape
    let distance = statistics.squaredDistance(
      name, from: tape.constant([Double](repeating: mean, count: count)),
      through: tape.constant(.identity(count)))
    return (-0.5 / (sd * sd)) * distance - Double(count) * (0.5 * LogDensity.logTwoPi + Foundation.log(sd))
  }

  /// E_q[log p(z)] for a Gaussian q.
  func expectedLogDensity(_ q: GaussianMoments) -> Traced {
    let spread = (q.mean - mean).square().sum() + q.variance.sum()
    return (-0.5 / (sd * sd)) * spread - Double(q.dimension)
      * (0.5 * LogDensity.logTwoPi + Foundation.log(sd))
  }

  /// KL[q ‖ p] between Gaussians: ½ (tr(Σ)/s² + |m − μ|²/s² − D + D log s² − log |Σ|) (Kullback 1959).
  func divergence(_ q: GaussianMoments) -> Traced {
    let scaled = (1 / (sd * sd)) * (q.variance + (q.mean - mean).square()).sum()
    return 0.5 * (scaled - q.logDeterminant) + Double(q.dimension) * (Foundation.log(sd) - 0.5)
  }

  func moments(dimension: Int) -> GaussianStart {
    GaussianStart(
      mean: [Double](repeating: mean, count: dimension), sd: [Double](repeating: sd, count: dimension))
  }
}
