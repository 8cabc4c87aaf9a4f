import NumericArrays
import StanLanguage

/// Products and quotients of matrices.
extension Tracer {
  /// `x * y`: scaling, an inner, outer or matrix product.
  func product(_ x: Numeric, _ y: Numeric, at range: SourceRange) throws(StanDiagnostic) -> Numeric {
    if x.kind == .real || y.kind == .real { return graph.multiply(x, y) }
    try require(x, y, x.columns == y.rows, at: range)
    let origin = x.origin.union(y.origin)
    if x.kind == .rowVector, y.kind == .vector {
      return x.count == 0 ? Numeric(0, origin) : graph.dot(x.asVector, y)
    }
    try charge(x.rows, y.columns, at: range)
    let kind: Numeric.Kind = y.kind == .vector ? .vector : x.kind == .rowVector ? .rowVector : .matrix
    let (rows, inner, columns) = (x.rows, x.columns, y.columns)
    if rows * columns == 0 || inner == 0 {
      let zeros = [Double](repeating: 0, count: rows * columns)
      return Numeric(kind, rows: rows, columns: columns, .constant(zeros), origin)
    }
    if let a = x.constants, let b = y.constants {
      let product =
        Matrix(rows: rows, columns: inner, elements: a) * Matrix(rows: inner, columns: columns, elements: b)
      return Numeric(kind, rows: rows, columns: columns, .constant(product.elements), origin)
    }
    if inner == 1, columns == 1 || rows == 1 { return graph.outer(x, y, kind) }
    let node = graph.matrix(
      .product(rows: rows, inner: inner, columns: columns), graph.node(of: x), graph.node(of: y),
      count: rows * columns)
    return Numeric(kind, rows: rows, columns: columns, .node(node), origin)
  }

  /// `a \ b`: a⁻¹ b.
  func leftDivided(_ a: Numeric, _ b: Numeric, at range: SourceRange) throws(StanDiagnostic) -> Numeric {
    try require(a, b, a.rows == a.columns && a.columns == b.rows, at: range)
    return try product(inverse(a, at: range), b, at: range)
  }

  /// `b / a`: b a⁻¹.
  func rightDivided(_ b: Numeric, _ a: Numeric, at range: SourceRange) throws(StanDiagnostic) -> Numeric {
    try require(b, a, a.rows == a.columns && b.columns == a.rows, at: range)
    return try product(b, inverse(a, at: range), at: range)
  }

  /// The inverse of a square matrix.
  func inverse(_ a: Numeric, at range: SourceRange) throws(StanDiagnostic) -> Numeric {
    try require(a, a, a.rows == a.columns, at: range)
    let size = a.rows
    if size == 0 { return a }
    if let values = a.constants {
      let inverse = ConstantMatrices.inverse(values, size: size).inverse
      return Numeric(.matrix, rows: size, columns: size, .constant(inverse), a.origin)
    }
    let node = graph.matrix(.inverse(size), graph.node(of: a), count: size * size)
    return Numeric(.matrix, rows: size, columns: size, .node(node), a.origin)
  }

  /// The lower Cholesky factor of a symmetric positive-definite matrix.
  func cholesky(_ a: Numeric, at range: SourceRange) throws(StanDiagnostic) -> Numeric {
    try require(a, a, a.rows == a.columns, at: range)
    let size = a.rows
    if size == 0 { return a }
    if let values = a.constants {
      do {
        let factor = try Matrix(rows: size, columns: size, elements: values).cholesky()
        return Numeric(.matrix, rows: size, columns: size, .constant(factor.elements), a.origin)
      } catch {
        throw StanDiagnostic(
          at: range, what: "the matrix is not positive definite",
          fix: "check the data, or add to its diagonal")
      }
    }
    let node = graph.matrix(.cholesky(size), graph.node(of: a), count: size * size)
    return Numeric(.matrix, rows: size, columns: size, .node(node), a.origin)
  }

  /// L⁻¹ B of a lower triangle, or L⁻ᵀ B.
  func lowerSolved(_ l: Numeric, _ b: Numeric, transposed: Bool = false, at range: SourceRange)
    throws(StanDiagnostic) -> Numeric
  {
    try require(l, b, l.rows == l.columns && l.columns == b.rows, at: range)
    if b.count == 0 { return b }
    let kind: Numeric.Kind = b.kind == .matrix ? .matrix : .vector
    let origin = l.origin.union(b.origin)
    if let triangle = l.constants, let right = b.constants {
      let solved = ConstantMatrices.lowerSolved(
        triangle, right, size: l.rows, columns: b.columns, transposed: transposed)
      return Numeric(kind, rows: b.rows, columns: b.columns, .constant(solved), origin)
    }
    let operation: GraphOperation =
      transposed
      ? .lowerTransposedSolve(size: l.rows, columns: b.columns)
      : .lowerSolve(size: l.rows, columns: b.columns)
    let node = graph.matrix(operation, graph.node(of: l), graph.node(of: b), count: b.count)
    return Numeric(kind, rows: b.rows, columns: b.columns, .node(node), origin)
  }

  /// log |det A| of a square matrix.
  func logDeterminant(_ a: Numeric, at range: SourceRange) throws(StanDiagnostic) -> Numeric {
    try require(a, a, a.rows == a.columns, at: range)
    if let values = a.constants {
      return Numeric(ConstantMatrices.inverse(values, size: a.rows).logDeterminant, a.origin)
    }
    let node = graph.matrix(.logDeterminant(a.rows), graph.node(of: a), count: 1)
    return Numeric(node: node, a.origin)
  }
}

extension Graph {
  /// The products of every element of a column with every element of a row.
  mutating func outer(_ x: Numeric, _ y: Numeric, _ kind: Numeric.Kind) -> Numeric {
    let (rows, columns) = (x.count, y.count)
    let left = x.picked(
      (0..<rows).flatMap { [Int](repeating: $0, count: columns) }, .vector, rows: rows * columns)
    let right = y.picked((0..<rows).flatMap { _ in 0..<columns }, .vector, rows: rows * columns)
    return multiply(left, right).shaped(kind, rows: rows, columns: columns)
  }

  /// The diagonal of a square matrix, as a vector.
  func diagonal(_ x: Numeric) -> Numeric {
    x.picked((0..<min(x.rows, x.columns)).map { $0 * x.columns + $0 }, .vector, rows: min(x.rows, x.columns))
  }
}
