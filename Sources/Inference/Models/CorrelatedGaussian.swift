import Foundation
import NumericArrays
public import ReverseTape

/// A Gaussian with unit variances and one correlation between all pairs; a density without data, so the posterior is the
/// prior and the evidence is 1.
public struct CorrelatedGaussian: Model {
  public struct Options: Configurable {
    public var dimension = 2
    public var correlation = 0.9
    public static var options: [Option<Self>] {
      [
        .integer("dimension", \.dimension, 1...1000, "number of variables"),
        .number(
          "correlation", \.correlation,
          Bounds(lower: -1, upper: 1, includesLower: false, includesUpper: false),
          "correlation between every two variables, above −1/(dimension − 1)"),
      ]
    }
    public init() {}
  }

  public static let name = "correlated-gaussian"
  public static let summary = "a Gaussian target with equal correlations; everything is exact"
  public static let hasTractablePosterior = true
  public static var example: (options: Options, table: DataTable?) { (Options(), nil) }

  public let latents: [Latent]
  private let gaussian: GaussianPosterior
  /// The eigenvectors of Σ as rows, and one over its eigenvalues.
  private let axes: Matrix
  private let precisions: [Double]
  private let logDeterminant: Double

  public init(_ options: Options, table: DataTable?) throws(SettingsProblem) {
    let dimension = options.dimension
    latents = [Latent("z", count: dimension)]
    let covariance = Matrix(
      rows: dimension, columns: dimension,
      elements: (0..<dimension * dimension).map {
        $0 / dimension == $0 % dimension ? 1 : options.correlation
      })
    let eigen: SymmetricEigen
    do {
      eigen = try covariance.symmetricEigen()
    } catch {
      throw SettingsProblem(path: ["dimension"], what: "\(error)", fix: "use fewer variables")
    }
    let (values, vectors) = (eigen.values, eigen.vectors)
    guard values.allSatisfy({ $0 > 1e-12 }) else {
      throw SettingsProblem(
        path: ["correlation"], what: "is \(options.correlation.shortest)",
        fix:
          "use a number above \((-1 / Double(dimension - 1)).shortest) and below 1 for \(dimension) variables"
      )
    }
    let zeros = [Double](repeating: 0, count: dimension)
    logDeterminant = values.reduce(0) { $0 + Foundation.log($1) }
    axes = vectors.transposed
    precisions = values.map { 1 / $0 }
    do {
      gaussian = try GaussianPosterior(
        axes: axes, priorMean: zeros, priorPrecision: precisions, curvature: zeros,
        peak: zeros, maximum: 0)
    } catch {
      throw SettingsProblem(
        path: ["correlation"], what: "makes the covariance singular", fix: "use a smaller one")
    }
  }

  public var observationCount: Int { 0 }
  public var evidence: Evidence? { Evidence(logValue: 0) }
  public var posterior: (any TractablePosterior)? { gaussian }
  public var priorMoments: GaussianStart? { gaussian.moments }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    draw.unconstrained.tape.constant(0)
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    let z = draw["z"]
    return -0.5 * whitened(recordedAxes(z.tape).times(z).square()) - normalizer
  }

  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    q.mean.tape.constant(0)
  }

  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? { -0.5 * whitenedSquare(q) - normalizer }

  /// ½ (tr(Σ⁻¹ Σ_q) + mᵀ Σ⁻¹ m − D + log |Σ| − log |Σ_q|) (Kullback 1959).
  public func priorDivergence(_ q: GaussianMoments) -> Traced? {
    0.5 * (whitenedSquare(q) + (logDeterminant - Double(dimension)) - q.logDeterminant)
  }

  /// E_q[zᵀ Σ⁻¹ z].
  private func whitenedSquare(_ q: GaussianMoments) -> Traced {
    let axes = recordedAxes(q.mean.tape)
    return whitened(q.variances(along: axes) + axes.times(q.mean).square())
  }

  /// The sum of squares along the axes, each times the precision there.
  private func whitened(_ squares: Traced) -> Traced {
    (squares.tape.constant(precisions) * squares).sum()
  }

  private var normalizer: Double { 0.5 * (Double(dimension) * LogDensity.logTwoPi + logDeterminant) }

  private func recordedAxes(_ tape: Tape) -> Traced {
    tape.constant(axes.elements, Shape(dimension, dimension))
  }
}
