import ReverseTape

extension Traced {
  /// Reflects the columns of this matrix, or vector, `[D, m]` at the hyperplane orthogonal to a shared vector `[D]`:
  /// A − 2 v (vᵀA) / |v|² (Householder 1958).
  func reflected(by vector: Traced) -> Traced {
    let along = vector.reshaped(Shape(1, vector.count)).times(self)
    return self - ((2 / vector.square().sum()) * vector).times(along)
  }

  /// The same by several vectors, packed one after another: the last first, so that the whole is their product.
  func reflected(byAll vectors: Traced, dimension: Int) -> Traced {
    stride(from: vectors.count - dimension, through: 0, by: -dimension).reduce(self) {
      $0.reflected(by: vectors[$1..<$1 + dimension])
    }
  }
}
