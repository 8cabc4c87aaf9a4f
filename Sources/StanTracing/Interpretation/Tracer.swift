import StanLanguage

/// Walks a program with its data known and its parameters as nodes of a graph: loops are unrolled, conditions decided.
final class Tracer {
  let program: StanProgram
  var graph: Graph
  /// By symbol; nil where nothing is declared yet.
  var variables: [Value?]
  /// What the statements that ran added to the log density.
  var factors = FactorLedger()
  /// The log-Jacobian of the parameters' transforms.
  var jacobian = LinearSum()
  /// What the priors leave open.
  lazy var priors = PriorReview(self)
  /// What `print` said.
  private(set) var messages: [String] = []
  /// Where `_rng` functions draw from; nil where they may not.
  var generator: (any StanGenerator)?
  let limits: TracingLimits
  private var callDepth = 0
  private var steps = 0
  var elements = 0
  var nesting = 0

  init(_ program: StanProgram, limits: TracingLimits = TracingLimits()) {
    self.program = program
    self.limits = limits
    graph = Graph()
    variables = [Value?](repeating: nil, count: program.symbolCount)
  }

  /// How a statement ended.
  enum Completion {
    case normal, broke, continued
    case returned(Value?)
  }

  func run(_ statements: [Statement]) throws(StanDiagnostic) {
    for statement in statements { _ = try execute(statement) }
  }

  func execute(_ statement: Statement) throws(StanDiagnostic) -> Completion {
    steps += 1
    if steps > limits.statements {
      throw StanDiagnostic(
        at: statement.range, what: "the program runs more than \(limits.statements) statements",
        fix: "look for a loop without end, or write loops as vectorised lines")
    }
    try enter(statement.range)
    defer { leave() }
    switch statement.kind {
    case .empty: break
    case .declaration(let declaration): try declare(declaration)
    case .assignment(let assignment): try assign(assignment)
    case .unpacking(let targets, let expression): try unpack(try evaluate(expression), into: targets)
    case .distribution(let distribution): try add(distribution, in: statement)
    case .targetIncrement(let expression), .jacobianIncrement(let expression):
      try increment(by: expression, times: 1, in: statement)
    case .call(let call): _ = try evaluate(call, at: statement.range)
    case .forRange(let variable, let from, let to, let body):
      return try loop(variable, from: integer(from), through: integer(to), body)
    case .forEach(let variable, let sequence, let body):
      return try loop(variable, over: evaluate(sequence), body)
    case .whileLoop(let condition, let body):
      while try decide(condition) {
        switch try execute(body) {
        case .broke: return .normal
        case .returned(let value): return .returned(value)
        case .normal, .continued: break
        }
      }
    case .conditional(let condition, let body, let alternative):
      if try decide(condition) { return try execute(body) }
      if let alternative { return try execute(alternative) }
    case .block(let statements):
      for statement in statements {
        let completion = try execute(statement)
        if case .normal = completion { continue }
        return completion
      }
    case .breakLoop: return .broke
    case .continueLoop: return .continued
    case .returnValue(let expression):
      return .returned(try expression.map { expression throws(StanDiagnostic) in try evaluate(expression) })
    case .print(let parts): messages.append(try text(of: parts))
    case .reject(let parts), .fatalError(let parts):
      throw StanDiagnostic(
        at: statement.range, what: "the program rejects: \(try text(of: parts))",
        fix: "check the data against what the program asks of them")
    }
    return .normal
  }

  private func loop(_ variable: Identifier, from: Int, through end: Int, _ body: Statement)
    throws(StanDiagnostic) -> Completion
  {
    guard from <= end else { return .normal }
    for turn in from...end {
      variables[variable.symbol] = .int(turn, [])
      switch try execute(body) {
      case .broke: return .normal
      case .returned(let value): return .returned(value)
      case .normal, .continued: break
      }
    }
    return .normal
  }

  private func loop(_ variable: Identifier, over sequence: Value, _ body: Statement)
    throws(StanDiagnostic) -> Completion
  {
    for element in sequence.loopElements {
      variables[variable.symbol] = element
      switch try execute(body) {
      case .broke: return .normal
      case .returned(let value): return .returned(value)
      case .normal, .continued: break
      }
    }
    return .normal
  }

  private func text(of parts: [Expression]) throws(StanDiagnostic) -> String {
    var words: [String] = []
    for part in parts { words.append(try evaluate(part).printed) }
    return words.joined()
  }

  /// Runs a body with variables of its own.
  func call(_ function: FunctionDefinition, _ arguments: [Value], at range: SourceRange)
    throws(StanDiagnostic) -> Value?
  {
    guard let body = function.body else {
      throw StanDiagnostic(
        at: range, what: "'\(function.name.name)' is declared but not defined", fix: "give it a body")
    }
    guard callDepth < limits.calls else {
      throw StanDiagnostic(
        at: range, what: "'\(function.name.name)' calls itself more than \(limits.calls) times deep",
        fix: "end the recursion, or write it as a loop")
    }
    let outer = variables
    variables = [Value?](repeating: nil, count: program.symbolCount)
    callDepth += 1
    defer {
      variables = outer
      callDepth -= 1
    }
    for (parameter, argument) in zip(function.parameters, arguments) {
      variables[parameter.name.symbol] = argument.converted(to: parameter.type)
    }
    if case .returned(let value) = try execute(body) { return value?.converted(to: function.returns) }
    return nil
  }
}

/// Draws for `_rng` functions.
protocol StanGenerator: AnyObject {
  /// The next number, uniform in (0, 1).
  func uniform() -> Double
  /// The next standard normal number.
  func normal() -> Double
}

extension Value {
  /// What a `for` loop over the value sees: a matrix element by element, column by column.
  var loopElements: [Value] {
    switch self {
    case .int, .text: [self]
    case .ints(let values, let origin): values.map { .int($0, origin) }
    case .numeric(let numeric):
      (0..<numeric.count).map { .numeric(numeric.columnMajor.scalar($0)) }
    case .array(let values), .tuple(let values): values
    }
  }

  /// Integers as reals where reals are asked for.
  func converted(to type: StanType) -> Value {
    switch (self, type) {
    case (.int, .real): return promoted
    case (.ints, .array(of: .real, dimensions: _)): return promoted
    case (.array(let values), .array(of: let element, let dimensions)) where dimensions > 1:
      return .array(values.map { $0.converted(to: .array(of: element, dimensions: dimensions - 1)) })
    case (.tuple(let values), .tuple(let types)):
      return .tuple(zip(values, types).map { $0.converted(to: $1) })
    default: return self
    }
  }

  /// As `print` writes it.
  var printed: String {
    switch self {
    case .int(let value, _): String(value)
    case .ints(let values, _): "[" + values.map(String.init).joined(separator: ",") + "]"
    case .text(let text): text
    case .numeric(let numeric):
      numeric.constants.map { values in
        numeric.kind == .real ? "\(values[0])" : "[" + values.map { "\($0)" }.joined(separator: ",") + "]"
      } ?? "<parameters>"
    case .array(let values), .tuple(let values):
      "[" + values.map(\.printed).joined(separator: ",") + "]"
    }
  }
}
