import ReverseTape

/// Elements of a Gaussian that vary together, independently of all others: the covariance of block-diagonal ones. Shared.
struct CovarianceBlock {
  /// Where they are in z, ascending.
  var places: [Int]
  /// The factor of their covariance.
  var factor: LowerFactor

  /// The part of the variances of `rows · z` that is theirs, `[k]` for rows `[k, D]`.
  func variances(along rows: Traced) -> Traced {
    let (count, width) = (rows.shape.rows, rows.shape.columns)
    let own = rows.gathered(
      (0..<count).flatMap { row in places.map { row * width + $0 } }, Shape(count, places.count))
    return own.times(factor.matrix).square().sumRows()
  }

  /// The covariances of all elements with one of these, zeros elsewhere; nil for an element that is none of these.
  func covariance(with index: Int, into shape: Shape) -> Traced? {
    guard let own = places.firstIndex(of: index) else { return nil }
    let matrix = factor.matrix
    return matrix.times(matrix.row(own)).scattered(places, into: shape)
  }
}

extension Traced {
  /// A row of a matrix, as a vector.
  func row(_ index: Int) -> Traced { self[index * shape.columns..<(index + 1) * shape.columns] }

  /// Elements by ascending places, as a vector: a view where they are neighbours.
  func part(_ places: [Int]) -> Traced {
    if let first = places.first, let last = places.last, last - first + 1 == places.count {
      return self[first..<last + 1]
    }
    return gathered(places)
  }
}
