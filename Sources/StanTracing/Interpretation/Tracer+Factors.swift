import Foundation
import StanLanguage

/// What statements add to the target.
extension Tracer {
  /// `outcome ~ distribution(…)`.
  func add(_ statement: DistributionStatement, in whole: Statement) throws(StanDiagnostic) {
    let outcome = try evaluate(statement.outcome)
    var arguments = [outcome]
    for argument in statement.arguments { arguments.append(try evaluate(argument)) }
    let name = statement.distribution.name
    let part = whole.pragma?.part ?? Self.part(of: Self.densityOrigin(outcome))
    if part == .prior {
      try priors.note(
        statement.outcome, outcome, name, Array(arguments.dropFirst()),
        statement.truncation == nil ? .statement : .normalised)
    }
    var sum: LinearSum
    if case .user(let index) = statement.resolution {
      sum = LinearSum()
      if let value = try call(program.functions[index], arguments, at: whole.range)?.asNumeric {
        add(value, to: &sum)
      }
    } else {
      guard let density = Density.all[name] else {
        throw StanDiagnostic(
          at: statement.distribution.range, what: "'\(name)' is not among the distributions that wb traces",
          fix: "write its density with others, or load the program through BridgeStan")
      }
      sum = try density.body(self, arguments, whole.range)
      if let truncation = statement.truncation {
        try truncate(&sum, density, outcome, Array(arguments.dropFirst()), truncation)
      }
    }
    factors.add(
      sum, to: part, at: whole.range, distribution: name, outcomes: outcome.flattened?.count ?? outcome.size)
  }

  /// `target += expression`, term by term.
  func increment(by expression: Expression, times weight: Double, in statement: Statement)
    throws(StanDiagnostic)
  {
    switch expression.kind {
    case .binary(.add, let left, let right):
      try increment(by: left, times: weight, in: statement)
      try increment(by: right, times: weight, in: statement)
    case .binary(.subtract, let left, let right):
      try increment(by: left, times: weight, in: statement)
      try increment(by: right, times: -weight, in: statement)
    case .prefix(.minus, let operand):
      try increment(by: operand, times: -weight, in: statement)
    case .call(let call):
      if call.resolution == .library, try increment(by: call, times: weight, in: statement) { return }
      try increment(by: evaluate(expression), expression, times: weight, in: statement)
    default:
      try increment(by: evaluate(expression), expression, times: weight, in: statement)
    }
  }

  /// Whether the call was a density of the language, which then was added.
  private func increment(by call: Call, times weight: Double, in statement: Statement)
    throws(StanDiagnostic) -> Bool
  {
    guard let (density, form) = DensityForm.of(call.function.name), case .logDensity = form else {
      priors.noteTails(in: call)
      return false
    }
    var arguments: [Value] = []
    for argument in call.arguments { arguments.append(try evaluate(argument)) }
    let sum = try density.body(self, arguments, call.function.range)
    let part = statement.pragma?.part ?? Self.part(of: Self.densityOrigin(arguments.first))
    if part == .prior, let outcome = call.arguments.first {
      try priors.note(
        outcome, arguments[0], density.name, Array(arguments.dropFirst()),
        weight == 1 ? .increment : .normalised)
    }
    factors.add(
      sum, times: weight, to: part, at: statement.range, distribution: density.name,
      outcomes: arguments.first?.flattened?.count ?? 1)
    return true
  }

  private func increment(
    by value: Value, _ expression: Expression, times weight: Double, in statement: Statement
  )
    throws(StanDiagnostic)
  {
    guard let terms = value.flattened else {
      throw StanDiagnostic(at: expression.range, what: "the target grows by numbers", fix: "use a real here")
    }
    var sum = LinearSum()
    add(terms, to: &sum)
    let part = statement.pragma?.part ?? Self.part(of: value.origin)
    if part == .prior {
      try priors.note(expression, value, "", [], .normalised)
    }
    factors.add(
      sum, times: weight, to: part, at: statement.range,
      distribution: expression.densityName, outcomes: terms.count)
  }

  private func add(_ terms: Numeric, to sum: inout LinearSum) {
    if let values = terms.constants {
      sum.constant += values.reduce(0, +)
    } else {
      sum.add(graph.sum(graph.node(of: terms)))
    }
  }

  /// Which part a value made of that belongs to.
  static func part(of origin: Origin) -> FactorLedger.Part {
    switch (origin.contains(.likelihood), origin.contains(.prior)) {
    case (true, true): .mixed
    case (true, false): .likelihood
    case (false, true): origin.contains(.data) ? .mixed : .prior
    case (false, false): origin.contains(.written) ? .likelihood : origin.contains(.data) ? .mixed : .prior
    }
  }

  /// Divides by the chance of the interval that outcomes are truncated to (Stan Reference Manual, "Truncation").
  private func truncate(
    _ sum: inout LinearSum, _ density: Density, _ outcome: Value, _ arguments: [Value],
    _ truncation: Truncation
  ) throws(StanDiagnostic) {
    let count = outcome.flattened?.count ?? 1
    let lower = try truncation.lower.map { bound throws(StanDiagnostic) in try evaluate(bound) }
    let upper = try truncation.upper.map { bound throws(StanDiagnostic) in try evaluate(bound) }
    if let values = outcome.flattened?.constants {
      let low = lower?.asNumeric?.constant ?? -.infinity
      let high = upper?.asNumeric?.constant ?? .infinity
      if values.contains(where: { $0 < low || $0 > high }) {
        sum.constant = -.infinity
        return
      }
    }
    // An integer outcome may equal the lower bound.
    func below(_ bound: Value) -> Value {
      if density.isDiscrete, case .int(let number, let origin) = bound { return .int(number - 1, origin) }
      return bound
    }
    let normaliser: Quantity
    switch (lower, upper) {
    case (nil, nil): return
    case (let lower?, nil):
      normaliser = try logCumulative(density, .upper, [below(lower)] + arguments, at: truncation.range)
    case (nil, let upper?):
      normaliser = try logCumulative(density, .lower, [upper] + arguments, at: truncation.range)
    case (let lower?, let upper?):
      let low = try logCumulative(density, .lower, [below(lower)] + arguments, at: truncation.range)
      let high = try logCumulative(density, .lower, [upper] + arguments, at: truncation.range)
      normaliser = high + (low - high).map(.log1mExp)
    }
    var terms = DensitySum(self, count: count, at: truncation.range)
    terms.add(-1, normaliser)
    sum.add(terms.sum)
  }
}

extension FactorPragma {
  var part: FactorLedger.Part { self == .prior ? .prior : .likelihood }
}

extension Expression {
  /// The name of the density that is called, without its ending.
  fileprivate var densityName: String? {
    guard case .call(let call) = kind, let end = call.function.name.range(of: "_lp", options: .backwards)
    else {
      return nil
    }
    return String(call.function.name[..<end.lowerBound])
  }
}
