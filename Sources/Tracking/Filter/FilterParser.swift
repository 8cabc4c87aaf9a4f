extension FilterExpression {
  /// Reads a filter.
  ///
  /// - Throws: `FilterError` with the column of the first thing that does not fit: a word that the grammar has no place for, a
  ///   name that is not among `names`, a value that is not of the kind of its column.
  public init(parsing filter: String, names: FilterNames) throws(FilterError) {
    var parser = FilterParser(filter: filter, tokens: try FilterLexer.tokens(of: filter), names: names)
    self = try parser.disjunction()
    try parser.expectEnd()
  }
}

/// Recursive descent, one method per level of precedence: or, and, not, comparison.
private struct FilterParser {
  private static let mostLevels = 100
  private static let mostConditions = 1000
  private static let mostValues = 10_000
  private static let longestPattern = 1000

  let filter: String
  let tokens: [FilterToken]
  let names: FilterNames
  private var position = 0
  private var depth = 0
  private var conditions = 0
  private var values = 0

  init(filter: String, tokens: [FilterToken], names: FilterNames) {
    self.filter = filter
    self.tokens = tokens
    self.names = names
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
    guard depth <= Self.mostLevels else {
      throw error(at: current, expected: "at most \(Self.mostLevels) levels of 'not' and parentheses")
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
    conditions += 1
    guard conditions <= Self.mostConditions else {
      throw error(at: current, expected: "at most \(Self.mostConditions) conditions; 'in' takes many values")
    }
    let column = try column()
    if takeWord("in") { return .membership(column, try list(of: column)) }
    if takeWord("like") { return .like(column, try pattern(for: column)) }
    if takeWord("not") {
      if takeWord("like") { return .not(.like(column, try pattern(for: column))) }
      guard takeWord("in") else { throw error(at: current, expected: "'in' or 'like'") }
      return .not(.membership(column, try list(of: column)))
    }
    if takeWord("is") {
      let isNegated = takeWord("not")
      guard takeWord("null") else {
        throw error(at: current, expected: isNegated ? "'null'" : "'null' or 'not null'")
      }
      return isNegated ? .not(.isNull(column)) : .isNull(column)
    }
    guard case .symbol(let symbol) = current.kind,
      let relation = FilterExpression.Operator(rawValue: symbol == "==" ? "=" : symbol)
    else { throw error(at: current, expected: "=, !=, <, <=, >, >=, 'in', 'not in', 'like' or 'is'") }
    position += 1
    return .comparison(
      column, relation, try value(for: column, isOrdered: relation.isOrdering ? symbol : nil))
  }

  private mutating func column() throws(FilterError) -> FilterColumn {
    let place = current
    let name: String
    switch place.kind {
    case .word(let text) where !FilterToken.keywords.contains(text): name = text
    case .quoted(let text): name = text
    default: throw error(at: place, expected: "the name of a column or parameter, 'not' or '('")
    }
    if let metric = names.metric(ofValueNamed: name) {
      position += 1
      return .value(metric: metric, step: try step())
    }
    guard let column = names.column(name) else {
      let nearest = nearestName(to: name, among: names.all).map { "; did you mean '\($0)'?" } ?? ""
      throw error(at: place, expected: "a column, a parameter or a metric's summary of the runs" + nearest)
    }
    position += 1
    return column
  }

  /// The step in `(1000)`.
  private mutating func step() throws(FilterError) -> Int {
    guard takeSymbol("(") else {
      throw error(at: current, expected: "a step in parentheses, as in .at(1000)")
    }
    guard case .word(let text) = current.kind, let step = Int(text), step >= 0, step <= 1 << 50 else {
      throw error(at: current, expected: "a step: a whole number from 0")
    }
    position += 1
    guard takeSymbol(")") else { throw error(at: current, expected: "')'") }
    return step
  }

  private mutating func list(of column: FilterColumn) throws(FilterError) -> [FilterLiteral] {
    guard takeSymbol("[") else { throw error(at: current, expected: "'['") }
    var literals = [try value(for: column)]
    while takeSymbol(",") { literals.append(try value(for: column)) }
    guard takeSymbol("]") else { throw error(at: current, expected: "',' or ']'") }
    return literals
  }

  private mutating func pattern(for column: FilterColumn) throws(FilterError) -> String {
    guard [.text, .any].contains(column.kind) else {
      position -= 1
      throw error(at: current, expected: "=, <, > or 'in', for it is no text")
    }
    let place = current
    let pattern = try value().text
    guard pattern.utf8.count <= Self.longestPattern else {
      throw error(at: place, expected: "a pattern of at most \(Self.longestPattern) bytes")
    }
    return pattern
  }

  /// A value that a column can have.
  ///
  /// - Parameter relation: the symbol of the order that it is asked for; nil where it is asked for equality.
  private mutating func value(
    for column: FilterColumn, isOrdered relation: String? = nil
  ) throws(FilterError) -> FilterLiteral {
    let place = current
    var literal = try value()
    switch column.kind {
    case .time:
      guard let seconds = FilterTime.seconds(literal.text) else {
        throw error(at: place, expected: FilterTime.expected)
      }
      literal.number = seconds
    case .number where literal.number == nil: throw error(at: place, expected: "a number")
    case .text where relation != nil:
      position -= 2
      throw error(at: current, expected: "=, !=, 'in' or 'like', for texts have no order")
    case .any where relation != nil && literal.number == nil:
      throw error(at: place, expected: "a number after '\(relation ?? "")'")
    case .number, .text, .any: break
    }
    if case .run(.status) = column { try check(status: literal.text, at: place) }
    return literal
  }

  private func check(status: String, at place: FilterToken) throws(FilterError) {
    let known = RunStatus.allCases.map(\.rawValue)
    guard !known.contains(status) else { return }
    let nearest = nearestName(to: status, among: known).map { "; did you mean '\($0)'?" } ?? ""
    throw error(at: place, expected: "one of \(known.joined(separator: ", "))" + nearest)
  }

  private mutating func value() throws(FilterError) -> FilterLiteral {
    values += 1
    guard values <= Self.mostValues else {
      throw error(at: current, expected: "at most \(Self.mostValues) values")
    }
    switch current.kind {
    case .quoted(let text):
      position += 1
      return FilterLiteral(text)
    case .word(let text) where !FilterToken.keywords.contains(text):
      position += 1
      return FilterLiteral(text)
    default:
      throw error(at: current, expected: "a number, a word or a quoted text")
    }
  }

  func expectEnd() throws(FilterError) {
    guard current.kind == .end else { throw error(at: current, expected: "'and', 'or' or the end") }
  }

  private var current: FilterToken { tokens[position] }

  private mutating func takeWord(_ word: String) -> Bool { take(.word(word)) }

  private mutating func takeSymbol(_ symbol: String) -> Bool { take(.symbol(symbol)) }

  private mutating func take(_ kind: FilterToken.Kind) -> Bool {
    guard current.kind == kind else { return false }
    position += 1
    return true
  }

  private func error(at token: FilterToken, expected: String) -> FilterError {
    FilterError(filter: filter, column: token.column, found: token.description, expected: expected)
  }
}
