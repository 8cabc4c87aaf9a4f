extension Parser {
  mutating func expression() throws(StanDiagnostic) -> Expression {
    let condition = try operation(atLeast: BinaryOperator.or.precedence)
    guard stands(.question) else { return condition }
    return try nested { parser throws(StanDiagnostic) in
      var heights = [parser.height]
      parser.advance()
      let first = try parser.expression()
      heights.append(parser.height)
      try parser.expect(.colon, "between the two values of '?'")
      let second = try parser.expression()
      heights.append(parser.height)
      return try parser.node(
        .conditional(condition, first, second), at: condition.range.through(second.range), over: heights)
    }
  }

  /// An expression without comparisons, as it stands between `<` and `>` of a constraint.
  mutating func boundExpression() throws(StanDiagnostic) -> Expression {
    try operation(atLeast: BinaryOperator.boundPrecedence)
  }

  /// Operations that bind at least so tightly (precedence climbing, Richards 1979).
  private mutating func operation(atLeast precedence: Int) throws(StanDiagnostic) -> Expression {
    try nested { parser throws(StanDiagnostic) in
      var left = try parser.prefixed()
      while case .mark(let mark) = parser.token.kind, let operation = BinaryOperator(rawValue: mark.rawValue),
        operation.precedence >= precedence
      {
        let leftHeight = parser.height
        parser.advance()
        let tighter = operation.groupsFromRight ? operation.precedence : operation.precedence + 1
        let right = try parser.operation(atLeast: tighter)
        left = try parser.node(
          .binary(operation, left, right), at: left.range.through(right.range),
          over: [leftHeight, parser.height])
      }
      return left
    }
  }

  private mutating func prefixed() throws(StanDiagnostic) -> Expression {
    guard case .mark(let mark) = token.kind, let prefix = PrefixOperator(rawValue: mark.rawValue) else {
      return try transposed()
    }
    let start = token.range
    advance()
    let operand = try operation(atLeast: BinaryOperator.prefixPrecedence)
    return try node(.prefix(prefix, operand), at: start.through(operand.range), over: [height])
  }

  private mutating func transposed() throws(StanDiagnostic) -> Expression {
    var operand = try indexed()
    while stands(.transpose) {
      let end = token.range
      advance()
      operand = try node(.transpose(operand), at: operand.range.through(end), over: [height])
    }
    return operand
  }

  /// A primary expression with its indices and tuple elements.
  mutating func indexed() throws(StanDiagnostic) -> Expression {
    var whole = try primary()
    while true {
      let wholeHeight = height
      if stands(.openBracket) {
        let indices = try indices()
        whole = try node(
          .index(whole, indices), at: range(from: whole.range.start), over: [wholeHeight, height])
      } else if case .dotNumber(_, let element) = token.kind {
        guard let element, element > 0 else {
          throw expected("the number of an element of the tuple", fix: "count elements from 1: .1")
        }
        advance()
        whole = try node(
          .tupleElement(whole, element), at: range(from: whole.range.start), over: [wholeHeight])
      } else {
        return whole
      }
    }
  }

  /// `[i, a:b, :]`.
  private mutating func indices() throws(StanDiagnostic) -> [Index] {
    advance()
    var tallest = 0
    let indices = try list { parser throws(StanDiagnostic) in
      parser.height = 0
      let index = try parser.index()
      tallest = max(tallest, parser.height)
      return index
    }
    height = tallest
    try expect(.closeBracket, "after the indices")
    return indices
  }

  private mutating func index() throws(StanDiagnostic) -> Index {
    if stands(.comma) || stands(.closeBracket) { return .all }
    if skip(.colon) {
      if stands(.comma) || stands(.closeBracket) { return .all }
      return .range(from: nil, to: try expression())
    }
    let first = try expression()
    guard skip(.colon) else { return .at(first) }
    if stands(.comma) || stands(.closeBracket) { return .range(from: first, to: nil) }
    let firstHeight = height
    let last = try expression()
    height = max(firstHeight, height)
    return .range(from: first, to: last)
  }

  /// Expressions with commas between them, until a mark that closes them and is read too.
  mutating func expressions(until mark: Mark) throws(StanDiagnostic) -> [Expression] {
    height = 0
    if skip(mark) { return [] }
    var tallest = 0
    let expressions = try list { parser throws(StanDiagnostic) in
      let expression = try parser.expression()
      tallest = max(tallest, parser.height)
      return expression
    }
    try expect(mark, "after the list")
    height = tallest
    return expressions
  }

  /// An expression over parts of those heights.
  mutating func node(
    _ kind: Expression.Kind, at range: SourceRange, over heights: [Int] = []
  ) throws(StanDiagnostic) -> Expression {
    height = (heights.max() ?? 0) + 1
    guard height <= Self.heightLimit else {
      throw StanDiagnostic(
        at: range, what: "the expression has more than \(Self.heightLimit) operations on one another",
        fix: "give parts of it names of their own, or write sum(…)")
    }
    return Expression(kind, at: range)
  }
}
