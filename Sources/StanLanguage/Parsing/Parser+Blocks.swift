/// The blocks of a program in their order.
enum Block: Int, CaseIterable {
  case functions, data, transformedData, parameters, transformedParameters, model, generatedQuantities

  var name: String {
    switch self {
    case .functions: "functions"
    case .data: "data"
    case .transformedData: "transformed data"
    case .parameters: "parameters"
    case .transformedParameters: "transformed parameters"
    case .model: "model"
    case .generatedQuantities: "generated quantities"
    }
  }

  /// Whether it declares variables and has no other statements.
  var declaresOnly: Bool { self == .data || self == .parameters }

  /// What its own declarations may have.
  var rules: Parser.DeclarationRules {
    Parser.DeclarationRules(
      constraints: self != .model && self != .functions, valuesComeFrom: declaresOnly ? name : nil)
  }
}

extension Parser {
  mutating func program(of source: StanSource) throws(StanDiagnostic) -> StanProgram {
    var program = StanProgram(source: source)
    var latest: Block?
    while token.kind != .end {
      let start = token
      let block = try blockName()
      let name = range(from: start.range.start)
      if block == latest {
        throw StanDiagnostic(
          at: name, what: "the block '\(block.name)' stands twice", fix: "put its statements in one block")
      }
      if let latest, block.rawValue < latest.rawValue {
        throw StanDiagnostic(
          at: name, what: "the block '\(block.name)' stands after '\(latest.name)'",
          fix: "the order is \(Block.allCases.map(\.name).joined(separator: ", "))")
      }
      latest = block
      try expect(.openBrace, "after '\(block.name)'")
      try read(block, into: &program)
    }
    program.symbolCount = symbols.count
    program.warnings = warnings
    return program
  }

  private mutating func read(_ block: Block, into program: inout StanProgram) throws(StanDiagnostic) {
    switch block {
    case .functions:
      program.functions = try functionDefinitions()
      try expect(.closeBrace, "after the functions")
    case .data: program.data = try declarations(of: block)
    case .parameters: program.parameters = try declarations(of: block)
    case .transformedData: program.transformedData = try statements(block.rules)
    case .transformedParameters: program.transformedParameters = try statements(block.rules)
    case .model: program.model = try statements(block.rules)
    case .generatedQuantities: program.generatedQuantities = try statements(block.rules)
    }
  }

  private mutating func declarations(of block: Block) throws(StanDiagnostic) -> [Statement] {
    var declared: [Statement] = []
    while !skip(.closeBrace) {
      if skip(.semicolon) { continue }
      guard typeStands else {
        throw expected(
          "a declaration or '}' in the block '\(block.name)'",
          fix: "other statements stand in 'transformed \(block.name)' or 'model'")
      }
      declared += try declarations(block.rules)
    }
    return declared
  }

  private mutating func blockName() throws(StanDiagnostic) -> Block {
    let start = token
    if skip(.functions) { return .functions }
    if skip(.data) { return .data }
    if skip(.parameters) { return .parameters }
    if skip(.model) { return .model }
    if standsName("transformed") {
      advance()
      if skip(.data) { return .transformedData }
      if skip(.parameters) { return .transformedParameters }
      throw expected("'data' or 'parameters' after 'transformed'", fix: "write 'transformed data {'")
    }
    if standsName("generated") {
      advance()
      if standsName("quantities") {
        advance()
        return .generatedQuantities
      }
      throw expected("'quantities' after 'generated'", fix: "write 'generated quantities {'")
    }
    if start.kind == .mark(.closeBrace) {
      throw StanDiagnostic(at: start.range, what: "'}' closes nothing", fix: "take it out")
    }
    var fix = "a program consists of blocks: \(Block.allCases.map(\.name).joined(separator: ", "))"
    if case .name(let symbol) = start.kind,
      let near = nearestName(to: symbols.names[symbol], among: Self.blockWords)
    {
      fix = "did you mean '\(near)'?"
    }
    throw StanDiagnostic(at: start.range, what: "expected a block, found \(found)", fix: fix)
  }

  private static let blockWords = ["functions", "data", "transformed", "parameters", "model", "generated"]
}
