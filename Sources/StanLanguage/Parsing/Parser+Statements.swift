extension Parser {
  /// A statement from a token to what was read last, with what the comments of its first line say.
  func statement(_ kind: Statement.Kind, from start: Token) -> Statement {
    Statement(kind, at: range(from: start.range.start), pragma: pragmas[start.line])
  }

  /// Statements and local declarations up to the closing brace, which is read too.
  mutating func statements(_ rules: DeclarationRules) throws(StanDiagnostic) -> [Statement] {
    var statements: [Statement] = []
    while !skip(.closeBrace) {
      if token.kind == .end { throw expected("'}' after the statements", fix: "put '}' here") }
      if typeStands {
        statements += try declarations(rules)
      } else {
        statements.append(try nested { parser throws(StanDiagnostic) in try parser.plainStatement() })
      }
    }
    return statements
  }

  /// The one statement that a loop or a condition governs.
  mutating func singleStatement() throws(StanDiagnostic) -> Statement {
    try nested { parser throws(StanDiagnostic) in
      let start = parser.token
      guard parser.typeStands else { return try parser.plainStatement() }
      let declared = try parser.declarations(Self.localRules)
      return declared.count == 1 ? declared[0] : parser.statement(.block(declared), from: start)
    }
  }

  static let localRules = DeclarationRules(constraints: false, valuesComeFrom: nil)

  private mutating func plainStatement() throws(StanDiagnostic) -> Statement {
    let start = token
    switch start.kind {
    case .mark(.openBrace) where !bracesAreArray:
      advance()
      return statement(.block(try statements(Self.localRules)), from: start)
    case .mark(.semicolon):
      advance()
      return statement(.empty, from: start)
    case .keyword(let word):
      if let kind = try keywordStatement(word) { return statement(kind, from: start) }
    case .name(let symbol):
      if symbols.names[symbol] == "increment_log_prob", token(after: 1).kind == .mark(.openParenthesis) {
        return statement(try oldIncrement(), from: start)
      }
    default: break
    }
    return statement(try expressionStatement(), from: start)
  }

  /// Whether the braces that open here hold an array that goes on as an outcome: `{a, b} ~ normal(0, 1)`.
  private var bracesAreArray: Bool {
    var depth = 0
    for position in next..<tokens.count {
      switch tokens[position].kind {
      case .mark(.openBrace): depth += 1
      case .mark(.closeBrace): depth -= 1
      // Statements end so, elements of an array never.
      case .mark(.semicolon): return false
      default: break
      }
      if depth == 0 { return tokens[min(position + 1, tokens.count - 1)].kind == .mark(.tilde) }
    }
    return false
  }

  private mutating func keywordStatement(_ word: Keyword) throws(StanDiagnostic) -> Statement.Kind? {
    switch word {
    case .if: return try conditional()
    case .for: return try loop()
    case .while:
      advance()
      try expect(.openParenthesis, "after 'while'")
      let condition = try expression()
      try expect(.closeParenthesis, "after the condition")
      return .whileLoop(condition, try singleStatement())
    case .profile: return try profile()
    case .print, .reject, .fatalError: return try message(word)
    case .break, .continue:
      advance()
      try expect(.semicolon, "after '\(word.rawValue)'")
      return word == .break ? .breakLoop : .continueLoop
    case .return:
      advance()
      if skip(.semicolon) { return .returnValue(nil) }
      let value = try expression()
      try expect(.semicolon, "after the returned value")
      return .returnValue(value)
    case .target, .jacobian:
      guard word == .jacobian || token(after: 1).kind == .mark(.addAssign) else { return nil }
      advance()
      try expect(.addAssign, "after '\(word.rawValue)'")
      let value = try expression()
      try expect(.semicolon, "after the statement")
      return word == .target ? .targetIncrement(value) : .jacobianIncrement(value)
    case .else:
      throw StanDiagnostic(
        at: token.range, what: "'else' stands without its 'if'",
        fix: "put braces around the statements between 'if (…)' and 'else'")
    default: return nil
    }
  }

  private mutating func conditional() throws(StanDiagnostic) -> Statement.Kind {
    advance()
    try expect(.openParenthesis, "after 'if'")
    let condition = try expression()
    try expect(.closeParenthesis, "after the condition")
    let first = try singleStatement()
    let second = skip(.else) ? try singleStatement() : nil
    return .conditional(condition, first, else: second)
  }

  private mutating func loop() throws(StanDiagnostic) -> Statement.Kind {
    advance()
    try expect(.openParenthesis, "after 'for'")
    let variable = try identifier("the name of the loop's variable")
    guard skip(.in) else { throw expected("'in' after the loop's variable", fix: "write for (n in 1:N)") }
    let first = try expression()
    if skip(.colon) {
      let last = try expression()
      try expect(.closeParenthesis, "after the range of the loop")
      return .forRange(variable, from: first, to: last, try singleStatement())
    }
    try expect(.closeParenthesis, "after what the loop runs over")
    return .forEach(variable, in: first, try singleStatement())
  }

  /// `profile("name") { … }`, which is its block.
  private mutating func profile() throws(StanDiagnostic) -> Statement.Kind {
    advance()
    try expect(.openParenthesis, "after 'profile'")
    guard case .string = token.kind else {
      throw expected("a name in quotes", fix: "write profile(\"name\")")
    }
    advance()
    try expect(.closeParenthesis, "after the name")
    try expect(.openBrace, "before what is profiled")
    return .block(try statements(Self.localRules))
  }

  /// `print("theta = ", theta);` and its like.
  private mutating func message(_ word: Keyword) throws(StanDiagnostic) -> Statement.Kind {
    advance()
    try expect(.openParenthesis, "after '\(word.rawValue)'")
    let parts = try list { parser throws(StanDiagnostic) in
      guard case .string(let text) = parser.token.kind else { return try parser.expression() }
      let range = parser.token.range
      parser.advance()
      return Expression(.string(text), at: range, type: .string)
    }
    try expect(.closeParenthesis, "after what to say")
    try expect(.semicolon, "after the statement")
    return switch word {
    case .print: .print(parts)
    case .reject: .reject(parts)
    default: .fatalError(parts)
    }
  }

  /// `increment_log_prob(x);`.
  private mutating func oldIncrement() throws(StanDiagnostic) -> Statement.Kind {
    let name = token.range
    advance()
    try expect(.openParenthesis, "after 'increment_log_prob'")
    let value = try expression()
    try expect(.closeParenthesis, "after the value")
    try expect(.semicolon, "after the statement")
    warn(at: name, "'increment_log_prob' is no longer part of Stan", fix: "write target += …")
    return .targetIncrement(value)
  }
}
