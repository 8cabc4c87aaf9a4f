/// Gives every expression its type and every call its function, and finds what has no meaning.
///
/// An expression with an error keeps the type `void`, which nothing else complains about: one mistake is said once.
struct Checker {
  var program: StanProgram
  var problems: [StanDiagnostic] = []
  var context = Context(.functions)
  /// The visible variables by symbol, and the symbols of each open scope.
  var variables: [Int: Variable] = [:]
  var scopes: [[Int]] = [[]]
  /// The functions of a name, by their places in the program.
  var functions: [String: [Int]] = [:]
  let library = UsedLibrary()
  /// The block of every variable that is declared at the top of one.
  var globals: [Int: Block] = [:]

  struct Variable {
    var name: Identifier
    var type: StanType
    /// The block that it is declared in; `data` for a parameter of a function that is declared so.
    var block: Block
    /// Whether it is declared at the top of its block, and so visible in later ones.
    var isGlobal = false
    /// Why nothing can be assigned to it; nil where it can.
    var readOnly: String?
  }

  init(_ program: StanProgram) { self.program = program }

  /// Checks the whole program; what is wrong stands in `problems` then, in the order of the text.
  mutating func run() {
    noteGlobals()
    checkFunctions()
    program.data = checked(program.data, of: .data)
    program.transformedData = checked(program.transformedData, of: .transformedData)
    program.parameters = checked(program.parameters, of: .parameters)
    program.transformedParameters = checked(program.transformedParameters, of: .transformedParameters)
    // What the model declares is its own.
    program.model = inScope { $0.checked($0.program.model, of: .model) }
    program.generatedQuantities = checked(program.generatedQuantities, of: .generatedQuantities)
    problems = Self.ordered(problems)
    program.warnings = Array(Self.ordered(program.warnings).prefix(Self.sayingLimit))
  }

  private mutating func checked(_ statements: [Statement], of block: Block) -> [Statement] {
    context = Context(block)
    var statements = statements
    for index in statements.indices { _ = check(&statements[index], isTop: block != .model) }
    return statements
  }

  private mutating func noteGlobals() {
    let blocks: [(Block, [Statement])] = [
      (.data, program.data), (.transformedData, program.transformedData), (.parameters, program.parameters),
      (.transformedParameters, program.transformedParameters),
      (.generatedQuantities, program.generatedQuantities),
    ]
    for (block, statements) in blocks {
      for case .declaration(let declaration) in statements.map(\.kind) {
        globals[declaration.name.symbol] = globals[declaration.name.symbol] ?? block
      }
    }
  }

  /// How many errors, and how many warnings, are said of one program.
  static let sayingLimit = 100

  /// Whether further errors are left unsaid.
  var hasSaidEnough: Bool { problems.count >= Self.sayingLimit }

  mutating func report(at range: SourceRange, _ what: String, fix: String) {
    if hasSaidEnough { return }
    problems.append(StanDiagnostic(at: range, what: what, fix: fix))
  }

  mutating func warn(at range: SourceRange, _ what: String, fix: String) {
    program.warnings.append(StanDiagnostic(.warning, at: range, what: what, fix: fix))
  }

  private static func ordered(_ diagnostics: [StanDiagnostic]) -> [StanDiagnostic] {
    diagnostics.enumerated().sorted {
      ($0.element.range.start, $0.offset) < ($1.element.range.start, $1.offset)
    }.map(\.element)
  }
}
