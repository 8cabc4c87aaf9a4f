import Foundation
public import NumericArrays

/// A Gaussian to start from: mean `[D]` and positive-definite covariance `[D, D]` on the unconstrained scale.
public struct GaussianStart: Hashable, Sendable {
  public let mean: [Double]
  public let covariance: Matrix
  /// The lower Cholesky factor of the covariance.
  let factor: Matrix
  /// The diagonal of the inverse covariance.
  let precisionDiagonal: [Double]
  /// Whether the elements are independent.
  let isDiagonal: Bool

  /// - Throws: where the covariance is not positive definite.
  public init(mean: [Double], covariance: Matrix) throws(LinearAlgebraError) {
    precondition(covariance.rows == mean.count && covariance.columns == mean.count, "sizes differ")
    self.mean = mean
    self.covariance = covariance
    let factor = try covariance.cholesky()
    self.factor = factor
    isDiagonal = false
    // Σ⁻¹ = L⁻ᵀ L⁻¹: its diagonal holds the squared lengths of the columns of L⁻¹.
    precisionDiagonal = mean.indices.map { column in
      var unit = [Double](repeating: 0, count: mean.count)
      unit[column] = 1
      return Matrix.solve(lower: factor, unit).reduce(0) { $0 + $1 * $1 }
    }
  }

  /// Independent elements with the given sd > 0.
  public init(mean: [Double], sd: [Double]) {
    precondition(mean.count == sd.count && sd.allSatisfy { $0 > 0 }, "every sd must be positive")
    self.mean = mean
    covariance = .diagonal(sd.map { $0 * $0 })
    factor = .diagonal(sd)
    precisionDiagonal = sd.map { 1 / ($0 * $0) }
    isDiagonal = true
  }
}
