extension Checker {
  /// Gives an expression its type, `void` after an error.
  ///
  /// - Returns: whether its value may depend on parameters.
  mutating func check(_ expression: inout Expression) -> Bool {
    let varies = checkKind(&expression)
    return varies && !expression.type.isOfIntegers
  }

  private mutating func checkKind(_ expression: inout Expression) -> Bool {
    switch expression.kind {
    case .integer: expression.type = .int
    case .real: expression.type = .real
    case .string: expression.type = .string
    case .variable(let name):
      guard let variable = look(up: name) else { return false }
      expression.type = variable.type
      return variable.varies
    case .target:
      if context.block != .transformedParameters { expectTarget(at: expression.range, "'target()'") }
      expression.type = .real
      return true
    case .call: return checkCall(&expression)
    case .prefix, .transpose, .binary, .conditional: return checkOperation(&expression)
    case .index, .tupleElement: return checkPart(&expression)
    case .arrayLiteral(var elements):
      let varies = checkEach(&elements).contains(true)
      expression.kind = .arrayLiteral(elements)
      expression.type = arrayType(of: elements)
      return varies
    case .rowVectorLiteral(var elements):
      let varies = checkEach(&elements).contains(true)
      expression.kind = .rowVectorLiteral(elements)
      expression.type = rowsType(of: elements)
      return varies
    case .tuple(var elements):
      let varies = checkEach(&elements).contains(true)
      expression.kind = .tuple(elements)
      let isWhole = !elements.contains { $0.type == .void }
      expression.type = isWhole ? .tuple(elements.map(\.type)) : .void
      return varies
    }
    return false
  }

  /// All of them; which may depend on parameters.
  mutating func checkEach(_ expressions: inout [Expression]) -> [Bool] {
    var varying: [Bool] = []
    for index in expressions.indices { varying.append(check(&expressions[index])) }
    return varying
  }

  private mutating func checkOperation(_ expression: inout Expression) -> Bool {
    switch expression.kind {
    case .prefix(let operation, var operand):
      let varies = check(&operand)
      expression.kind = .prefix(operation, operand)
      guard operand.type != .void else { return false }
      expression.type = operation.result(operand.type, library) ?? .void
      if expression.type == .void {
        report(
          at: expression.range, "'\(operation.rawValue)' does not take \(operand.type)",
          fix: operation == .not ? "give an integer: 0 is false" : "give numbers")
      }
      return varies
    case .transpose(var operand):
      let varies = check(&operand)
      expression.kind = .transpose(operand)
      guard operand.type != .void else { return false }
      expression.type = library.result(of: "transpose", [operand.type]) ?? .void
      if expression.type == .void {
        report(
          at: expression.range, "a value of type \(operand.type) cannot be transposed",
          fix: "give a vector or a matrix")
      }
      return varies
    case .binary(let operation, var left, var right):
      var varies = check(&left)
      if check(&right) { varies = true }
      expression.kind = .binary(operation, left, right)
      expression.type = type(of: operation, left, right)
      return varies
    case .conditional(var condition, var first, var second):
      var varies = check(&condition)
      if check(&first) { varies = true }
      if check(&second) { varies = true }
      expression.kind = .conditional(condition, first, second)
      expect(condition, toBe: .int, as: "the condition of '?'", fix: "compare numbers: x > 0")
      guard first.type != .void, second.type != .void else { return false }
      expression.type = first.type.common(with: second.type) ?? .void
      if expression.type == .void {
        report(
          at: expression.range, "the values of '?' are \(first.type) and \(second.type)",
          fix: "give two values of one type")
      }
      return varies
    default: return false
    }
  }

  private mutating func type(of operation: BinaryOperator, _ left: Expression, _ right: Expression)
    -> StanType
  {
    guard left.type != .void, right.type != .void else { return .void }
    let range = left.range.through(right.range)
    guard let type = operation.result(left.type, right.type, library) else {
      report(
        at: range, "'\(operation.rawValue)' does not take \(left.type) and \(right.type)",
        fix: Self.operandFix(operation, left.type, right.type))
      return .void
    }
    if operation == .divide, type == .int {
      warn(
        at: range, "the quotient of two integers is an integer, rounded towards zero",
        fix: "write '%/%' if that is meant, or make one of them real: 2.0")
    }
    return type
  }

  private static func operandFix(_ operation: BinaryOperator, _ left: StanType, _ right: StanType) -> String {
    if left.element != nil || right.element != nil {
      return "operators take numbers, vectors and matrices: declare vectors, or write to_vector(…)"
    }
    switch operation {
    case .multiply where left == right && (left == .vector || left == .rowVector):
      return "write '.*' for the product of each element, or dot_product(…)"
    case .divide where left.isScalar, .divide where left == right:
      return "write './' for the quotient of each element"
    case .or, .and, .modulo, .integerDivide: return "give integers"
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual: return "compare numbers"
    default: return "give operands that fit"
    }
  }

  private mutating func arrayType(of elements: [Expression]) -> StanType {
    var common = elements.first?.type ?? .void
    if elements.contains(where: { $0.type == .void }) { return .void }
    for element in elements.dropFirst() {
      guard let wider = common.common(with: element.type) else {
        report(
          at: element.range, "the elements of an array are of one type, found \(common) and \(element.type)",
          fix: "give elements of one type, or a tuple in parentheses")
        return .void
      }
      common = wider
    }
    return common.array(1)
  }

  private mutating func rowsType(of elements: [Expression]) -> StanType {
    if elements.contains(where: { $0.type == .void }) { return .void }
    let ofRows = elements.first?.type == .rowVector
    for element in elements where ofRows ? element.type != .rowVector : !element.type.isScalar {
      report(
        at: element.range,
        ofRows
          ? "a matrix in brackets is of row vectors, found \(element.type)"
          : "a row vector in brackets is of numbers, found \(element.type)",
        fix: element.type == .vector ? "transpose it: x'" : "write an array in braces: {…}")
      return .void
    }
    return ofRows ? .matrix : .rowVector
  }
}
