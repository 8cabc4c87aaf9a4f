import NumericArrays

/// Writes the lower Cholesky factor of a symmetric matrix; a pivot that is not positive becomes NaN, and with it all
/// that follows: a matrix that is not positive definite is an outcome, not a crash.
@inline(__always)
private func factorize<Scalar: KernelScalar>(
  _ matrix: UnsafePointer<Scalar>, size: Int, factor: UnsafeMutablePointer<Scalar>
) {
  for row in 0..<size {
    for column in 0...row {
      var sum = matrix[row * size + column]
      for k in 0..<column { sum -= factor[row * size + k] * factor[column * size + k] }
      if row == column {
        factor[row * size + row] = sum > 0 ? sum.squareRoot() : .nan
      } else {
        factor[row * size + column] = sum / factor[column * size + column]
      }
    }
  }
}

/// Twice the sum of the logs of the Cholesky factor's diagonal. Complexity: O(size³ / 3).
@inline(__always)
func logDeterminantPositiveDefinite<Scalar: KernelScalar>(
  _ matrix: UnsafePointer<Scalar>, size: Int, factor: UnsafeMutablePointer<Scalar>
) -> Scalar {
  factorize(matrix, size: size, factor: factor)
  var diagonal = Scalar.zero
  for row in 0..<size {
    var log = Scalar.zero
    Scalar.kernelLog(&log, factor + row * size + row, 1)
    diagonal += log
  }
  return 2 * diagonal
}

/// The inverse by forward and back substitution on the columns of the identity. Complexity: O(size³).
@inline(__always)
func invertPositiveDefinite<Scalar: KernelScalar>(
  _ matrix: UnsafePointer<Scalar>, into inverse: UnsafeMutablePointer<Scalar>, size: Int,
  factor: UnsafeMutablePointer<Scalar>
) {
  factorize(matrix, size: size, factor: factor)
  for column in 0..<size {
    for row in 0..<size {
      var sum: Scalar = row == column ? 1 : 0
      for k in 0..<row { sum -= factor[row * size + k] * inverse[k * size + column] }
      inverse[row * size + column] = sum / factor[row * size + row]
    }
    for row in stride(from: size - 1, through: 0, by: -1) {
      var sum = inverse[row * size + column]
      for k in row + 1..<max(row + 1, size) { sum -= factor[k * size + row] * inverse[k * size + column] }
      inverse[row * size + column] = sum / factor[row * size + row]
    }
  }
}
