import StanLanguage

extension LibraryFunction {
  /// Operators by the names that Stan gives them.
  static let operators: [LibraryFunction] = [
    binary("add", .add), binary("subtract", .subtract), binary("multiply", .multiply),
    binary("divide", .divide),
    binary("elt_multiply", .elementwiseMultiply), binary("elt_divide", .elementwiseDivide),
    binary("modulus", .modulo), binary("int_divide", .integerDivide),
    binary("logical_eq", .equal), binary("logical_neq", .notEqual), binary("logical_lt", .less),
    binary("logical_lte", .lessOrEqual), binary("logical_gt", .greater),
    binary("logical_gte", .greaterOrEqual),
    LibraryFunction("logical_and") { _, values, range throws(StanDiagnostic) in
      let (a, b) = (try integer(values, 0, range), try integer(values, 1, range))
      return .int(a != 0 && b != 0 ? 1 : 0, [])
    },
    LibraryFunction("logical_or") { _, values, range throws(StanDiagnostic) in
      let (a, b) = (try integer(values, 0, range), try integer(values, 1, range))
      return .int(a != 0 || b != 0 ? 1 : 0, [])
    },
    LibraryFunction("logical_negation") { _, values, range throws(StanDiagnostic) in
      .int(try integer(values, 0, range) == 0 ? 1 : 0, [])
    },
    LibraryFunction("plus") { _, values, _ throws(StanDiagnostic) in values[0] },
  ]

  private static func binary(_ name: String, _ symbol: BinaryOperator) -> LibraryFunction {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      try tracer.combined(symbol, values[0], values[1], at: range)
    }
  }
}
