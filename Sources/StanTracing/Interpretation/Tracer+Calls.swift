import StanLanguage

extension Tracer {
  /// The value of a call; an empty tuple of a function without one.
  func evaluate(_ call: Call, at range: SourceRange) throws(StanDiagnostic) -> Value {
    var arguments: [Value] = []
    for argument in call.arguments {
      arguments.append(try evaluate(argument))
      try charge(arguments[arguments.count - 1].elementCount, at: argument.range)
    }
    if case .user(let index) = call.resolution {
      let function = program.functions[index]
      let value = try self.call(function, arguments, at: range) ?? .tuple([])
      return function.isDensity ? value.replacing(Self.densityOrigin(arguments.first)) : value
    }
    let name = call.function.name
    if let (density, form) = DensityForm.of(name) {
      return try evaluate(density, form, arguments, at: range)
    }
    guard let function = LibraryFunction.all[name] else {
      throw StanDiagnostic(
        at: call.function.range, what: "'\(name)' is not among the functions that wb traces",
        fix: "write it with others, or load the program through BridgeStan")
    }
    return try function.body(self, arguments, range).with(Self.origin(of: arguments))
  }

  /// What a density of an outcome is a part of.
  static func densityOrigin(_ outcome: Value?) -> Origin {
    guard let outcome, !outcome.origin.contains(.data) else { return .likelihood }
    return outcome.flattened?.constants != nil ? .written : .prior
  }

  private static func origin(of arguments: [Value]) -> Origin {
    arguments.reduce(into: []) { $0.formUnion($1.origin) }
  }

  private func evaluate(_ density: Density, _ form: DensityForm, _ arguments: [Value], at range: SourceRange)
    throws(StanDiagnostic) -> Value
  {
    let origin = Self.densityOrigin(arguments.first)
    switch form {
    case .logDensity:
      return .numeric(graph.value(of: try density.body(self, arguments, range), origin))
    case .cumulative(let tail):
      let logs = try logCumulative(density, tail, arguments, at: range)
      return .numeric(logs.sum.value).replacing(origin)
    case .cumulativeChance:
      let logs = try logCumulative(density, .lower, arguments, at: range)
      return .numeric(logs.sum.exp.value).replacing(origin)
    case .draw:
      return try draw(density.name, arguments, at: range)
    }
  }
}

/// The forms in which a distribution is called.
enum DensityForm {
  case logDensity
  case cumulative(Tail)
  case cumulativeChance
  case draw

  enum Tail { case lower, upper }

  private static let suffixes: [(String, DensityForm)] = [
    ("_lpdf", .logDensity), ("_lpmf", .logDensity), ("_lupdf", .logDensity), ("_lupmf", .logDensity),
    ("_lcdf", .cumulative(.lower)), ("_lccdf", .cumulative(.upper)), ("_cdf", .cumulativeChance),
    ("_rng", .draw), ("_log", .logDensity), ("_cdf_log", .cumulative(.lower)),
    ("_ccdf_log", .cumulative(.upper)),
  ]

  /// The distribution and the form that a name stands for; nil of other functions.
  static func of(_ name: String) -> (Density, DensityForm)? {
    for (suffix, form) in suffixes where name.hasSuffix(suffix) {
      if let density = Density.all[String(name.dropLast(suffix.count))] { return (density, form) }
    }
    return nil
  }
}

extension FunctionDefinition {
  /// Whether the function is a log density or mass of its first argument.
  var isDensity: Bool { name.name.hasSuffix("_lpdf") || name.name.hasSuffix("_lpmf") }
}
