extension Parser {
  /// A number, a name, a call, or what stands in brackets.
  mutating func primary() throws(StanDiagnostic) -> Expression {
    let start = token.range
    switch token.kind {
    case .integer(let value):
      advance()
      return try node(.integer(value), at: start)
    case .real(let value), .dotNumber(let value, _):
      advance()
      return try node(.real(value), at: start)
    case .name:
      let name = try identifier("a variable")
      if skip(.openParenthesis) { return try call(of: name) }
      return try node(.variable(name), at: start)
    case .keyword(.target):
      advance()
      try expect(.openParenthesis, "after 'target'")
      try expect(.closeParenthesis, "after 'target('")
      return try node(.target, at: range(from: start.start))
    case .mark(.openParenthesis): return try parenthesised()
    case .mark(.openBrace):
      advance()
      let elements = try expressions(until: .closeBrace)
      guard !elements.isEmpty else {
        throw StanDiagnostic(
          at: range(from: start.start), what: "an array in braces has at least one element",
          fix: "declare an array of size 0, which needs no value")
      }
      return try node(.arrayLiteral(elements), at: range(from: start.start), over: [height])
    case .mark(.openBracket):
      advance()
      let elements = try expressions(until: .closeBracket)
      return try node(.rowVectorLiteral(elements), at: range(from: start.start), over: [height])
    default:
      throw expected("an expression", fix: expressionFix)
    }
  }

  private var expressionFix: String {
    switch token.kind {
    case .string: "texts in quotes stand in print(…), reject(…) and fatal_error(…) alone"
    case .keyword(let word): "'\(word.rawValue)' is a word of the language and names no value"
    default: "put a number, a variable or a call here"
    }
  }

  /// `(a)` or the tuple `(a, b)`.
  private mutating func parenthesised() throws(StanDiagnostic) -> Expression {
    let start = token.range.start
    advance()
    var first = try expression()
    if skip(.closeParenthesis) {
      first.range = range(from: start)
      return first
    }
    guard stands(.comma) else { throw expected("')' after the expression", fix: "put ')' here") }
    let firstHeight = height
    advance()
    let rest = try expressions(until: .closeParenthesis)
    return try node(.tuple([first] + rest), at: range(from: start), over: [firstHeight, height])
  }

  /// The arguments of a call whose parenthesis is open.
  private mutating func call(of function: Identifier) throws(StanDiagnostic) -> Expression {
    var arguments: [Expression] = []
    var hasBar = false
    var tallest = 0
    if !skip(.closeParenthesis) {
      arguments.append(try expression())
      tallest = height
      if skip(.bar) {
        hasBar = true
        arguments += try expressions(until: .closeParenthesis)
      } else if skip(.comma) {
        arguments += try expressions(until: .closeParenthesis)
        if arguments.count == 1 { throw expected("an argument after ','", fix: "take the comma out") }
      } else {
        try expect(.closeParenthesis, "after the arguments of '\(function.name)'")
        height = 0
      }
      tallest = max(tallest, height)
    }
    let range = range(from: function.range.start)
    if function.name == "get_lp", arguments.isEmpty {
      warn(at: range, "'get_lp()' is no longer part of Stan", fix: "write 'target()'")
      return try node(.target, at: range)
    }
    let call = Call(function: function, arguments: arguments, hasBar: hasBar)
    return try node(.call(call), at: range, over: [tallest])
  }
}
