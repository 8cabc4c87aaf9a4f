extension Matrix {
  /// The lower triangular L with positive diagonal and L Lᵀ = self (Cholesky; Golub and Van Loan 2013, 4.2.5).
  ///
  /// Reads the lower triangle of a square matrix and takes the upper one for its mirror image. Costs n³/3 operations.
  /// - Throws: `LinearAlgebraError.notPositiveDefinite` with the first pivot that is not positive.
  public func cholesky() throws -> Matrix {
    precondition(rows == columns, "only a square matrix has a Cholesky factor")
    let size = rows
    var factor = [Double](repeating: 0, count: size * size)
    for i in 0..<size {
      for j in 0...i {
        let rest = elements[i * size + j] - rowProduct(factor, i, j, size)
        if j < i {
          factor[i * size + j] = rest / factor[j * size + j]
        } else if rest > 0 && rest.isFinite {
          factor[i * size + i] = rest.squareRoot()
        } else {
          throw LinearAlgebraError.notPositiveDefinite(index: i, pivot: rest)
        }
      }
    }
    return Matrix(rows: size, columns: size, elements: factor)
  }

  /// The x with L x = b, L being `lower`.
  public static func forwardSubstitution(lower: Matrix, _ right: [Double]) -> [Double] {
    precondition(lower.rows == lower.columns && right.count == lower.rows, "shapes do not fit a solution")
    var solution = right
    for i in 0..<right.count {
      var rest = solution[i]
      for j in 0..<i { rest -= lower.elements[i * right.count + j] * solution[j] }
      solution[i] = rest / lower.elements[i * right.count + i]
    }
    return solution
  }

  /// The x with Lᵀ x = b, L being `lower`.
  public static func backSubstitution(lower: Matrix, _ right: [Double]) -> [Double] {
    precondition(lower.rows == lower.columns && right.count == lower.rows, "shapes do not fit a solution")
    var solution = right
    for i in stride(from: right.count - 1, through: 0, by: -1) {
      var rest = solution[i]
      for j in i + 1..<max(i + 1, right.count) { rest -= lower.elements[j * right.count + i] * solution[j] }
      solution[i] = rest / lower.elements[i * right.count + i]
    }
    return solution
  }

  /// The x with L Lᵀ x = b, L being the Cholesky factor `lower`.
  public static func solve(lower: Matrix, _ right: [Double]) -> [Double] {
    backSubstitution(lower: lower, forwardSubstitution(lower: lower, right))
  }

  /// The X with L Lᵀ X = B, column by column.
  public static func solve(lower: Matrix, _ right: Matrix) -> Matrix {
    let solutions = (0..<right.columns).map { solve(lower: lower, right.column($0)) }
    return Matrix(rows: right.columns, columns: right.rows, elements: solutions.flatMap(\.self)).transposed
  }

  /// log det(L Lᵀ), L being the Cholesky factor `lower`.
  public static func logDeterminant(lower: Matrix) -> Double {
    2 * lower.diagonal.reduce(0) { $0 + SpecialFunctions.log($1) }
  }

  // Σ_{p<j} L(i,p) L(j,p) in the fixed lanes of the dot product.
  private func rowProduct(_ factor: [Double], _ i: Int, _ j: Int, _ size: Int) -> Double {
    factor.withUnsafeBufferPointer { buffer in
      guard j > 0, let base = buffer.baseAddress else { return 0 }
      return Double.kernelDot(base + i * size, base + j * size, j)
    }
  }
}
