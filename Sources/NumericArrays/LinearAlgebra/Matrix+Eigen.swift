import COpenBLAS

/// The eigenvalues of a symmetric matrix, ascending, and their unit vectors.
public struct SymmetricEigen: Hashable, Sendable {
  public let values: [Double]
  /// Column j belongs to `values[j]`. Its component of largest magnitude (the first of them, where several are equal
  /// to 1e-6) is positive.
  public let vectors: Matrix
}

extension Matrix {
  /// The eigendecomposition of a symmetric matrix, of which the upper triangle is read (LAPACK's dsyev).
  /// - Throws: `LinearAlgebraError.eigenvaluesDidNotConverge`, for NaN and infinite elements too.
  public func symmetricEigen() throws -> SymmetricEigen {
    precondition(rows == columns, "only a square matrix has eigenvalues")
    guard rows > 0 else { return SymmetricEigen(values: [], vectors: self) }
    guard elements.allSatisfy(\.isFinite) else { throw LinearAlgebraError.eigenvaluesDidNotConverge(info: 0) }
    var size = Int32(rows)
    var info: Int32 = 0
    // LAPACK counts columns first: our upper triangle is its lower one, and its columns come out as our rows.
    var byRow = elements
    var values = [Double](repeating: 0, count: rows)
    var workCount = Int32(max(1, 34 * rows))
    var work = [Double](repeating: 0, count: Int(workCount))
    var job = CChar(UInt8(ascii: "V"))
    var triangle = CChar(UInt8(ascii: "L"))
    BLAS.useOneThread()
    dsyev_(&job, &triangle, &size, &byRow, &size, &values, &work, &workCount, &info)
    guard info == 0 else { throw LinearAlgebraError.eigenvaluesDidNotConverge(info: Int(info)) }
    let vectors = Matrix(rows: rows, columns: rows, elements: byRow)
    let oriented = (0..<rows).flatMap { Self.oriented(vectors.row($0)) }
    return SymmetricEigen(
      values: values, vectors: Matrix(rows: rows, columns: rows, elements: oriented).transposed)
  }

  private static func oriented(_ vector: [Double]) -> [Double] {
    let largest = vector.reduce(0) { max($0, abs($1)) }
    let leading = vector.first { abs($0) >= (1 - 1e-6) * largest } ?? 1
    return leading < 0 ? vector.map { -$0 } : vector
  }
}
