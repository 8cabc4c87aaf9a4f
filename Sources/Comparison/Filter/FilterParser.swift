extension FilterExpression {
  /// Reads a filter.
  ///
  /// - Throws: `FilterError` with the column of the first thing that does not fit, also where a column is not
  ///   among `known` (nil: any will do).
  public init(parsing filter: String, known: Set<String>? = nil) throws(FilterError) {
    var parser = FilterParser(filter: filter, tokens: try FilterLexer.tokens(of: filter), known: known)
    self = try parser.disjunction()
    try parser.expectEnd()
  }
}

/// Recursive descent, one method per level of precedence: or, and, not, comparison.
private struct FilterParser {
  let filter: String
  let tokens: [FilterToken]
  let known: Set<String>?
  var position = 0
  var depth = 0

  init(filter: String, tokens: [FilterToken], known: Set<String>?) {
    self.filter = filter
    self.tokens = tokens
    self.known = known
  }

  mutating func disjunction() throws(FilterError) -> FilterExpression {
    var left = try conjunction()
    while takeWord("or") { left = .or(left, try conjunction()) }
    return left
  }

  private mutating func conjunction() throws(FilterError) -> FilterExpression {
    var left = try negation()
    while takeWord("and") { left = .and(left, try negation()) }
    return left
  }

  private mutating func negation() throws(FilterError) -> FilterExpression {
    depth += 1
    defer { depth -= 1 }
    guard depth <= 100 else {
      throw error(at: current, expected: "at most 100 levels of 'not' and parentheses")
    }
    if takeWord("not") { return .not(try negation()) }
    if takeSymbol("(") {
      let inner = try disjunction()
      guard takeSymbol(")") else { throw error(at: current, expected: "'and', 'or' or ')'") }
      return inner
    }
    return try comparison()
  }

  private mutating func comparison() throws(FilterError) -> FilterExpression {
    let column = try column()
    if takeWord("in") { return .membership(column: column, try list()) }
    if takeWord("not") {
      guard takeWord("in") else { throw error(at: current, expected: "'in'") }
      return .not(.membership(column: column, try list()))
    }
    if takeWord("is") {
      let isNegated = takeWord("not")
      guard takeWord("null") else {
        throw error(at: current, expected: isNegated ? "'null'" : "'null' or 'not null'")
      }
      return isNegated ? .not(.isNull(column: column)) : .isNull(column: column)
    }
    if takeSymbol("==") { return .comparison(column: column, .equal, try value()) }
    if case .symbol(let symbol) = current.kind, let relation = FilterExpression.Operator(rawValue: symbol) {
      position += 1
      let isOrdering = ![.equal, .notEqual].contains(relation)
      let place = current
      let literal = try value()
      if isOrdering && literal.numeric == nil {
        throw error(at: place, expected: "a number after '\(symbol)'")
      }
      return .comparison(column: column, relation, literal)
    }
    throw error(at: current, expected: "=, !=, <, <=, >, >=, 'in', 'not in' or 'is'")
  }

  private mutating func column() throws(FilterError) -> String {
    let place = current
    let name: String
    switch place.kind {
    case .word(let text) where !["and", "or", "in", "is", "null"].contains(text): name = text
    case .quoted(let text): name = text
    default: throw error(at: place, expected: "the name of a column or parameter, 'not' or '('")
    }
    if let known, !known.contains(name) {
      let nearest = nearestName(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
      throw error(at: place, expected: "a column or parameter that the runs have" + nearest)
    }
    position += 1
    return name
  }

  private mutating func list() throws(FilterError) -> [FilterValue] {
    guard takeSymbol("[") else { throw error(at: current, expected: "'['") }
    var values = [try value()]
    while takeSymbol(",") { values.append(try value()) }
    guard takeSymbol("]") else { throw error(at: current, expected: "',' or ']'") }
    return values
  }

  private mutating func value() throws(FilterError) -> FilterValue {
    switch current.kind {
    case .quoted(let text):
      position += 1
      return .text(text)
    case .word(let text) where !["and", "or", "not", "in", "is", "null"].contains(text):
      position += 1
      return plainNumber(text).map(FilterValue.number) ?? .text(text)
    default:
      throw error(at: current, expected: "a number, a word or a quoted text")
    }
  }

  func expectEnd() throws(FilterError) {
    guard current.kind == .end else { throw error(at: current, expected: "'and', 'or' or the end") }
  }

  private var current: FilterToken { tokens[position] }

  private mutating func takeWord(_ word: String) -> Bool {
    take(.word(word))
  }

  private mutating func takeSymbol(_ symbol: String) -> Bool {
    take(.symbol(symbol))
  }

  private mutating func take(_ kind: FilterToken.Kind) -> Bool {
    guard current.kind == kind else { return false }
    position += 1
    return true
  }

  private func error(at token: FilterToken, expected: String) -> FilterError {
    FilterError(filter: filter, column: token.column, found: token.description, expected: expected)
  }
}
