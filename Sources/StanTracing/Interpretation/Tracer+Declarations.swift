import StanLanguage

extension Tracer {
  func declare(_ declaration: Declaration) throws(StanDiagnostic) {
    let empty = try blank(declaration.type)
    variables[declaration.name.symbol] = empty
    guard let initial = declaration.initial else { return }
    try assign(
      Assignment(
        target: AssignmentTarget(variable: declaration.name, range: declaration.name.range), value: initial))
  }

  /// A value of a type before it is given one: NaN, and the smallest integer, as Stan has it.
  func blank(_ type: SizedType) throws(StanDiagnostic) -> Value {
    switch type {
    case .int: return .int(.min, [])
    case .real: return .real(.nan)
    case .vector(let count):
      let size = try size(count)
      try charge(size, at: count.range)
      return .numeric(Numeric(.vector, [Double](repeating: .nan, count: size)))
    case .rowVector(let count):
      let size = try size(count)
      try charge(size, at: count.range)
      return .numeric(Numeric(.rowVector, [Double](repeating: .nan, count: size)))
    case .matrix(let first, let second):
      let (rows, columns) = (try size(first), try size(second))
      try charge(rows, columns, at: first.range)
      return .numeric(
        Numeric(
          .matrix, rows: rows, columns: columns,
          .constant([Double](repeating: .nan, count: rows * columns))))
    case .array(let sizes, let element):
      var counts: [Int] = []
      var total = 1
      for expression in sizes {
        counts.append(try size(expression))
        try charge(total, counts[counts.count - 1], at: expression.range)
        total *= counts[counts.count - 1]
      }
      return try Self.array(counts[...], of: element) { type throws(StanDiagnostic) in try blank(type) }
    case .tuple(let parts):
      var values: [Value] = []
      for part in parts { values.append(try blank(part)) }
      return .tuple(values)
    }
  }

  private static func array(
    _ counts: ArraySlice<Int>, of element: SizedType,
    _ blank: (SizedType) throws(StanDiagnostic) -> Value
  ) throws(StanDiagnostic) -> Value {
    guard let count = counts.first else { return try blank(element) }
    if counts.count == 1 {
      switch element {
      case .int: return .ints([Int](repeating: .min, count: count), [])
      case .real: return .numeric(Numeric(.array, [Double](repeating: .nan, count: count)))
      default: break
      }
    }
    if count == 0 { return .array([]) }
    return .array([Value](repeating: try array(counts.dropFirst(), of: element, blank), count: count))
  }

  /// A size: an integer from 0.
  func size(_ expression: Expression) throws(StanDiagnostic) -> Int {
    let size = try integer(expression)
    guard size >= 0, size <= limits.elementsOfValue else {
      throw StanDiagnostic(
        at: expression.range, what: "the size is \(size)", fix: "use 0 to \(limits.elementsOfValue)")
    }
    return size
  }
}
