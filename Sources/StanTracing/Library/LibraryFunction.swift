import StanLanguage

/// A function of the language that is traced.
struct LibraryFunction: Sendable {
  typealias Body = @Sendable (Tracer, [Value], SourceRange) throws(StanDiagnostic) -> Value

  var name: String
  var body: Body

  init(_ name: String, _ body: @escaping Body) {
    self.name = name
    self.body = body
  }

  /// By their names.
  static let all: [String: LibraryFunction] = Dictionary(
    (construction + elementwise + pairwise + special + operators + reductions + sizes + parts + matrices
      + decompositions
      + sparse + kernels + mixtures + hiddenMarkov)
      .map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// A function of each element, within arrays too.
  static func each(_ name: String, _ function: @escaping @Sendable (Quantity) -> Quantity) -> LibraryFunction
  {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      try overElements(values[0], tracer, range, function)
    }
  }

  private static func overElements(
    _ value: Value, _ tracer: Tracer, _ range: SourceRange, _ function: (Quantity) -> Quantity
  ) throws(StanDiagnostic) -> Value {
    if case .array(let values) = value {
      var results: [Value] = []
      for value in values { results.append(try overElements(value, tracer, range, function)) }
      return .array(results)
    }
    guard let x = value.asNumeric else {
      throw StanDiagnostic(at: range, what: "an argument holds no numbers", fix: "use numbers")
    }
    let result = function(Quantity(tracer: tracer, value: x)).value
    return .numeric(result.shaped(x.kind, rows: x.rows, columns: x.columns))
  }

  /// A function of pairs of elements; a number goes with every element.
  static func pair(_ name: String, _ function: @escaping @Sendable (Quantity, Quantity) -> Quantity)
    -> LibraryFunction
  {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      try overPairs(values[0], values[1], tracer, range, function)
    }
  }

  private static func overPairs(
    _ left: Value, _ right: Value, _ tracer: Tracer, _ range: SourceRange,
    _ function: (Quantity, Quantity) -> Quantity
  ) throws(StanDiagnostic) -> Value {
    var nested: [Value]?
    if case .array(let values) = left { nested = values }
    if nested == nil, case .array(let values) = right { nested = values }
    if let nested {
      var results: [Value] = []
      for place in nested.indices {
        let (a, b) = (left.arrayElements?[place] ?? left, right.arrayElements?[place] ?? right)
        results.append(try overPairs(a, b, tracer, range, function))
      }
      return .array(results)
    }
    guard let x = left.asNumeric, let y = right.asNumeric else {
      throw StanDiagnostic(at: range, what: "an argument holds no numbers", fix: "use numbers")
    }
    if x.kind != .real, y.kind != .real { try tracer.require(x, y, x.count == y.count, at: range) }
    let shape = x.kind == .real ? y : x
    let result = function(Quantity(tracer: tracer, value: x), Quantity(tracer: tracer, value: y)).value
    return .numeric(result.shaped(shape.kind, rows: shape.rows, columns: shape.columns))
  }

  /// A number of one container.
  static func reduction(
    _ name: String, _ function: @escaping @Sendable (Quantity) throws(LibraryProblem) -> Quantity
  ) -> LibraryFunction {
    LibraryFunction(name) { tracer, values, range throws(StanDiagnostic) in
      let x = try numeric(values, 0, range)
      do throws(LibraryProblem) {
        return .numeric(try function(Quantity(tracer: tracer, value: x.asVector)).asNumber.value)
      } catch {
        throw StanDiagnostic(at: range, what: error.what, fix: error.fix)
      }
    }
  }

  // MARK: Arguments

  static func numeric(_ values: [Value], _ index: Int, _ range: SourceRange) throws(StanDiagnostic) -> Numeric
  {
    if values.indices.contains(index), let numeric = values[index].flattened { return numeric }
    throw StanDiagnostic(at: range, what: "argument \(index + 1) holds no numbers", fix: "use numbers")
  }

  static func integer(_ values: [Value], _ index: Int, _ range: SourceRange) throws(StanDiagnostic) -> Int {
    if values.indices.contains(index), case .int(let number, _) = values[index] { return number }
    throw StanDiagnostic(at: range, what: "argument \(index + 1) is no integer", fix: "use an int")
  }

  /// A number of elements or rows.
  static func count(_ values: [Value], _ index: Int, _ range: SourceRange) throws(StanDiagnostic) -> Int {
    let count = try integer(values, index, range)
    if (0...100_000_000).contains(count) { return count }
    throw StanDiagnostic(at: range, what: "argument \(index + 1) is \(count)", fix: "use 0 or more")
  }

  static func number(_ values: [Value], _ index: Int, _ range: SourceRange) throws(StanDiagnostic) -> Double {
    if values.indices.contains(index), let number = values[index].asNumeric?.constant { return number }
    throw StanDiagnostic(
      at: range, what: "argument \(index + 1) depends on parameters", fix: "make it depend on data alone")
  }

  /// The numbers of a container that is known before the parameters are.
  static func constants(_ values: [Value], _ index: Int, _ range: SourceRange) throws(StanDiagnostic)
    -> [Double]
  {
    if let constants = try numeric(values, index, range).constants { return constants }
    throw StanDiagnostic(
      at: range, what: "argument \(index + 1) depends on parameters, and the result on their order",
      fix: "make it depend on data alone, or load the program through BridgeStan")
  }
}

/// Why a function has no value.
struct LibraryProblem: Error {
  var what: String
  var fix: String
}
