import Foundation
import NumericArrays
public import ReverseTape

/// Neal's funnel (Neal 2003, §8): v ~ N(0, scale²), x_i ~ N(0, exp(v)); a density without data, so the posterior is the
/// prior and the evidence is 1.
public struct NealsFunnel: Model {
  public struct Options: Configurable {
    public var width = 9
    public var scale = 3.0
    public static var options: [Option<Self>] {
      [
        .integer("width", \.width, 1...10_000, "number of variables whose scale is exp(v/2)"),
        .number("scale", \.scale, .positive, "sd of v"),
      ]
    }
    public init() {}
  }

  public static let name = "neals-funnel"
  public static let summary = "a density whose scale varies exponentially (Neal 2003)"
  public static var example: (options: Options, data: ModelData)? { (Options(), ModelData()) }

  public let latents: [Latent]
  private let width: Int
  private let scale: Double

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    width = options.width
    scale = options.scale
    latents = [Latent("v"), Latent("x", count: width)]
  }

  public var observationCount: Int { 0 }
  public var evidence: Evidence? { Evidence(logValue: 0) }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    draw.unconstrained.tape.constant(0)
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    let v = draw["v"]
    let x = draw["x"]
    return LogDensity.normal(v, mean: 0, sd: scale)
      + LogDensity.normal(x, mean: x.tape.constant(0), logSD: 0.5 * v).sum()
  }

  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    q.mean.tape.constant(0)
  }

  /// E[x² exp(−v)] = E[exp(−v)] (var x + (E[x] − cov(x, v))²): exp(−v) tilts the Gaussian's mean by −cov(x, v).
  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? {
    let range = 1..<1 + width
    let tilted = q.mean[range] - q.covariance(with: 0)[range]
    let squares = q.expectedExponential(-1, of: 0) * (q.variance[range] + tilted.square()).sum()
    let v = (-0.5 / (scale * scale)) * (q.variance[0] + q.mean[0].square()) - Foundation.log(scale)
    return v - 0.5 * (squares + Double(width) * q.mean[0])
      - 0.5 * Double(width + 1) * LogDensity.logTwoPi
  }
}
