/// Reads tokens into syntax by recursive descent (Stan Reference Manual, "Program blocks" to "Statements").
///
/// The first error ends it. How deep syntax may nest is bounded, so that no text can exhaust the stack, here or in what
/// walks over the syntax later.
struct Parser {
  /// How deep brackets, prefix operators and statements may nest.
  static let nestingLimit = 200
  /// How many operations may stand on one another in an expression: a sum has so many terms at most.
  static let heightLimit = 1000

  let tokens: [Token]
  let bytes: [UInt8]
  let pragmas: [Int: FactorPragma]
  var symbols: Symbols
  var warnings: [StanDiagnostic]
  var next = 0
  var nesting = 0
  /// Of the expression that was read last.
  var height = 0

  init(_ lexer: Lexer) {
    tokens = lexer.tokens
    bytes = lexer.bytes
    pragmas = lexer.pragmas
    symbols = lexer.symbols
    warnings = lexer.warnings
  }

  var token: Token { tokens[next] }

  func token(after count: Int) -> Token { tokens[min(next + count, tokens.count - 1)] }

  /// Where the token before this one ends.
  var previousEnd: Int { next > 0 ? tokens[next - 1].range.end : 0 }

  /// From a start to the end of what was read last.
  func range(from start: Int) -> SourceRange { SourceRange(start, max(start, previousEnd)) }

  mutating func advance() { if next < tokens.count - 1 { next += 1 } }

  func stands(_ mark: Mark) -> Bool { token.kind == .mark(mark) }

  func stands(_ keyword: Keyword) -> Bool { token.kind == .keyword(keyword) }

  /// Whether a name stands here that reads so.
  func standsName(_ text: String) -> Bool {
    if case .name(let symbol) = token.kind { symbols.names[symbol] == text } else { false }
  }

  mutating func skip(_ mark: Mark) -> Bool {
    guard stands(mark) else { return false }
    advance()
    return true
  }

  mutating func skip(_ keyword: Keyword) -> Bool {
    guard stands(keyword) else { return false }
    advance()
    return true
  }

  /// - Parameter place: where the mark is missing: `after the statement`.
  mutating func expect(_ mark: Mark, _ place: String) throws(StanDiagnostic) {
    if !skip(mark) { throw expected("'\(mark.rawValue)' \(place)", fix: "put '\(mark.rawValue)' here") }
  }

  mutating func identifier(_ role: String) throws(StanDiagnostic) -> Identifier {
    switch token.kind {
    case .name(let symbol):
      let identifier = Identifier(name: symbols.names[symbol], symbol: symbol, range: token.range)
      advance()
      return identifier
    case .keyword(let word):
      throw StanDiagnostic(
        at: token.range, what: "'\(word.rawValue)' is a word of the language and cannot be \(role)",
        fix: "choose another name")
    default: throw expected(role, fix: "put a name here")
    }
  }

  /// What stands here, in words.
  var found: String {
    if token.kind == .end { return "the end of the program" }
    let text = String(decoding: bytes[token.range.start..<token.range.end].prefix(60), as: UTF8.self)
    return "'\(text)'"
  }

  func expected(_ what: String, fix: String) -> StanDiagnostic {
    // What is missing at the end of a line is shown there, not on the next one.
    let isOnEarlierLine = next > 0 && (tokens[next - 1].line < token.line || token.kind == .end)
    let range = isOnEarlierLine ? SourceRange(previousEnd, previousEnd) : token.range
    return StanDiagnostic(at: range, what: "expected \(what), found \(found)", fix: fix)
  }

  mutating func warn(at range: SourceRange, _ what: String, fix: String) {
    warnings.append(StanDiagnostic(.warning, at: range, what: what, fix: fix))
  }

  /// Counts a level of nesting for as long as `body` runs.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(StanDiagnostic) -> Result
  ) throws(StanDiagnostic) -> Result {
    guard nesting < Self.nestingLimit else {
      throw StanDiagnostic(
        at: token.range, what: "the program nests more than \(Self.nestingLimit) levels deep here",
        fix: "give parts of it names of their own")
    }
    nesting += 1
    defer { nesting -= 1 }
    return try body(&self)
  }

  /// One or more of a kind with commas between them.
  mutating func list<Element>(
    _ element: (inout Parser) throws(StanDiagnostic) -> Element
  ) throws(StanDiagnostic) -> [Element] {
    var elements = [try element(&self)]
    while skip(.comma) { elements.append(try element(&self)) }
    return elements
  }
}
