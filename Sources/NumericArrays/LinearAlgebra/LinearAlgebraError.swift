/// Why a decomposition has no answer.
public enum LinearAlgebraError: Error, Hashable, CustomStringConvertible {
  /// A Cholesky pivot is zero, negative or NaN: the matrix is not positive definite. Indices count from zero.
  case notPositiveDefinite(index: Int, pivot: Double)
  /// A column depends linearly on the columns before it, or there are fewer rows than columns.
  case rankDeficient(column: Int)
  /// LAPACK's eigenvalue iteration failed, or the matrix holds NaN or infinity.
  case eigenvaluesDidNotConverge(info: Int)

  public var description: String {
    switch self {
    case .notPositiveDefinite(let index, let pivot):
      "the matrix is not positive definite: pivot \(index) is \(pivot)"
    case .rankDeficient(let column):
      "column \(column) of the design depends on the columns before it"
    case .eigenvaluesDidNotConverge(let info):
      "the eigenvalues did not converge (dsyev returned \(info))"
    }
  }
}
