import Foundation
import NumericArrays
public import ReverseTape

/// A twisted Gaussian (Haario, Saksman & Tamminen 1999): x₁ ~ N(0, sd²), x₂ ~ N(−curvature (x₁² − sd²), 1); a density without
/// data, so the posterior is the prior and the evidence is 1.
public struct Banana: Model {
  public struct Options: Configurable {
    public var curvature = 0.03
    public var sd = 10.0
    public static var options: [Option<Self>] {
      [
        .number("curvature", \.curvature, .any, "how strongly the second variable bends"),
        .number("sd", \.sd, .positive, "sd of the first variable"),
      ]
    }
    public init() {}
  }

  public static let name = "banana"
  public static let summary = "a bent Gaussian in two dimensions (Haario et al. 1999)"
  public static var example: (options: Options, data: ModelData)? { (Options(), ModelData()) }

  public let latents = [Latent("x1"), Latent("x2")]
  private let curvature: Double
  private let sd: Double

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    curvature = options.curvature
    sd = options.sd
  }

  public var observationCount: Int { 0 }
  public var evidence: Evidence? { Evidence(logValue: 0) }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    draw.unconstrained.tape.constant(0)
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    let bend = -curvature * (draw["x1"].square() - sd * sd)
    return LogDensity.normal(draw["x1"], mean: 0, sd: sd)
      + LogDensity.normal(draw["x2"], mean: bend, sd: 1)
  }

  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    q.mean.tape.constant(0)
  }

  /// With w = x₂ − c sd² the exponent holds E[(w + c x₁²)²], a polynomial in the moments of a Gaussian:
  /// E[x₁⁴] = m⁴ + 6 m² v + 3 v² and E[w x₁²] = E[w] (m² + v) + 2 m cov(x₁, x₂).
  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? {
    let (m, v) = (q.mean[0], q.variance[0])
    let shifted = q.mean[1] - curvature * sd * sd
    let square = m.square() + v
    let fourth = m.square().square() + 6 * (m.square() * v) + 3 * v.square()
    let mixed = shifted * square + 2 * (m * q.covariance(with: 0)[1])
    let bent =
      shifted.square() + q.variance[1] + (2 * curvature) * mixed + (curvature * curvature) * fourth
    return (-0.5 / (sd * sd)) * square - 0.5 * bent - Foundation.log(sd) - LogDensity.logTwoPi
  }
}
