import Foundation
import NumericArrays
public import ReverseTape

/// The posterior of a Gaussian prior and a log likelihood that is quadratic in z, in the basis where both precisions
/// are diagonal.
///
/// With u = axes · z: prior u_i ~ N(priorMean_i, 1/priorPrecision_i) and log likelihood
/// constant + Σ (slope_i u_i − ½ curvature_i u_i²). Then p_β is Gaussian with precision priorPrecision + curvature/β
/// (Bishop 2006, eq. 3.50–3.51).
public struct GaussianPosterior: TractablePosterior {
  /// Orthonormal rows `[D, D]`.
  private let axes: Matrix
  private let priorMean: [Double]
  private let priorPrecision: [Double]
  private let curvature: [Double]
  private let slope: [Double]
  private let constant: Double
  public let moments: GaussianStart

  /// - Parameters, per axis: the prior's mean and precision, the likelihood's slope and curvature; and the
  ///   likelihood's constant.
  /// - Throws: where the posterior's covariance is numerically singular.
  init(
    axes: Matrix, priorMean: [Double], priorPrecision: [Double], slope: [Double], curvature: [Double],
    constant: Double
  ) throws {
    self.axes = axes
    self.priorMean = priorMean
    self.priorPrecision = priorPrecision
    self.curvature = curvature
    self.slope = slope
    self.constant = constant
    let precision = zip(priorPrecision, curvature).map { $0 + $1 }
    let rotated = precision.indices.map { (priorPrecision[$0] * priorMean[$0] + slope[$0]) / precision[$0] }
    moments = try GaussianStart(
      mean: axes.transposed * rotated,
      covariance: axes.transposed * Matrix.diagonal(precision.map { 1 / $0 }) * axes)
  }

  /// log p(x given z), a scalar per draw.
  func logLikelihood(_ z: Traced) -> Traced {
    let projected = recordedAxes(z.tape).times(z)
    return quadratic(projected, square: projected.square())
  }

  /// E_q[log p(x given z)] for a Gaussian q.
  func expectedLogLikelihood(_ q: GaussianMoments) -> Traced {
    let axes = recordedAxes(q.mean.tape)
    let projected = axes.times(q.mean)
    return quadratic(projected, square: projected.square() + q.variances(along: axes))
  }

  public func logNormalizer(beta: Traced) -> Traced {
    let tape = beta.tape
    let (precision, mean) = tempered(beta)
    let prior = zip(priorPrecision, priorMean).reduce(0.0) {
      $0 + 0.5 * Foundation.log($1.0) - 0.5 * $1.0 * $1.1 * $1.1
    }
    return tape.constant(constant) / beta + prior + 0.5 * (precision * mean.square() - precision.log()).sum()
  }

  public func divergence(_ q: GaussianMoments, beta: Traced) -> Traced? {
    let axes = recordedAxes(beta.tape)
    let (precision, mean) = tempered(beta)
    let offset = axes.times(q.mean) - mean
    let quadratic = (precision * (q.variances(along: axes) + offset.square())).sum()
    return 0.5 * (quadratic - precision.log().sum() - q.logDeterminant - Double(q.dimension))
  }

  public var closedTerms: ClosedTerms? { nil }

  /// log p(x): the normaliser at β = 1.
  var logEvidence: Double {
    let precision = zip(priorPrecision, curvature).map { $0 + $1 }
    return precision.indices.reduce(constant) { sum, i in
      let mean = (priorPrecision[i] * priorMean[i] + slope[i]) / precision[i]
      return sum + 0.5 * Foundation.log(priorPrecision[i] / precision[i])
        + 0.5 * (precision[i] * mean * mean - priorPrecision[i] * priorMean[i] * priorMean[i])
    }
  }

  private func quadratic(_ projected: Traced, square: Traced) -> Traced {
    let tape = projected.tape
    return (tape.constant(slope) * projected - tape.constant(curvature.map { 0.5 * $0 }) * square).sum()
      + constant
  }

  private func recordedAxes(_ tape: Tape) -> Traced {
    tape.constant(axes.elements, Shape(axes.rows, axes.columns))
  }

  /// The precision and the mean of p_β along the axes, `[D]` each.
  private func tempered(_ beta: Traced) -> (precision: Traced, mean: Traced) {
    let tape = beta.tape
    let precision = tape.constant(priorPrecision) + tape.constant(curvature) / beta
    let pull = tape.constant(zip(priorPrecision, priorMean).map { $0 * $1 }) + tape.constant(slope) / beta
    return (precision, pull / precision)
  }
}
