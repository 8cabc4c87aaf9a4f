import NumericArrays
import ReverseTape

/// A lower triangle on a tape as scales times a unit lower triangle, diag(scale) (I + T): the factor of a covariance or,
/// constant, what whitens one. Its zeros are neither stored nor multiplied.
///
/// Shared, or per draw where each draw has its own.
struct LowerFactor {
  /// The diagonal, `[D]`, all above zero.
  let scale: Traced
  /// T packed row by row, `[D (D − 1) / 2]`; nil where D = 1.
  let triangle: Traced?

  init(scale: Traced, triangle: Traced?) {
    precondition((triangle == nil) == (scale.count == 1), "only a triangle of one row has no elements below")
    self.scale = scale
    self.triangle = triangle
  }

  /// A constant one; the upper triangle of the matrix is not read.
  init(_ lower: Matrix, on tape: Tape) {
    scale = tape.constant(lower.diagonal)
    let strict = (0..<lower.rows).flatMap { row in
      (0..<row).map { lower[row, $0] / lower[row, row] }
    }
    triangle = strict.isEmpty ? nil : tape.constant(strict)
  }

  var dimension: Int { scale.count }

  /// The whole matrix, `[D, D]`.
  var matrix: Traced {
    guard let triangle else { return scale }
    return triangle.unitLowerTriangle(dimension) * scale.repeatedColumns(dimension)
  }

  /// The product with a vector `[D]`.
  func times(_ vector: Traced) -> Traced { scale * (triangle?.unitLowerTimes(vector) ?? vector) }

  /// The solution x of (this) x = vector, for a vector `[D]`.
  func solve(_ vector: Traced) -> Traced {
    let scaled = vector / scale
    guard let triangle else { return scaled }
    return triangle.unitLowerTriangle(dimension).lowerTriangularSolve(scaled)
  }

  /// The product of two shared triangles.
  func times(_ other: LowerFactor) -> LowerFactor {
    var product: Traced?
    if let triangle, let others = other.triangle {
      // (I + S) diag(b) = diag(b) (I + S') with S'_ij = S_ij b_j / b_i.
      let ratios = (1 / other.scale).strictOuterProduct(other.scale)
      product = (triangle * ratios).composedUnitLower(others)
    }
    return LowerFactor(scale: scale * other.scale, triangle: product)
  }

  /// The squared lengths of the rows, `[D]`: the variances of a covariance's factor.
  var squaredRows: Traced {
    guard let triangle else { return scale.square() }
    let ones = scale.tape.constant([Double](repeating: 1, count: dimension))
    return scale.square() * triangle.square().unitLowerTimes(ones)
  }
}
