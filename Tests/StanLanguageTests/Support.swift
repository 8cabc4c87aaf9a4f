import StanLanguage

func source(_ text: String, firstLine: Int = 1) -> StanSource {
  StanSource(name: "p.stan", text: text, firstLine: firstLine)
}

/// Everything that is wrong with a program, as the user reads it; empty of one that checks.
func problems(_ text: String) -> String {
  let source = source(text)
  do throws(StanProblems) {
    _ = try StanProgram.parse(source)
    return ""
  } catch {
    return error.problems.map { $0.described(in: source) }.joined(separator: "\n")
  }
}

/// The syntax of an expression.
func value(_ expression: String) throws -> Expression {
  let program = try StanProgram.parsed(source("model { target += \(expression); }"))
  guard case .targetIncrement(let value) = program.model[0].kind else { throw Missing() }
  return value
}

struct Missing: Error {}

/// An expression with every operation in parentheses.
func grouped(_ expression: Expression) -> String {
  switch expression.kind {
  case .integer(let value): "\(value)"
  case .real(let value): "\(value)"
  case .string(let text): "\"\(text)\""
  case .variable(let name): name.name
  case .target: "target()"
  case .call(let call):
    call.hasBar
      ? "\(call.function.name)(\(grouped(call.arguments[0])) | \(list(Array(call.arguments.dropFirst()))))"
      : "\(call.function.name)(\(list(call.arguments)))"
  case .prefix(let operation, let operand): "(\(operation.rawValue)\(grouped(operand)))"
  case .transpose(let operand): "(\(grouped(operand))')"
  case .binary(let operation, let left, let right):
    "(\(grouped(left)) \(operation.rawValue) \(grouped(right)))"
  case .conditional(let condition, let first, let second):
    "(\(grouped(condition)) ? \(grouped(first)) : \(grouped(second)))"
  case .index(let whole, let indices):
    "\(grouped(whole))[\(indices.map(grouped).joined(separator: ", "))]"
  case .arrayLiteral(let elements): "{\(list(elements))}"
  case .rowVectorLiteral(let elements): "[\(list(elements))]"
  case .tuple(let elements): "<\(list(elements))>"
  case .tupleElement(let whole, let element): "\(grouped(whole)).\(element)"
  }
}

private func list(_ expressions: [Expression]) -> String {
  expressions.map(grouped).joined(separator: ", ")
}

private func grouped(_ index: Index) -> String {
  switch index {
  case .all: ":"
  case .at(let place): grouped(place)
  case .range(let from, let to): "\(from.map(grouped) ?? "") to \(to.map(grouped) ?? "")"
  }
}
