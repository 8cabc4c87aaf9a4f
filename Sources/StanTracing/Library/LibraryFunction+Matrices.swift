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
      try tracer.require(a, b, a.rows == a.columns && a.columns == b.rows, at: range)
      let right = try tracer.product(a, b, at: range)
      if b.kind == .vector { return .numeric(tracer.graph.dot(b, right)) }
      return .numeric(try tracer.product(b.transposed, right, at: range))
    },
    LibraryFunction("quad_form_sym") { tracer, values, range throws(StanDiagnostic) in
      let (a, b) = (try numeric(values, 0, range), try numeric(values, 1, range))
      try tracer.require(a, b, a.rows == a.columns && a.columns == b.rows, at: range)
      let right = try tracer.product(a, b, at: range)
      if b.kind == .vector { return .numeric(tracer.graph.dot(b, right)) }
      return .numeric(try tracer.product(b.transposed, right, at: range))
    },
    LibraryFunction("trace_quad_form") { tracer, values, range throws(StanDiagnostic) in
      let (a, b) = (try numeric(values, 0, range), try numeric(values, 1, range))
      try tracer.require(a, b, a.rows == a.columns && a.columns == b.rows, at: range)
      return .numeric(tracer.graph.dot(b, try tracer.product(a, b, at: range)))
    },
    LibraryFunction("trace_gen_quad_form") { tracer, values, range throws(StanDiagnostic) in
      let (d, a, b) = (
        try numeric(values, 0, range), try numeric(values, 1, range), try numeric(values, 2, range)
      )
      let right = try tracer.product(tracer.product(a, b, at: range), d.transposed, at: range)
      try tracer.require(b, right, b.rows == right.rows && b.columns == right.columns, at: range)
      return .numeric(tracer.graph.dot(b, right))
    },
    LibraryFunction("trace_dot") { tracer, values, range throws(StanDiagnostic) in
      let (a, b) = (try numeric(values, 0, range), try numeric(values, 1, range))
      try tracer.require(a, b, a.rows == b.columns && a.columns == b.rows, at: range)
      return .numeric(tracer.graph.dot(a, b.transposed))
    },
    LibraryFunction("determinant") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.determinant(numeric(values, 0, range), at: range))
    },
    LibraryFunction("matrix_power") { tracer, values, range throws(StanDiagnostic) in
      let (x, exponent) = (try numeric(values, 0, range), try count(values, 1, range))
      return .numeric(try tracer.power(ofMatrix: x, exponent, at: range))
    },
    LibraryFunction("matrix_exp") { tracer, values, range throws(StanDiagnostic) in
      .numeric(try tracer.exponential(ofMatrix: numeric(values, 0, range), at: range))
    },
    LibraryFunction("matrix_exp_multiply") { tracer, values, range throws(StanDiagnostic) in
      let exponential = try tracer.exponential(ofMatrix: numeric(values, 0, range), at: range)
      return .numeric(try tracer.product(exponential, numeric(values, 1, range), at: range))
    },
    LibraryFunction("scale_matrix_exp_multiply") { tracer, values, range throws(StanDiagnostic) in
      let scaled = tracer.graph.multiply(try numeric(values, 0, range), try numeric(values, 1, range))
      let exponential = try tracer.exponential(ofMatrix: scaled, at: range)
      return .numeric(try tracer.product(exponential, numeric(values, 2, range), at: range))
    },
    LibraryFunction("quad_form_diag") { tracer, values, range throws(StanDiagnostic) in
      let (a, v) = (try numeric(values, 0, range), try numeric(values, 1, range))
      let scaled = try tracer.scaledRows(a, v, range)
      return .numeric(try tracer.scaledColumns(scaled, v, range))
    },
    LibraryFunction("diag_matrix") { tracer, values, range throws(StanDiagnostic) in
      let v = try numeric(values, 0, range)
      let size = v.count
      try tracer.charge(size, size, at: range)
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
  ]

  private static func product(_ name: String, _ factors: @escaping @Sendable (Numeric) -> (Numeric, Numeric))
    -> LibraryFunction
  {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      let (a, b) = factors(try numeric(values, 0, range))
      return .numeric(try tracer.product(a, b, at: range).shaped(.matrix, rows: a.rows, columns: b.columns))
    }
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
      for column in 0..<x.columns where column > row {
        result.set(row * x.columns + column, to: .constant(0))
      }
    }
    return result
  }
}
