extension Parser {
  /// The definitions between the braces of `functions`.
  mutating func functionDefinitions() throws(StanDiagnostic) -> [FunctionDefinition] {
    var definitions: [FunctionDefinition] = []
    while !stands(.closeBrace) {
      if token.kind == .end { throw expected("'}' after the block 'functions'", fix: "put '}' here") }
      definitions.append(try functionDefinition())
    }
    return definitions
  }

  private mutating func functionDefinition() throws(StanDiagnostic) -> FunctionDefinition {
    let returns = stands(.void) ? StanType.void : try unsizedType("the type that a function returns")
    if returns == .void { advance() }
    let name = try identifier("the name of a function")
    try expect(.openParenthesis, "after the name of the function")
    var parameters: [FunctionDefinition.Parameter] = []
    if !skip(.closeParenthesis) {
      parameters = try list { parser throws(StanDiagnostic) in try parser.functionParameter() }
      try expect(.closeParenthesis, "after the parameters")
    }
    if skip(.semicolon) {
      return FunctionDefinition(name: name, returns: returns, parameters: parameters, body: nil)
    }
    guard stands(.openBrace) else {
      throw expected("'{' before the body of the function", fix: "put the body in braces")
    }
    return FunctionDefinition(
      name: name, returns: returns, parameters: parameters, body: try singleStatement())
  }

  private mutating func functionParameter() throws(StanDiagnostic) -> FunctionDefinition.Parameter {
    let isData = skip(.data)
    let type = try unsizedType("the type of a parameter")
    let name = try identifier("the name of a parameter")
    return FunctionDefinition.Parameter(name: name, type: type, isData: isData)
  }

  /// `array[,] real`, `vector`, or in the old way `real[,]`.
  private mutating func unsizedType(_ role: String) throws(StanDiagnostic) -> StanType {
    try nested { parser throws(StanDiagnostic) in
      let start = parser.token.range
      var dimensions = 0
      if parser.skip(.array) {
        try parser.expect(.openBracket, "after 'array'")
        dimensions = try parser.unsizedDimensions()
      }
      let element = try parser.unsizedElement(role)
      if dimensions == 0, parser.skip(.openBracket) {
        dimensions = try parser.unsizedDimensions()
        parser.warn(
          at: parser.range(from: start.start),
          "brackets after the type of an array are no longer part of Stan",
          fix: "write array[] before the type")
      }
      return dimensions == 0 ? element : .array(of: element, dimensions: dimensions)
    }
  }

  /// The commas up to the closing bracket, and one more.
  private mutating func unsizedDimensions() throws(StanDiagnostic) -> Int {
    var dimensions = 1
    while skip(.comma) { dimensions += 1 }
    guard skip(.closeBracket) else {
      throw expected("',' or ']'", fix: "parameters of functions are declared without sizes: array[,]")
    }
    return dimensions
  }

  private mutating func unsizedElement(_ role: String) throws(StanDiagnostic) -> StanType {
    guard case .keyword(let word) = token.kind else { throw expected(role, fix: "write 'real'") }
    let type: StanType
    switch word {
    case .int: type = .int
    case .real: type = .real
    case .vector: type = .vector
    case .rowVector: type = .rowVector
    case .matrix: type = .matrix
    case .tuple: return try unsizedTuple()
    default:
      if let refused = word.refusedType {
        throw StanDiagnostic(
          at: token.range, what: "\(refused) are outside of wb's subset of Stan",
          fix: Refusal.throughBridgeStan)
      }
      let fix = word.plainType.map { "types of functions take no constraint: write '\($0)'" }
      throw expected(role, fix: fix ?? "write 'real'")
    }
    advance()
    if stands(.less) {
      throw StanDiagnostic(
        at: token.range, what: "types of functions take no constraint", fix: "leave '<…>' out")
    }
    return type
  }

  private mutating func unsizedTuple() throws(StanDiagnostic) -> StanType {
    advance()
    try expect(.openParenthesis, "after 'tuple'")
    return .tuple(try tupleParts { parser throws(StanDiagnostic) in try parser.unsizedType("a type") })
  }
}
