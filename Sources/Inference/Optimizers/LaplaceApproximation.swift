import NumericArrays

/// Laplace's approximation: the Gaussian with the mode of the posterior for its mean and the inverse of the negative Hessian there for its
/// covariance, on the unconstrained scale with the log-Jacobians (Laplace 1774; Tierney & Kadane 1986; Gelman et al. 2013, §4.1).
///
/// The Hessian is that of central differences of the gradient.
public struct LaplaceApproximation: GaussianFinder {
  public static let name = "laplace-approximation"
  public static let summary =
    "Laplace's approximation: the mode, and the curvature there (Tierney & Kadane 1986)"
  public var history = 10
  public static var options: [Option<Self>] {
    [.integer("history", \.history, 1...1000, "steps whose slopes the ascent to the mode remembers")]
  }

  public init() {}

  public var needsMode: Bool { true }

  public func location(near start: GaussianStart, seed: UInt64) -> [Double] {
    let noise = NoiseStream(seed: seed, purpose: .initial).normals(
      dimension: start.mean.count, draws: 1, step: 0)
    return start.mean.indices.map { start.mean[$0] + start.variances[$0].squareRoot() * noise[$0] }
  }

  public func makeSearch(seed: UInt64) -> any GaussianSearch { LaplaceSearch() }
}

/// Only the last point of the ascent counts.
private struct LaplaceSearch: GaussianSearch {
  /// The cube root of the spacing of floating-point numbers: where rounding and curvature err as much.
  private static let spacing = 6.055454452393343e-06

  mutating func visit(_ point: AscentPoint) {}

  func result(_ last: AscentPoint) throws(GaussianSearchFailure) -> GaussianStart {
    let mode = last.ascent.z
    let count = mode.count
    var precision = Matrix(rows: count, columns: count)
    var (above, below) = (mode, mode)
    for column in 0..<count {
      var z = mode
      let distance = Self.spacing * max(1, abs(mode[column]))
      z[column] = mode[column] + distance
      _ = last.density.logDensity(z, gradient: &above)
      z[column] = mode[column] - distance
      _ = last.density.logDensity(z, gradient: &below)
      for row in 0..<count { precision[row, column] = (below[row] - above[row]) / (2 * distance) }
    }
    for row in 0..<count {
      for column in 0..<row {
        let mean = 0.5 * (precision[row, column] + precision[column, row])
        precision[row, column] = mean
        precision[column, row] = mean
      }
    }
    do {
      let factor = try precision.cholesky()
      let covariance = Matrix.solve(lower: factor, Matrix.identity(count))
      return try GaussianStart(mean: mode, covariance: covariance)
    } catch {
      throw GaussianSearchFailure(
        description:
          "the posterior does not curve downwards everywhere at the mode that was found: it has no Gaussian there"
      )
    }
  }
}
