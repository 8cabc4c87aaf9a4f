/// A type as it is declared, with its constraint.
struct DeclaredType {
  var type: SizedType
  var constraint: Constraint = .none
}

extension Parser {
  /// Whether a type begins here, and with it a declaration.
  var typeStands: Bool {
    guard case .keyword(let word) = token.kind else { return false }
    return word.beginsType
  }

  /// A type with its constraint and sizes: `array[N] real<lower=0>`.
  mutating func declaredType(constrained: Bool) throws(StanDiagnostic) -> DeclaredType {
    try nested { parser throws(StanDiagnostic) in
      let start = parser.token
      guard case .keyword(let word) = start.kind, word.beginsType else {
        throw parser.expected("a type", fix: "declare a variable: 'real x;'")
      }
      if let refused = word.refusedType {
        throw StanDiagnostic(
          at: start.range, what: "\(refused) are outside of wb's subset of Stan",
          fix: Refusal.throughBridgeStan)
      }
      if word == .array { return try parser.declaredArray(constrained: constrained) }
      parser.advance()
      if word == .tuple { return try parser.declaredTuple(constrained: constrained) }
      if !constrained { try parser.refuseConstraint(after: start, word) }
      let constraint = try parser.constraint(of: word)
      return DeclaredType(type: try parser.sizes(of: word), constraint: constraint)
    }
  }

  private mutating func declaredArray(constrained: Bool) throws(StanDiagnostic) -> DeclaredType {
    advance()
    try expect(.openBracket, "after 'array'")
    let sizes = try sizeList("of the array")
    if stands(.array) {
      throw StanDiagnostic(
        at: token.range, what: "an array of arrays is one array with more sizes",
        fix: "write array[N, M] in place of array[N] array[M]")
    }
    let element = try declaredType(constrained: constrained)
    return DeclaredType(type: .array(sizes, element.type), constraint: element.constraint)
  }

  private mutating func declaredTuple(constrained: Bool) throws(StanDiagnostic) -> DeclaredType {
    try expect(.openParenthesis, "after 'tuple'")
    let parts = try tupleParts { parser throws(StanDiagnostic) in
      try parser.declaredType(constrained: constrained)
    }
    let isFree = parts.allSatisfy { $0.constraint == .none }
    return DeclaredType(
      type: .tuple(parts.map(\.type)), constraint: isFree ? .none : .tuple(parts.map(\.constraint)))
  }

  /// The types of a tuple after its parenthesis: a comma at least, even after a single one.
  mutating func tupleParts<Part>(
    _ part: (inout Parser) throws(StanDiagnostic) -> Part
  ) throws(StanDiagnostic) -> [Part] {
    var parts = [try part(&self)]
    try expect(.comma, "after the first type of the tuple")
    while !skip(.closeParenthesis) {
      parts.append(try part(&self))
      if skip(.closeParenthesis) { break }
      try expect(.comma, "or ')' after a type of the tuple")
    }
    return parts
  }

  private func refuseConstraint(after start: Token, _ word: Keyword) throws(StanDiagnostic) {
    if stands(.less) {
      throw StanDiagnostic(
        at: token.range, what: "local variables take no constraint", fix: "leave '<…>' out")
    }
    if let plain = word.plainType {
      throw StanDiagnostic(
        at: start.range, what: "local variables take no constraint, and '\(word.rawValue)' is one",
        fix: "declare it as '\(plain)'")
    }
  }

  /// The sizes in brackets, and the type that they make of a word.
  private mutating func sizes(of word: Keyword) throws(StanDiagnostic) -> SizedType {
    if word == .int { return .int }
    if word == .real { return .real }
    try expect(.openBracket, "after '\(word.rawValue)'")
    let place = token.range
    let sizes = try sizeList("of the \(word.rawValue)")
    let counts = word == .matrix ? 2...2 : word == .choleskyFactorCov ? 1...2 : 1...1
    guard counts.contains(sizes.count) else {
      let wanted = word == .matrix ? "two sizes" : word == .choleskyFactorCov ? "one size or two" : "one size"
      throw StanDiagnostic(
        at: SourceRange(place.start, previousEnd - 1),
        what: "'\(word.rawValue)' takes \(wanted), found \(sizes.count)",
        fix: word == .matrix ? "give the rows and the columns: matrix[M, N]" : "write \(word.rawValue)[N]")
    }
    return switch word {
    case .rowVector: .rowVector(sizes[0])
    case .matrix, .choleskyFactorCorr, .choleskyFactorCov, .corrMatrix, .covMatrix:
      .matrix(sizes[0], sizes[sizes.count - 1])
    default: .vector(sizes[0])
    }
  }

  /// Sizes after the opening bracket.
  mutating func sizeList(_ owner: String) throws(StanDiagnostic) -> [Expression] {
    if stands(.closeBracket) || stands(.comma) {
      throw expected("a size \(owner)", fix: "give every size: [N]")
    }
    let sizes = try expressions(until: .closeBracket)
    return sizes
  }
}

extension Keyword {
  var beginsType: Bool {
    switch self {
    case .int, .real, .vector, .rowVector, .matrix, .array, .tuple: true
    default: plainType != nil || refusedType != nil
    }
  }

  /// The type without the constraint that the word stands for; nil where it stands for none.
  var plainType: String? {
    switch self {
    case .simplex, .unitVector, .ordered, .positiveOrdered, .sumToZeroVector: "vector"
    case .choleskyFactorCorr, .choleskyFactorCov, .corrMatrix, .covMatrix: "matrix"
    default: nil
    }
  }

  /// Types of Stan that wb does not have, in the plural.
  var refusedType: String? {
    switch self {
    case .complex: "complex numbers"
    case .complexVector, .complexRowVector: "complex vectors"
    case .complexMatrix: "complex matrices"
    case .rowStochasticMatrix, .columnStochasticMatrix: "stochastic matrices"
    case .sumToZeroMatrix: "matrices that sum to zero"
    default: nil
    }
  }
}
