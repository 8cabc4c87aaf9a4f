extension Parser {
  /// What a declaration may have where it stands.
  struct DeclarationRules {
    var constraints: Bool
    /// Nil where a first value may be given; otherwise the block that gives the values itself.
    var valuesComeFrom: String?
  }

  /// `real a, b = 2;`: one statement for each variable.
  mutating func declarations(_ rules: DeclarationRules) throws(StanDiagnostic) -> [Statement] {
    let first = token
    let declared = try declaredType(constrained: rules.constraints)
    var statements: [Statement] = []
    repeat {
      let start = statements.isEmpty ? first : token
      let name = try identifier("the name of a variable")
      var type = declared.type
      if skip(.openBracket) { type = try oldArray(of: type, name) }
      var initial: Expression?
      if stands(.assign) || standsOldAssign {
        if let block = rules.valuesComeFrom {
          throw StanDiagnostic(
            at: token.range, what: "a variable of the block '\(block)' cannot be given a value",
            fix: "give it one in the block 'transformed \(block)'")
        }
        skipAssign()
        initial = try expression()
      }
      let declaration = Declaration(
        name: name, type: type, constraint: declared.constraint, initial: initial)
      statements.append(statement(.declaration(declaration), from: start))
    } while skip(.comma)
    try expect(.semicolon, "after the declaration")
    if let last = statements.indices.last { statements[last].range.end = previousEnd }
    return statements
  }

  /// `real x[N, M]`, after its bracket.
  private mutating func oldArray(of element: SizedType, _ name: Identifier) throws(StanDiagnostic)
    -> SizedType
  {
    let sizes = try sizeList("of the array")
    warn(
      at: range(from: name.range.start), "sizes of an array after its name are no longer part of Stan",
      fix: "write array[…] before the type")
    // Sizes after the name come before those of the type: `array[N] real x[M]` is array[M, N].
    if case .array(let inner, let innermost) = element { return .array(sizes + inner, innermost) }
    return .array(sizes, element)
  }

  /// `<-`, which is no token: `x<-1` compares in an expression.
  var standsOldAssign: Bool {
    let after = token(after: 1)
    return stands(.less) && after.kind == .mark(.minus) && after.range.start == token.range.end
  }

  /// Reads `=` or `<-`.
  mutating func skipAssign() {
    if standsOldAssign {
      warn(at: token.range.through(token(after: 1).range), "'<-' is no longer part of Stan", fix: "write '='")
      advance()
    }
    advance()
  }
}
