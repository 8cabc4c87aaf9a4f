import NumericArrays

/// The density that is sampled, on the scale u on which a Gaussian with mean m and covariance L Lᵀ is standard normal: z = m + L u, and
/// p(u) has the factor |L|.
struct WhitenedDensity {
  private let density: PosteriorDensity.Evaluation
  private let mean: [Double]
  private let factor: Matrix
  private let transposed: Matrix
  /// log |L|.
  let logVolume: Double

  init(_ density: PosteriorDensity.Evaluation, from start: GaussianStart) {
    self.density = density
    mean = start.mean
    factor = start.factor
    transposed = factor.transposed
    logVolume = 0.5 * Matrix.logDeterminant(lower: factor)
  }

  var dimension: Int { mean.count }

  /// z of u.
  func latents(_ u: [Double]) -> [Double] { zip(mean, factor * u).map(+) }

  /// u of z.
  func whitened(_ z: [Double]) -> [Double] { Matrix.forwardSubstitution(lower: factor, zip(z, mean).map(-)) }

  /// The Gaussian of z where u has these moments; nil where rounding leaves no covariance.
  func unwhitened(mean: [Double], covariance: Matrix) -> GaussianStart? {
    try? GaussianStart(mean: latents(mean), covariance: factor * covariance * transposed)
  }

  /// log p(u), whose gradient goes into `slope`; −∞ with no slope where either is no number.
  func logDensity(_ u: [Double], slope: inout [Double]) -> Double {
    let value = density.logDensity(latents(u), gradient: &slope) + logVolume
    slope = transposed * slope
    guard value < .infinity, slope.allSatisfy(\.isFinite) else {
      for index in slope.indices { slope[index] = 0 }
      return -.infinity
    }
    return value
  }

  /// log p(x, z), log p(x|z) and the variables at u.
  func described(_ u: [Double]) -> (joint: Double, likelihood: Double, variables: [Double]) {
    density.described(latents(u))
  }

  /// log N(u; 0, 1).
  static func logStandardNormal(_ u: [Double]) -> Double {
    -0.5 * (u.reduce(0) { $0 + $1 * $1 } + Double(u.count) * LogDensity.logTwoPi)
  }
}
