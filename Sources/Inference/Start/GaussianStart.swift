public import NumericArrays

/// A Gaussian to start from: mean `[D]` and positive-definite covariance `[D, D]` on the unconstrained scale.
public struct GaussianStart: Sendable {
  public let mean: [Double]
  /// The diagonal of the covariance.
  public let variances: [Double]
  /// nil where the elements are independent: then no matrix is held, as D may be large.
  private let correlated: Correlated?

  private struct Correlated: Sendable {
    var covariance: Matrix
    var factor: Matrix
    var axes: (values: [Double], vectors: Matrix)
    var precisionDiagonal: [Double]
  }

  /// - Throws: where the covariance is not positive definite.
  public init(mean: [Double], covariance: Matrix) throws {
    precondition(covariance.rows == mean.count && covariance.columns == mean.count, "sizes differ")
    self.mean = mean
    variances = mean.indices.map { covariance[$0, $0] }
    let factor = try covariance.cholesky()
    let eigen = try covariance.symmetricEigen()
    // Σ⁻¹ = L⁻ᵀ L⁻¹: its diagonal holds the squared lengths of the columns of L⁻¹.
    let precisionDiagonal = mean.indices.map { column in
      var unit = [Double](repeating: 0, count: mean.count)
      unit[column] = 1
      return Matrix.forwardSubstitution(lower: factor, unit).reduce(0) { $0 + $1 * $1 }
    }
    correlated = Correlated(
      covariance: covariance, factor: factor, axes: (eigen.values, eigen.vectors),
      precisionDiagonal: precisionDiagonal)
  }

  /// Independent elements with the given sd > 0.
  public init(mean: [Double], sd: [Double]) {
    precondition(mean.count == sd.count && sd.allSatisfy { $0 > 0 }, "every sd must be positive")
    self.mean = mean
    variances = sd.map { $0 * $0 }
    correlated = nil
  }

  private init(mean: [Double], variances: [Double], correlated: Correlated?) {
    self.mean = mean
    self.variances = variances
    self.correlated = correlated
  }

  /// As wide, elsewhere.
  func moved(to mean: [Double]) -> Self {
    precondition(mean.count == self.mean.count, "sizes differ")
    return Self(mean: mean, variances: variances, correlated: correlated)
  }

  /// Whether the elements are independent.
  var isDiagonal: Bool { correlated == nil }

  public var covariance: Matrix { correlated?.covariance ?? .diagonal(variances) }

  /// The lower Cholesky factor of the covariance.
  var factor: Matrix { correlated?.factor ?? .diagonal(variances.map { $0.squareRoot() }) }

  /// The diagonal of the inverse covariance.
  var precisionDiagonal: [Double] { correlated?.precisionDiagonal ?? variances.map { 1 / $0 } }

  /// The eigenvalues of the covariance, ascending, and their unit vectors as columns.
  var principalAxes: (values: [Double], vectors: Matrix) {
    if let correlated { return correlated.axes }
    let order = variances.indices.sorted { variances[$0] < variances[$1] }
    var axes = Matrix(rows: mean.count, columns: mean.count)
    for (column, index) in order.enumerated() { axes[index, column] = 1 }
    return (order.map { variances[$0] }, axes)
  }

  /// The lower Cholesky factor of the covariance that some elements have given all others, which is the inverse of their part of the
  /// precision; nil where rounding leaves no covariance.
  func conditionalFactor(of places: [Int]) -> Matrix? {
    // Known of independent elements without their matrix.
    if isDiagonal { return .diagonal(places.map { variances[$0].squareRoot() }) }
    let factor = factor
    let columns = places.map { place in
      Matrix.forwardSubstitution(lower: factor, mean.indices.map { $0 == place ? 1 : 0 })
    }
    let whitened = Matrix(columns)
    guard let root = try? (whitened * whitened.transposed).cholesky() else { return nil }
    return try? Matrix.solve(lower: root, .identity(places.count)).cholesky()
  }
}
