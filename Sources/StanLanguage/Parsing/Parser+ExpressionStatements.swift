extension Parser {
  /// An assignment, `outcome ~ distribution(…)`, or a call for its effect.
  mutating func expressionStatement() throws(StanDiagnostic) -> Statement.Kind {
    let start = next
    let warningCount = warnings.count
    let left = try indexed()
    if let assignment = try assignment(to: left) { return assignment }
    if case .call(let call) = left.kind, skip(.semicolon) { return .call(call) }
    // What is assigned to has no operators; an outcome may have them: read it again.
    next = start
    warnings.removeSubrange(warningCount...)
    let outcome = try expression()
    guard skip(.tilde) else {
      if case .call = outcome.kind { throw expected("';' after the call", fix: "put ';' here") }
      throw expected(
        "a statement to go on with '=', '+=' or '~'",
        fix: "assign a value, x = …, or give a distribution, x ~ normal(0, 1)")
    }
    return .distribution(try distribution(of: outcome))
  }

  private mutating func assignment(to left: Expression) throws(StanDiagnostic) -> Statement.Kind? {
    var operation: BinaryOperator?
    if stands(.assign) || standsOldAssign {
      skipAssign()
    } else if case .mark(let mark) = token.kind, let compound = BinaryOperator(assignment: mark) {
      operation = compound
      advance()
    } else {
      return nil
    }
    if operation == nil, case .tuple = left.kind {
      let target = try Self.unpackingTarget(left)
      return .unpacking(target, try assignedValue())
    }
    let target = try Self.target(left)
    return .assignment(Assignment(target: target, operation: operation, value: try assignedValue()))
  }

  private mutating func assignedValue() throws(StanDiagnostic) -> Expression {
    let value = try expression()
    try expect(.semicolon, "after the assignment")
    return value
  }

  private static func target(_ expression: Expression) throws(StanDiagnostic) -> AssignmentTarget {
    var steps: [AssignmentTarget.Step] = []
    guard let variable = assigned(expression, &steps) else {
      throw StanDiagnostic(
        at: expression.range, what: "only a variable or a part of one can be assigned to",
        fix: expression.kind == .target ? "write target += …" : "put a variable before '='")
    }
    return AssignmentTarget(variable: variable, steps: steps, range: expression.range)
  }

  private static func unpackingTarget(_ expression: Expression) throws(StanDiagnostic) -> UnpackingTarget {
    guard case .tuple(let parts) = expression.kind else { return .one(try target(expression)) }
    var targets: [UnpackingTarget] = []
    for part in parts { targets.append(try unpackingTarget(part)) }
    return .several(targets, expression.range)
  }

  /// The variable of `x[i].1[j]` and the steps from it.
  private static func assigned(_ expression: Expression, _ steps: inout [AssignmentTarget.Step])
    -> Identifier?
  {
    switch expression.kind {
    case .variable(let name): return name
    case .index(let whole, let indices):
      guard let name = assigned(whole, &steps) else { return nil }
      steps.append(.index(indices))
      return name
    case .tupleElement(let whole, let element):
      guard let name = assigned(whole, &steps) else { return nil }
      steps.append(.tupleElement(element))
      return name
    default: return nil
    }
  }

  /// After `~`.
  private mutating func distribution(of outcome: Expression) throws(StanDiagnostic) -> DistributionStatement {
    let name = try identifier("the name of a distribution")
    try expect(.openParenthesis, "after the distribution")
    let arguments = try expressions(until: .closeParenthesis)
    let truncation = try truncation()
    if !stands(.semicolon), stands(.bar) || stands(.comma) {
      throw expected(
        "';' after the statement", fix: "a distribution's arguments stand in one pair of parentheses")
    }
    try expect(.semicolon, "after the statement")
    return DistributionStatement(
      outcome: outcome, distribution: name, arguments: arguments, truncation: truncation)
  }

  /// `T[lower, upper]`, either of them left out.
  private mutating func truncation() throws(StanDiagnostic) -> Truncation? {
    guard standsName("T") else { return nil }
    let start = token.range.start
    advance()
    try expect(.openBracket, "after 'T'")
    let lower = stands(.comma) ? nil : try expression()
    try expect(.comma, "between the bounds of the truncation")
    let upper = stands(.closeBracket) ? nil : try expression()
    try expect(.closeBracket, "after the bounds of the truncation")
    return Truncation(lower: lower, upper: upper, range: range(from: start))
  }
}
