import NumericArrays
import StanLanguage

extension LibraryFunction {
  /// Decompositions of matrices that are known before the parameters are.
  static let decompositions: [LibraryFunction] = [
    eigen("eigenvalues_sym") { values, _ in values },
    eigen("eigenvectors_sym") { _, vectors in vectors },
    eigen("eigendecompose_sym") { values, vectors in .tuple([vectors, values]) },
    orthogonal("qr_thin_Q") { q, _ in q },
    orthogonal("qr_thin_R") { _, r in r },
    orthogonal("qr_thin") { q, r in .tuple([q, r]) },
    LibraryFunction("singular_values") { _, values, range throws(StanDiagnostic) in
      .numeric(Numeric(.vector, Self.singularValues(try known(values, range))))
    },
  ]

  private static func known(_ values: [Value], _ range: SourceRange) throws(StanDiagnostic) -> Matrix {
    let x = try numeric(values, 0, range)
    guard let elements = x.constants else {
      throw StanDiagnostic(
        at: range, what: "the matrix depends on parameters, and wb does not differentiate this decomposition",
        fix: "make it depend on data alone, or load the program through BridgeStan")
    }
    return Matrix(rows: x.rows, columns: x.columns, elements: elements)
  }

  private static func value(_ x: Matrix) -> Value {
    .numeric(Numeric(.matrix, rows: x.rows, columns: x.columns, .constant(x.elements)))
  }

  private static func eigen(_ name: String, _ result: @escaping @Sendable (Value, Value) -> Value)
    -> LibraryFunction
  {
    LibraryFunction(name) { _, values, range throws(StanDiagnostic) in
      let x = try known(values, range)
      guard x.rows == x.columns, let eigen = try? x.symmetricEigen() else {
        throw StanDiagnostic(at: range, what: "the matrix has no eigenvalues", fix: "use a symmetric matrix")
      }
      return result(.numeric(Numeric(.vector, eigen.values)), value(eigen.vectors))
    }
  }

  /// The thin QR decomposition by modified Gram–Schmidt, twice over, with a positive diagonal of R as Stan has it.
  private static func orthogonal(_ name: String, _ result: @escaping @Sendable (Value, Value) -> Value)
    -> LibraryFunction
  {
    LibraryFunction(name) { _, values, range throws(StanDiagnostic) in
      let matrix = try known(values, range)
      let width = min(matrix.rows, matrix.columns)
      var q = Matrix(rows: matrix.rows, columns: width)
      var r = Matrix(rows: width, columns: matrix.columns)
      for column in 0..<matrix.columns {
        var rest = matrix.column(column)
        for _ in 0..<2 {
          for known in 0..<min(column, width) {
            let share = zip(q.column(known), rest).reduce(0) { $0 + $1.0 * $1.1 }
            r[known, column] += share
            for row in rest.indices { rest[row] -= share * q[row, known] }
          }
        }
        guard column < width else { continue }
        let length = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
        r[column, column] = length
        for row in rest.indices { q[row, column] = rest[row] / length }
      }
      return result(value(q), value(r))
    }
  }

  /// In descending order, by rotations of pairs of columns until all are orthogonal (Hestenes 1958).
  private static func singularValues(_ x: Matrix) -> [Double] {
    var columns = x.rows >= x.columns ? (0..<x.columns).map(x.column) : (0..<x.rows).map(x.row)
    func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    // Cyclic sweeps converge quadratically; a handful is enough.
    for _ in 0..<60 {
      var isOrthogonal = true
      for i in columns.indices {
        for j in columns.indices where j > i {
          let (a, b, c) = (
            dot(columns[i], columns[i]), dot(columns[j], columns[j]), dot(columns[i], columns[j])
          )
          if !(abs(c) > 1e-16 * (a * b).squareRoot()) { continue }
          isOrthogonal = false
          let zeta = (b - a) / (2 * c)
          let t = (zeta >= 0 ? 1 : -1) / (abs(zeta) + (1 + zeta * zeta).squareRoot())
          let cosine = 1 / (1 + t * t).squareRoot()
          let sine = cosine * t
          for k in columns[i].indices {
            let (p, q) = (columns[i][k], columns[j][k])
            columns[i][k] = cosine * p - sine * q
            columns[j][k] = sine * p + cosine * q
          }
        }
      }
      if isOrthogonal { break }
    }
    return columns.map { dot($0, $0).squareRoot() }.sorted(by: >)
  }
}
