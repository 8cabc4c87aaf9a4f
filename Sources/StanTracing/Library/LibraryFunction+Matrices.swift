import NumericArrays
import StanLanguage

extension LibraryFunction {
  /// Linear algebra (Stan Functions Reference, "Matrix operations").
  static let matrices: [LibraryFunction] = [
    LibraryFunction("inverse") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.inverse(numeric(values, 0, range), at: range))
    },
    LibraryFunction("inverse_spd") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.inverse(numeric(values, 0, range), at: range))
    },
    LibraryFunction("log_determinant") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.logDeterminant(numeric(values, 0, range), at: range))
    },
    LibraryFunction("log_determinant_spd") { tracer, values, range throws(StanDiagnostic) in
      let factor = try tracer.cholesky(numeric(values, 0, range), at: range)
      let logs = tracer.graph.map(.log, tracer.graph.diagonal(factor))
      return .numeric(tracer.graph.scale(tracer.graph.sum(logs), by: 2))
    },
    LibraryFunction("cholesky_decompose") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.cholesky(numeric(values, 0, range), at: range))
    },
    LibraryFunction("chol2inv") { tracer, values, range throws(StanDiagnostic) in
      let l = try numeric(values, 0, range)
      return .numeric(try tracer.inverse(tracer.product(l, l.transposed, at: range), at: range))
    },
    product("crossprod") { x in (x.transposed, x) },
    product("tcrossprod") { x in (x, x.transposed) },
    LibraryFunction("multiply_lower_tri_self_transpose") { tracer, values, range throws(StanDiagnostic) in
      let l = tracer.lowerTriangle(try numeric(values, 0, range))
      return .numeric(try tracer.product(l, l.transposed, at: range))
    },
    LibraryFunction("mdivide_left") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.leftDivided(numeric(values, 0, range), numeric(values, 1, range), at: range))
    },
    LibraryFunction("mdivide_right") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.rightDivided(numeric(values, 0, range), numeric(values, 1, range), at: range))
    },
    LibraryFunction("mdivide_left_spd") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.leftDivided(numeric(values, 0, range), numeric(values, 1, range), at: range))
    },
    LibraryFunction("mdivide_right_spd") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.rightDivided(numeric(values, 0, range), numeric(values, 1, range), at: range))
    },
    LibraryFunction("mdivide_left_tri_low") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.lowerSolved(numeric(values, 0, range), numeric(values, 1, range), at: range))
    },
    // b L⁻¹ = (L⁻ᵀ bᵀ)ᵀ.
    LibraryFunction("mdivide_right_tri_low") { tracer, values, range throws(StanDiagnostic) in
      let b = try numeric(values, 0, range)
      let solved = try tracer.lowerSolved(
        numeric(values, 1, range), b.transposed, transposed: true, at: range)
      return .numeric(solved.transposed.shaped(b.kind, rows: b.rows, columns: b.columns))
    },
    LibraryFunction("quad_form") { tracer, values, range throws(StanDiagnostic) in
      let (a, b) = (try numeric(values, 0, range), try numeric(values, 1, range))
      let right = try tracer.product(a, b, at: range)
      if b.kind == .vector { return .numeric(tracer.graph.dot(b, right)) }
      return .numeric(try tracer.product(b.transposed, right, at: range))
    },
    LibraryFunction("quad_form_sym") { tracer, values, range throws(StanDiagnostic) in
      let (a, b) = (try numeric(values, 0, range), try numeric(values, 1, range))
      let right = try tracer.product(a, b, at: range)
      if b.kind == .vector { return .numeric(tracer.graph.dot(b, right)) }
      return .numeric(try tracer.product(b.transposed, right, at: range))
    },
    LibraryFunction("trace_quad_form") { tracer, values, range throws(StanDiagnostic) in
      let (a, b) = (try numeric(values, 0, range), try numeric(values, 1, range))
      return .numeric(tracer.graph.dot(b, try tracer.product(a, b, at: range)))
    },
    LibraryFunction("quad_form_diag") { tracer, values, range throws(StanDiagnostic) in
      let (a, v) = (try numeric(values, 0, range), try numeric(values, 1, range))
      let scaled = try tracer.scaledRows(a, v, range)
      return .numeric(try tracer.scaledColumns(scaled, v, range))
    },
    LibraryFunction("diag_matrix") { tracer, values, range throws(StanDiagnostic) in
      let v = try numeric(values, 0, range)
      let size = v.count
      let all = Numeric.concatenated([v.asVector, Numeric(.vector, [0])], .vector)
      let places = (0..<size * size).map { $0 / size == $0 % size ? $0 / size : size }
      return .numeric(all.picked(places, .matrix, rows: size, columns: size))
    },
    LibraryFunction("diag_pre_multiply") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.scaledRows(numeric(values, 1, range), numeric(values, 0, range), range))
    },
    LibraryFunction("diag_post_multiply") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.scaledColumns(numeric(values, 0, range), numeric(values, 1, range), range))
    },
    LibraryFunction("add_diag") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.addedToDiagonal(numeric(values, 0, range), numeric(values, 1, range), range))
    },
    LibraryFunction("trace") { tracer, values, range throws(StanDiagnostic) in
      .numeric(tracer.graph.sum(tracer.graph.diagonal(try numeric(values, 0, range))))
    },
    LibraryFunction("symmetrize_from_lower_tri") { _, values, range throws(StanDiagnostic) in
      let x = try numeric(values, 0, range)
      let places = (0..<x.count).map { place in
        let (row, column) = (place / x.columns, place % x.columns)
        return max(row, column) * x.columns + min(row, column)
      }
      return .numeric(x.picked(places, .matrix, rows: x.rows, columns: x.columns))
    },
    eigen("eigenvalues_sym") { eigen in Numeric(.vector, eigen.values) },
    eigen("eigenvectors_sym") { eigen in
      Numeric(
        .matrix, rows: eigen.vectors.rows, columns: eigen.vectors.columns, .constant(eigen.vectors.elements))
    },
    LibraryFunction("qr_thin_Q") { _, values, range throws(StanDiagnostic) in
      let (q, _) = try orthogonal(values, range)
      return .numeric(Numeric(.matrix, rows: q.rows, columns: q.columns, .constant(q.elements)))
    },
    LibraryFunction("qr_thin_R") { _, values, range throws(StanDiagnostic) in
      let (_, r) = try orthogonal(values, range)
      return .numeric(Numeric(.matrix, rows: r.rows, columns: r.columns, .constant(r.elements)))
    },
  ]

  private static func product(_ name: String, _ factors: @escaping @Sendable (Numeric) -> (Numeric, Numeric))
    -> LibraryFunction
  {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      let (a, b) = factors(try numeric(values, 0, range))
      return .numeric(try tracer.product(a, b, at: range).shaped(.matrix, rows: a.rows, columns: b.columns))
    }
  }

  private static func eigen(_ name: String, _ result: @escaping @Sendable (SymmetricEigen) -> Numeric)
    -> LibraryFunction
  {
    LibraryFunction(name) { _, values, range throws(StanDiagnostic) in
      let x = try numeric(values, 0, range)
      let elements = try constants(values, 0, range)
      guard x.rows == x.columns,
        let eigen = try? Matrix(rows: x.rows, columns: x.columns, elements: elements).symmetricEigen()
      else {
        throw StanDiagnostic(at: range, what: "the matrix has no eigenvalues", fix: "use a symmetric matrix")
      }
      return .numeric(result(eigen))
    }
  }

  /// The thin QR decomposition by modified Gram–Schmidt, twice over, with a positive diagonal of R as Stan has it.
  private static func orthogonal(_ values: [Value], _ range: SourceRange) throws(StanDiagnostic)
    -> (q: Matrix, r: Matrix)
  {
    let x = try numeric(values, 0, range)
    let elements = try constants(values, 0, range)
    let matrix = Matrix(rows: x.rows, columns: x.columns, elements: elements)
    let width = min(x.rows, x.columns)
    var q = Matrix(rows: x.rows, columns: width)
    var r = Matrix(rows: width, columns: x.columns)
    for column in 0..<x.columns {
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
    return (q, r)
  }
}

