/// Unit lower triangles I + T, shared or one per draw, from the strict triangle T `[D, D]` packed row by row as a
/// vector `[D (D − 1) / 2]`; D > 1, as a strict triangle of one row has no elements.
extension Traced {
  /// The matrix I + T `[D, D]` of this packed strict triangle.
  public func unitLowerTriangle(_ dimension: Int) -> Traced {
    precondition(Self.triangleSize(count: count) == dimension, "the triangle is not of \(dimension) rows")
    var identity = [Double](repeating: 0, count: dimension * dimension)
    for row in 0..<dimension { identity[row * dimension + row] = 1 }
    return tape.constant(identity, Shape(dimension, dimension)) + strictLowerTriangle
  }

  /// The product (I + T) x of this packed strict triangle with a vector x `[D]`, each shared or per draw.
  ///
  /// Complexity: O(D²) per draw; a shared triangle's zeros are neither stored nor multiplied.
  public func unitLowerTimes(_ vector: Traced) -> Traced {
    if extent == .shared { return unitTriangleTimes(vector, transposed: false) }
    let places = Self.strictPlaces(vector.count)
    precondition(count == places.count, "the triangle does not fit the vector")
    let terms = self * vector.gathered(places.map(\.column), shape)
    return vector + terms.scattered(places.map(\.row), into: vector.shape)
  }

  /// The strict part of (I + S) (I + T), packed, of two packed ones that are shared.
  ///
  /// Complexity: D³/6 multiplications.
  public func composedUnitLower(_ other: Traced) -> Traced {
    precondition(
      extent == .shared && other.layout == layout, "only shared triangles of one size are composed")
    return tape.record(.triangleComposition, [self, other], layout)
  }

  /// (I + T) X or its transpose times X, for a shared triangle and a matrix or vector, shared or per draw.
  package func unitTriangleTimes(_ other: Traced, transposed: Bool) -> Traced {
    precondition(
      extent == .shared && Self.triangleSize(count: count) == other.shape.rows, "shapes do not multiply")
    return tape.record(.triangleProduct(transposed: transposed), [self, other], other.layout)
  }

  /// The strict lower triangle of `Σ_draws self otherᵀ`, packed; both of one layout.
  public func strictOuterProduct(_ other: Traced) -> Traced {
    precondition(layout == other.layout, "shapes do not contract")
    let rows = shape.rows
    return tape.record(.strictOuterProduct, [self, other], Layout(Shape(rows * (rows - 1) / 2), .shared))
  }

  /// This packed strict triangle as a matrix with zeros elsewhere.
  var strictLowerTriangle: Traced {
    let dimension = Self.triangleSize(count: count)
    let places = Self.strictPlaces(dimension).map { $0.row * dimension + $0.column }
    return scattered(places, into: Shape(dimension, dimension))
  }

  /// The strict lower triangle of this matrix, packed.
  var packedStrictTriangle: Traced {
    gathered(Self.strictPlaces(shape.rows).map { $0.row * shape.rows + $0.column })
  }

  /// The rows D > 1 of a strict triangle of D (D − 1) / 2 elements.
  static func triangleSize(count: Int) -> Int {
    let size = Int((1 + Double(1 + 8 * count).squareRoot()) / 2)
    precondition(count > 0 && size * (size - 1) / 2 == count, "\(count) elements are not a strict triangle")
    return size
  }

  /// Where each packed element stands in the matrix of a triangle.
  package static func strictPlaces(_ dimension: Int) -> [(row: Int, column: Int)] {
    precondition(dimension > 1, "a strict triangle of one row has no elements")
    return (1..<dimension).flatMap { row in (0..<row).map { (row, $0) } }
  }
}
