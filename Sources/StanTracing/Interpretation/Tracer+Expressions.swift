import StanLanguage

extension Tracer {
  func evaluate(_ expression: Expression) throws(StanDiagnostic) -> Value {
    try enter(expression.range)
    defer { leave() }
    switch expression.kind {
    case .integer(let value): return .int(value, [])
    case .real(let value): return .real(value)
    case .string(let text): return .text(text)
    case .variable(let name): return try value(of: name)
    case .target:
      // With the Jacobian of the transforms, as Stan has it.
      var sum = jacobian
      sum.add(factors.everything)
      return .numeric(graph.value(of: sum, [.data, .prior, .likelihood]))
    case .call(let call): return try evaluate(call, at: expression.range)
    case .prefix(let symbol, let operand): return try prefixed(symbol, operand)
    case .transpose(let operand): return transposed(try evaluate(operand))
    case .binary(.and, let left, let right):
      let first = try decide(left)
      return .int(first ? try decide(right) ? 1 : 0 : 0, [])
    case .binary(.or, let left, let right):
      let first = try decide(left)
      return .int(first ? 1 : try decide(right) ? 1 : 0, [])
    case .binary(let symbol, let left, let right):
      let (first, second) = (try evaluate(left), try evaluate(right))
      try charge(max(first.elementCount, second.elementCount), at: expression.range)
      return try combined(symbol, first, second, at: expression.range)
    case .conditional(let condition, let first, let second):
      return try evaluate(try decide(condition) ? first : second).converted(to: expression.type)
    case .index(let base, let indices): return try indexed(base, indices)
    case .arrayLiteral(let parts): return try array(of: parts).converted(to: expression.type)
    case .rowVectorLiteral(let parts): return try row(of: parts, at: expression.range)
    case .tuple(let parts):
      var values: [Value] = []
      for part in parts { values.append(try evaluate(part)) }
      return .tuple(values)
    case .tupleElement(let base, let place):
      guard case .tuple(let values) = try evaluate(base), values.indices.contains(place - 1) else {
        throw StanDiagnostic(
          at: expression.range, what: "there is no element \(place)", fix: "count the elements from 1")
      }
      return values[place - 1]
    }
  }

  private func value(of name: Identifier) throws(StanDiagnostic) -> Value {
    guard let value = variables[name.symbol] else {
      throw StanDiagnostic(
        at: name.range, what: "'\(name.name)' has no value yet", fix: "give it one before it is used")
    }
    return value
  }

  /// An integer that is known before the parameters are.
  func integer(_ expression: Expression) throws(StanDiagnostic) -> Int {
    guard case .int(let value, _) = try evaluate(expression) else {
      throw StanDiagnostic(
        at: expression.range, what: "this is no integer", fix: "use an int here")
    }
    return value
  }

  /// A number that is known before the parameters are.
  func number(_ expression: Expression, _ use: String) throws(StanDiagnostic) -> Double {
    guard let value = try evaluate(expression).asNumeric?.constant else {
      throw StanDiagnostic(
        at: expression.range, what: "\(use) depends on parameters",
        fix: "make it depend on data alone, or load the program through BridgeStan")
    }
    return value
  }

  /// Whether a condition holds; it must be known before the parameters are.
  func decide(_ expression: Expression) throws(StanDiagnostic) -> Bool {
    try number(expression, "the condition") != 0
  }

  private func prefixed(_ symbol: PrefixOperator, _ operand: Expression) throws(StanDiagnostic) -> Value {
    let value = try evaluate(operand)
    switch (symbol, value) {
    case (.plus, _): return value
    case (.not, _): return .int(try number(operand, "the condition") == 0 ? 1 : 0, value.origin)
    case (.minus, .int(let number, let origin)): return .int(0 &- number, origin)
    case (.minus, .array(let values)): return .array(values.map { negated($0) })
    case (.minus, _): return negated(value)
    }
  }

  private func negated(_ value: Value) -> Value {
    if case .array(let values) = value { return .array(values.map { negated($0) }) }
    guard let numeric = value.asNumeric else { return value }
    return .numeric(graph.map(.negate, numeric))
  }

  func transposed(_ value: Value) -> Value {
    guard case .numeric(let x) = value else { return value }
    switch x.kind {
    case .real, .array: return value
    case .vector: return .numeric(x.shaped(.rowVector, rows: 1, columns: x.count))
    case .rowVector: return .numeric(x.shaped(.vector, rows: x.count))
    case .matrix: return .numeric(x.transposed)
    }
  }

  /// `{a, b}`.
  private func array(of parts: [Expression]) throws(StanDiagnostic) -> Value {
    var values: [Value] = []
    for part in parts { values.append(try evaluate(part)) }
    return Value.array(of: values)
  }

  /// `[a, b]`: a row vector of scalars, or a matrix of rows.
  private func row(of parts: [Expression], at range: SourceRange) throws(StanDiagnostic) -> Value {
    var values: [Numeric] = []
    for part in parts {
      guard let value = try evaluate(part).asNumeric else {
        throw StanDiagnostic(at: part.range, what: "this is no number and no row vector", fix: "use one")
      }
      values.append(value)
    }
    if values.allSatisfy({ $0.kind == .real }) { return .numeric(Numeric.concatenated(values, .rowVector)) }
    let width = values[0].count
    if let bad = values.firstIndex(where: { $0.count != width }) {
      throw StanDiagnostic(
        at: parts[bad].range,
        what: "row \(bad + 1) has \(values[bad].count) elements, the first has \(width)",
        fix: "give every row of a matrix as many elements")
    }
    return .numeric(
      Numeric.concatenated(values, .vector).shaped(.matrix, rows: values.count, columns: width))
  }
}

extension Numeric {
  /// The transpose of a matrix.
  var transposed: Numeric {
    if rows <= 1 || columns <= 1 { return shaped(.matrix, rows: columns, columns: rows) }
    let places = (0..<columns).flatMap { column in (0..<rows).map { $0 * columns + column } }
    return picked(places, .matrix, rows: columns, columns: rows)
  }
}

extension Value {
  /// An array of elements of one type: integers and reals side by side become reals.
  static func array(of values: [Value]) -> Value {
    var ints: [Int] = []
    var origin = Origin()
    for value in values {
      guard case .int(let number, let own) = value else { break }
      ints.append(number)
      origin.formUnion(own)
    }
    if !values.isEmpty, ints.count == values.count { return .ints(ints, origin) }
    let scalars = values.compactMap(\.asNumeric)
    if !values.isEmpty, scalars.count == values.count, scalars.allSatisfy({ $0.kind == .real }) {
      return .numeric(Numeric.concatenated(scalars, .array))
    }
    return .array(values)
  }
}
