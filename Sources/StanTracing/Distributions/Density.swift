import StanLanguage

/// A distribution of the language: the log of its density or mass, all constants kept.
struct Density: Sendable {
  /// The sum over the outcomes, which come first among the arguments.
  typealias Body = @Sendable (Tracer, [Value], SourceRange) throws(StanDiagnostic) -> LinearSum

  var name: String
  var isDiscrete: Bool
  var body: Body

  init(_ name: String, isDiscrete: Bool = false, _ body: @escaping Body) {
    self.name = name
    self.isDiscrete = isDiscrete
    self.body = body
  }

  /// A density over numbers, each argument a number or one for each outcome.
  static func numbers(
    _ name: String, isDiscrete: Bool = false,
    _ body: @escaping @Sendable (DensityArguments, inout DensitySum) throws(StanDiagnostic) -> Void
  ) -> Density {
    Density(name, isDiscrete: isDiscrete) { tracer, values, range throws(StanDiagnostic) in
      let arguments = try DensityArguments(values, tracer: tracer, at: range)
      var sum = arguments.sum
      if arguments.count > 0 { try body(arguments, &sum) }
      return sum.sum
    }
  }

  /// The distributions by their names.
  static let all: [String: Density] = Dictionary(
    uniqueKeysWithValues: (realLine + positiveLine + bounded + counts + categories + multivariate
      + linearModels)
      .map { ($0.name, $0) })
}
