import Foundation
import NumericArrays
public import ReverseTape

/// Log densities on the constrained scale, elementwise over `x`, all constants kept, in nats.
public enum LogDensity {
  /// log 2π.
  static let logTwoPi = Foundation.log(2 * Double.pi)

  /// N(x; mean, sd²) with a fixed sd > 0.
  public static func normal(_ x: Traced, mean: Traced, sd: Double) -> Traced {
    (-0.5 / (sd * sd)) * (x - mean).square() - (0.5 * logTwoPi + Foundation.log(sd))
  }

  /// N(x; mean, sd²) with a fixed mean and sd > 0.
  public static func normal(_ x: Traced, mean: Double, sd: Double) -> Traced {
    (-0.5 / (sd * sd)) * (x - mean).square() - (0.5 * logTwoPi + Foundation.log(sd))
  }

  /// N(x; mean, exp(logSD)²).
  public static func normal(_ x: Traced, mean: Traced, logSD: Traced) -> Traced {
    -0.5 * ((x - mean) * (-logSD).exp()).square() - logSD - 0.5 * logTwoPi
  }

  /// The half-Cauchy of a scale on x > 0: 2 / (π s (1 + (x/s)²)).
  public static func halfCauchy(_ x: Traced, scale: Double) -> Traced {
    Foundation.log(2 / (Double.pi * scale)) - (x * (1 / scale)).square().log1p()
  }

  /// The half-normal of a scale on x > 0: a normal folded at 0.
  public static func halfNormal(_ x: Traced, scale: Double) -> Traced {
    normal(x, mean: 0, sd: scale) + Foundation.log(2)
  }

  /// The exponential of a mean on x > 0.
  public static func exponential(_ x: Traced, mean: Double) -> Traced {
    (-1 / mean) * x - Foundation.log(mean)
  }
}
