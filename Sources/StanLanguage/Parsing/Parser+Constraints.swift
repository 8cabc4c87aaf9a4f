extension Parser {
  /// What a word says by itself, or `<lower=a, upper=b>` and `<offset=a, multiplier=b>` after it.
  mutating func constraint(of word: Keyword) throws(StanDiagnostic) -> Constraint {
    let own: Constraint =
      switch word {
      case .simplex: .simplex
      case .unitVector: .unitVector
      case .ordered: .ordered
      case .positiveOrdered: .positiveOrdered
      case .sumToZeroVector: .sumToZero
      case .choleskyFactorCorr: .choleskyFactorCorrelation
      case .choleskyFactorCov: .choleskyFactorCovariance
      case .corrMatrix: .correlationMatrix
      case .covMatrix: .covarianceMatrix
      default: .none
      }
    guard stands(.less) else { return own }
    guard own == .none else {
      throw StanDiagnostic(
        at: token.range, what: "'\(word.rawValue)' takes no further constraint", fix: "leave '<…>' out")
    }
    advance()
    return try constraintInBrackets(of: word)
  }

  /// Whether a number stands here, or what begins another operand.
  private var valueStands: Bool {
    switch token.kind {
    case .integer, .real, .dotNumber, .mark(.openParenthesis), .mark(.minus), .mark(.assign): true
    default: false
    }
  }

  private mutating func constraintInBrackets(of word: Keyword) throws(StanDiagnostic) -> Constraint {
    var values: [String: Expression] = [:]
    let start = previousEnd - 1
    let valid = word == .int ? ["lower", "upper"] : ["lower", "upper", "offset", "multiplier"]
    repeat {
      let place = token.range
      guard case .name(let symbol) = token.kind, valid.contains(symbols.names[symbol]) else {
        throw expected(
          valid.dropLast().map { "'\($0)'" }.joined(separator: ", ") + " or '\(valid[valid.count - 1])'",
          fix: "write <lower=0>")
      }
      let name = symbols.names[symbol]
      advance()
      try expect(.assign, "after '\(name)'")
      guard values[name] == nil else {
        throw StanDiagnostic(at: place, what: "'\(name)' is given twice", fix: "leave one out")
      }
      values[name] = try boundExpression()
    } while skip(.comma)
    try expect(.greater, "after the constraint")
    if valueStands {
      throw expected(
        "the sizes or the name of the variable",
        fix: "put parentheses around a comparison in a bound: (a > b)")
    }

    let bounds = (values["lower"], values["upper"])
    let affine = (values["offset"], values["multiplier"])
    if affine.0 == nil && affine.1 == nil {
      return switch bounds {
      case (let lower?, let upper?): .bounds(lower: lower, upper: upper)
      case (let lower?, nil): .lower(lower)
      case (nil, let upper?): .upper(upper)
      case (nil, nil): .none
      }
    }
    guard bounds.0 == nil && bounds.1 == nil else {
      throw StanDiagnostic(
        at: range(from: start), what: "a variable has bounds or an offset and multiplier, not both",
        fix: "leave one of them out")
    }
    return .affine(offset: affine.0, multiplier: affine.1)
  }
}
