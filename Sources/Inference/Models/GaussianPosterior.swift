import Foundation
import NumericArrays
public import ReverseTape

/// The posterior of a Gaussian prior and a log likelihood that is quadratic in z, in the basis where both precisions
/// are diagonal.
///
/// With u = axes · z: prior u_i ~ N(priorMean_i, 1/priorPrecision_i) and log likelihood
/// maximum − ½ Σ curvature_i (u_i − peak_i)². Then p_β is Gaussian with precision priorPrecision + curvature/β
/// (Bishop 2006, eq. 3.50–3.51). Written around the peak, large data are never subtracted from themselves.
public struct GaussianPosterior: TractablePosterior {
  /// Orthonormal rows `[D, D]`.
  private let axes: Matrix
  private let priorMean: [Double]
  private let priorPrecision: [Double]
  private let curvature: [Double]
  private let peak: [Double]
  private let maximum: Double
  public let moments: GaussianStart

  /// - Parameters, per axis: the prior's mean and precision, the likelihood's curvature and where it peaks; and the
  ///   likelihood's maximum.
  /// - Throws: where the posterior's covariance is numerically singular.
  init(
    axes: Matrix, priorMean: [Double], priorPrecision: [Double], curvature: [Double], peak: [Double],
    maximum: Double
  ) throws {
    self.axes = axes
    self.priorMean = priorMean
    self.priorPrecision = priorPrecision
    self.curvature = curvature
    self.peak = peak
    self.maximum = maximum
    let precision = zip(priorPrecision, curvature).map { $0 + $1 }
    let rotated = precision.indices.map {
      peak[$0] + (priorMean[$0] - peak[$0]) * priorPrecision[$0] / precision[$0]
    }
    moments = try GaussianStart(
      mean: axes.transposed * rotated,
      covariance: axes.transposed * Matrix.diagonal(precision.map { 1 / $0 }) * axes)
  }

  /// log p(x given z), a scalar per draw.
  func logLikelihood(_ z: Traced) -> Traced { quadratic(offset(of: z).square()) }

  /// E_q[log p(x given z)] for a Gaussian q.
  func expectedLogLikelihood(_ q: GaussianMoments) -> Traced {
    quadratic(offset(of: q.mean).square() + q.variances(along: recordedAxes(q.mean.tape)))
  }

  /// log p(x given z) from the statistics of the latent that z is.
  func logLikelihood(_ statistics: LatentStatistics, of name: String) -> Traced {
    let tape = statistics.value(name).tape
    let scales = curvature.map { $0.squareRoot() }
    return maximum - 0.5
      * statistics.squaredDistance(
        name, from: tape.constant(zip(scales, peak).map(*)),
        through: tape.constant(Matrix.diagonal(scales) * axes))
  }

  /// maximum/β + ½ Σ (log(p/(p + c/β)) − (priorMean − peak)² p (c/β) / (p + c/β)) with prior precision p and curvature c.
  public func logNormalizer(beta: Traced) -> Traced {
    let tape = beta.tape
    let prior = tape.constant(priorPrecision)
    let likelihood = tape.constant(curvature) / beta
    let precision = prior + likelihood
    let distance = tape.constant(zip(priorMean, peak).map { ($0 - $1) * ($0 - $1) })
    return tape.constant(maximum) / beta
      + 0.5 * (prior.log() - precision.log() - distance * prior * likelihood / precision).sum()
  }

  public func divergence(_ q: GaussianMoments, beta: Traced) -> Traced? {
    let axes = recordedAxes(beta.tape)
    let (precision, shift) = tempered(beta)
    let distance = offset(of: q.mean) - shift
    let quadratic = (precision * (q.variances(along: axes) + distance.square())).sum()
    return 0.5 * (quadratic - precision.log().sum() - q.logDeterminant - Double(q.dimension))
  }

  public var closedTerms: ClosedTerms? { nil }

  /// log p(x): the normaliser at β = 1.
  var logEvidence: Double {
    peak.indices.reduce(maximum) { sum, i in
      let (prior, curvature) = (priorPrecision[i], curvature[i])
      let distance = priorMean[i] - peak[i]
      return sum + 0.5 * Foundation.log(prior / (prior + curvature))
        - 0.5 * distance * distance * prior * curvature / (prior + curvature)
    }
  }

  private func quadratic(_ square: Traced) -> Traced {
    maximum - (square.tape.constant(curvature.map { 0.5 * $0 }) * square).sum()
  }

  /// The distance of z from the peak along the axes, `[D]`.
  private func offset(of z: Traced) -> Traced { recordedAxes(z.tape).times(z) - z.tape.constant(peak) }

  private func recordedAxes(_ tape: Tape) -> Traced {
    tape.constant(axes.elements, Shape(axes.rows, axes.columns))
  }

  /// The precision of p_β along the axes and how far its mean is from the peak, `[D]` each.
  private func tempered(_ beta: Traced) -> (precision: Traced, shift: Traced) {
    let tape = beta.tape
    let precision = tape.constant(priorPrecision) + tape.constant(curvature) / beta
    let pull = priorPrecision.indices.map { priorPrecision[$0] * (priorMean[$0] - peak[$0]) }
    return (precision, tape.constant(pull) / precision)
  }
}
