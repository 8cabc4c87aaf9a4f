package import StanLanguage

/// The generated quantities of a program, interpreted once a draw: parameters and transformed parameters are numbers then, and so
/// is everything else. Data and transformed data are read once.
package struct GeneratedQuantities: Sendable {
  /// Their elements, as Stan prints them.
  package let names: [String]
  /// Of each element whether it is an integer.
  package let areIntegers: [Bool]

  private let program: StanProgram
  /// The values of data and transformed data, by symbol.
  private let variables: [Value?]
  private let inputs: [Input]
  private let outputs: [Output]

  /// A parameter or transformed parameter: a value of its shape to be filled, and where each printed element is held in it.
  private struct Input {
    var symbol: Int
    var shape: Value
    var places: [Int]
  }

  /// A generated quantity, and where each printed element is held in its value.
  private struct Output {
    var declaration: Declaration
    var places: [Int]
  }

  /// - Throws: where a size is wrong.
  package init(of traced: TracedProgram) throws(StanDiagnostic) {
    program = traced.program
    let tracer = Tracer(program)
    try tracer.read(traced.data)
    try tracer.run(program.transformedData)
    variables = tracer.variables
    var inputs: [Input] = []
    for declaration in (program.parameters + program.transformedParameters).compactMap(\.declaration) {
      let shape = try tracer.blank(declaration.type)
      inputs.append(Input(symbol: declaration.name.symbol, shape: shape, places: shape.printedPlaces))
    }
    self.inputs = inputs
    var outputs: [Output] = []
    var names: [String] = []
    var areIntegers: [Bool] = []
    for declaration in program.generatedQuantities.compactMap(\.declaration) {
      let shape = try tracer.blank(declaration.type)
      outputs.append(Output(declaration: declaration, places: shape.printedPlaces))
      names += ElementNames.of(declaration.name.name, shape)
      shape.appendKinds(to: &areIntegers)
    }
    self.outputs = outputs
    self.names = names
    self.areIntegers = areIntegers
  }

  /// What the block comes to, by the names; `print` says nothing here.
  ///
  /// - Parameters:
  ///   - values: of parameters and transformed parameters, by ``TracedProgram/names``.
  ///   - draw: the number of the draw: with the seed it decides what `_rng` functions give.
  /// - Throws: where the program rejects, or a value is outside of its constraint.
  package func values(at values: [Double], seed: UInt64, draw: Int) throws(StanDiagnostic) -> [Double] {
    let tracer = Tracer(program)
    tracer.variables = variables
    tracer.generator = NoiseGenerator(seed: seed, draw: draw)
    var rest = values[...]
    for input in inputs {
      var held = [Double](repeating: 0, count: input.places.count)
      for (place, number) in zip(input.places, rest) { held[place] = number }
      rest.removeFirst(held.count)
      var next = held[...]
      tracer.variables[input.symbol] = input.shape.filled(from: &next)
    }
    precondition(rest.isEmpty, "values of another program")
    try tracer.run(program.generatedQuantities)
    var results: [Double] = []
    results.reserveCapacity(names.count)
    for output in outputs {
      let declaration = output.declaration
      var held: [Double] = []
      guard let value = tracer.variables[declaration.name.symbol], value.appendNumbers(to: &held) else {
        throw StanDiagnostic(
          at: declaration.name.range,
          what: "'\(declaration.name.name)' is made by a function that wb does not evaluate here",
          fix: "write it with others, or load the program through BridgeStan")
      }
      try tracer.check(value, declaration, what: "'\(declaration.name.name)'")
      for place in output.places { results.append(held[place]) }
    }
    return results
  }
}

extension Statement {
  fileprivate var declaration: Declaration? {
    if case .declaration(let declaration) = kind { declaration } else { nil }
  }
}

extension Value {
  /// Where each element is held, counted row by row, in the order of the elements' names.
  fileprivate var printedPlaces: [Int] {
    var numbers = (0..<(heldCount)).map(Double.init)[...]
    return filled(from: &numbers).printedElements.flatMap { $0.constants ?? [] }.map { Int($0) }
  }

  private var heldCount: Int {
    switch self {
    case .int: 1
    case .ints(let values, _): values.count
    case .text: 0
    case .array(let values), .tuple(let values): values.reduce(0) { $0 + $1.heldCount }
    case .numeric(let numeric): numeric.count
    }
  }

  /// A value of this shape with the next numbers, row by row.
  func filled(from numbers: inout ArraySlice<Double>) -> Value {
    switch self {
    case .int(_, let origin): return .int(Int(exactly: numbers.removeFirst()) ?? .min, origin)
    case .ints(let values, let origin):
      return .ints(values.map { _ in Int(exactly: numbers.removeFirst()) ?? .min }, origin)
    case .text: return self
    case .array(let values): return .array(values.map { $0.filled(from: &numbers) })
    case .tuple(let values): return .tuple(values.map { $0.filled(from: &numbers) })
    case .numeric(var numeric):
      let own = numbers.prefix(numeric.count)
      numbers.removeFirst(numeric.count)
      numeric.content = .constant(Array(own))
      return .numeric(numeric)
    }
  }

  /// Appends the elements row by row; false where one of them is not known.
  func appendNumbers(to numbers: inout [Double]) -> Bool {
    switch self {
    case .int(let value, _): numbers.append(Double(value))
    case .ints(let values, _): for value in values { numbers.append(Double(value)) }
    case .text: return false
    case .array(let values), .tuple(let values):
      return values.allSatisfy { $0.appendNumbers(to: &numbers) }
    case .numeric(let numeric):
      guard let values = numeric.constants else { return false }
      numbers += values
    }
    return true
  }

  /// Appends for each element whether it is an integer.
  fileprivate func appendKinds(to kinds: inout [Bool]) {
    switch self {
    case .int: kinds.append(true)
    case .ints(let values, _): kinds += values.map { _ in true }
    case .text: break
    case .array(let values), .tuple(let values): for value in values { value.appendKinds(to: &kinds) }
    case .numeric(let numeric): kinds += [Bool](repeating: false, count: numeric.count)
    }
  }
}