extension Tracer {
  /// Each row of a matrix times an element of a vector.
  func scaledRows(_ x: Numeric, _ v: Numeric, _ range: SourceRange) throws(StanDiagnostic) -> Numeric {
    try require(x, v, x.rows == v.count, at: range)
    let places = (0..<x.rows).flatMap { [Int](repeating: $0, count: x.columns) }
    return graph.multiply(v.picked(places, .matrix, rows: x.rows, columns: x.columns), x)
  }

  /// Each column of a matrix times an element of a vector.
  func scaledColumns(_ x: Numeric, _ v: Numeric, _ range: SourceRange) throws(StanDiagnostic) -> Numeric {
    try require(x, v, x.columns == v.count, at: range)
    let places = (0..<x.rows).flatMap { _ in 0..<x.columns }
    return graph.multiply(x, v.picked(places, .matrix, rows: x.rows, columns: x.columns))
  }

  /// A matrix with a number, or a vector, added to its diagonal.
  func addedToDiagonal(_ x: Numeric, _ v: Numeric, _ range: SourceRange) throws(StanDiagnostic) -> Numeric {
    let size = min(x.rows, x.columns)
    let sum = try paired(.add, diagonal(of: x), v.kind == .real ? v : v.asVector, at: range)
    var result = x
    result.origin.formUnion(v.origin)
    for place in 0..<size { result.set(place * x.columns + place, to: sum.element(place)) }
    return result
  }

  private func diagonal(of x: Numeric) -> Numeric { graph.diagonal(x) }

  /// A matrix with zeros above its diagonal.
  func lowerTriangle(_ x: Numeric) -> Numeric {
    var result = x
    for row in 0..<x.rows {
      for column in 0..<x.columns where column > row { result.set(row * x.columns + column, to: .constant(0)) }
    }
    return result
  }
}
