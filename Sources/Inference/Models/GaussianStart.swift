public import NumericArrays

/// A Gaussian to start from: mean `[D]` and positive-definite covariance `[D, D]` on the unconstrained scale.
public struct GaussianStart: Sendable {
  public let mean: [Double]
  public let covariance: Matrix
  /// The lower Cholesky factor of the covariance.
  let factor: Matrix
  /// The diagonal of the inverse covariance.
  let precisionDiagonal: [Double]
  /// Whether the elements are independent.
  let isDiagonal: Bool

  /// The eigenvalues of the covariance, ascending, and their unit vectors as columns.
  let principalAxes: (values: [Double], vectors: Matrix)

  /// - Throws: where the covariance is not positive definite.
  public init(mean: [Double], covariance: Matrix) throws {
    precondition(covariance.rows == mean.count && covariance.columns == mean.count, "sizes differ")
    self.mean = mean
    self.covariance = covariance
    let factor = try covariance.cholesky()
    self.factor = factor
    isDiagonal = false
    let eigen = try covariance.symmetricEigen()
    principalAxes = (eigen.values, eigen.vectors)
    // Σ⁻¹ = L⁻ᵀ L⁻¹: its diagonal holds the squared lengths of the columns of L⁻¹.
    precisionDiagonal = mean.indices.map { column in
      var unit = [Double](repeating: 0, count: mean.count)
      unit[column] = 1
      return Matrix.forwardSubstitution(lower: factor, unit).reduce(0) { $0 + $1 * $1 }
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
    let order = sd.indices.sorted { sd[$0] < sd[$1] }
    var axes = Matrix(rows: sd.count, columns: sd.count)
    for (column, index) in order.enumerated() { axes[index, column] = 1 }
    principalAxes = (order.map { sd[$0] * sd[$0] }, axes)
  }

  /// The lower Cholesky factor of the covariance that some elements have given all others, which is the inverse of their part of the
  /// precision; nil where rounding leaves no covariance.
  func conditionalFactor(of places: [Int]) -> Matrix? {
    let columns = places.map { place in
      Matrix.forwardSubstitution(lower: factor, mean.indices.map { $0 == place ? 1 : 0 })
    }
    let whitened = Matrix(columns)
    guard let root = try? (whitened * whitened.transposed).cholesky() else { return nil }
    return try? Matrix.solve(lower: root, .identity(places.count)).cholesky()
  }
}
