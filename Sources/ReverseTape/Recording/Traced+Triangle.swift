/// Unit lower triangles I + T, shared or one per draw, from the strict triangle T `[D, D]` packed row by row as a
/// vector `[D (D − 1) / 2]`; D > 1, as a strict triangle of one row has no elements.
extension Traced {
  /// The matrix I + T `[D, D]` of this packed strict triangle.
  public func unitLowerTriangle(_ dimension: Int) -> Traced {
    let places = strictPlaces(dimension).map { $0.row * dimension + $0.column }
    var identity = [Double](repeating: 0, count: dimension * dimension)
    for row in 0..<dimension { identity[row * dimension + row] = 1 }
    let square = Shape(dimension, dimension)
    return tape.constant(identity, square) + scattered(places, into: square)
  }

  /// The product (I + T) x of this packed strict triangle with a vector x `[D]`, each shared or per draw.
  ///
  /// Complexity: O(D²) per draw.
  public func unitLowerTimes(_ vector: Traced) -> Traced {
    let dimension = vector.count
    if extent == .shared { return unitLowerTriangle(dimension).times(vector) }
    let places = strictPlaces(dimension)
    let terms = self * vector.gathered(places.map(\.column), shape)
    return vector + terms.scattered(places.map(\.row), into: vector.shape)
  }

  /// Where each packed element stands in the matrix.
  private func strictPlaces(_ dimension: Int) -> [(row: Int, column: Int)] {
    precondition(
      dimension > 1 && count == dimension * (dimension - 1) / 2,
      "\(count) elements are not a strict triangle of \(dimension) rows")
    return (1..<dimension).flatMap { row in (0..<row).map { (row, $0) } }
  }
}
