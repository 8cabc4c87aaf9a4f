/// Matrices that are shared or one for each draw: products, factors, solutions. Every operand is of either kind.
extension Traced {
  /// The product `[n, k] × [k, m]`: `[n, m]`.
  public func matrixTimes(_ other: Traced) -> Traced {
    extent == .shared
      ? times(other) : matrixProduct(other, transposedLeft: false, transposedRight: false)
  }

  /// The product of two matrices, each taken as it is or transposed.
  package func matrixProduct(_ other: Traced, transposedLeft: Bool, transposedRight: Bool) -> Traced {
    let (rows, depth) =
      transposedLeft ? (shape.columns, shape.rows) : (shape.rows, shape.columns)
    let (own, columns) =
      transposedRight ? (other.shape.columns, other.shape.rows) : (other.shape.rows, other.shape.columns)
    precondition(depth == own, "shapes \(shape) and \(other.shape) do not multiply")
    return tape.record(
      .drawProduct(transposedLeft: transposedLeft, transposedRight: transposedRight), [self, other],
      Layout(Shape(rows, columns), joined(other)))
  }

  /// The transpose `[columns, rows]`.
  public func transposed() -> Traced {
    let (rows, columns) = (shape.rows, shape.columns)
    if rows == 1 || columns == 1 { return reshaped(Shape(columns, rows)) }
    return gathered(
      (0..<count).map { $0 % rows * columns + $0 / rows }, Shape(columns, rows))
  }

  /// The lower triangular L with L Lᵀ = this symmetric positive-definite matrix `[K, K]`, whose lower triangle is read; zeros above
  /// the diagonal, NaN where the matrix is not positive definite.
  public func choleskyFactor() -> Traced {
    precondition(shape.rows == shape.columns, "only a square matrix has a Cholesky factor")
    return tape.record(.choleskyFactor, [self], layout)
  }

  /// L⁻¹ b for this lower triangle L `[K, K]`, of which nothing above the diagonal is read, and b `[K]` or `[K, m]`.
  public func lowerTriangularSolve(_ b: Traced) -> Traced { triangularSolve(b, transposed: false) }

  /// L⁻ᵀ b for this lower triangle L `[K, K]` and b `[K]` or `[K, m]`.
  public func lowerTriangularTransposedSolve(_ b: Traced) -> Traced { triangularSolve(b, transposed: true) }

  func triangularSolve(_ b: Traced, transposed: Bool) -> Traced {
    precondition(shape.rows == shape.columns && b.shape.rows == shape.rows, "shapes do not fit a solution")
    return tape.record(.triangularSolve(transposed: transposed), [self, b], Layout(b.shape, joined(b)))
  }

  /// The inverse of a square matrix; not finite where it is singular.
  public func matrixInverse() -> Traced {
    precondition(shape.rows == shape.columns, "only a square matrix has an inverse")
    return tape.record(.matrixInverse, [self], layout)
  }

  /// log |det A| of a square matrix: −∞ where it is singular.
  public func logAbsoluteDeterminant() -> Traced {
    precondition(shape.rows == shape.columns, "only a square matrix has a determinant")
    return tape.record(.logAbsoluteDeterminant, [self], Layout(.scalar, extent))
  }

  private func joined(_ other: Traced) -> Extent {
    extent == .perDraw || other.extent == .perDraw ? .perDraw : .shared
  }

  /// This square matrix with its diagonal and what is above it multiplied.
  func scaledTriangle(diagonal: Double, above: Double) -> Traced {
    let size = shape.rows
    let factors = (0..<count).map { place in
      let (row, column) = (place / size, place % size)
      return row == column ? diagonal : row < column ? above : 1
    }
    return self * tape.constant(factors, shape)
  }

  /// The symmetric matrix with this one's lower triangle.
  func mirroredLowerTriangle() -> Traced {
    let size = shape.rows
    return gathered((0..<count).map { max($0 / size, $0 % size) * size + min($0 / size, $0 % size) }, shape)
  }
}
