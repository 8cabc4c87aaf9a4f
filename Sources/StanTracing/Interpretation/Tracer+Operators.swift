import Foundation
import StanLanguage

extension Tracer {
  /// The value of a binary operator on two values (Stan Functions Reference, "Arithmetic" and "Matrix operations").
  func combined(_ symbol: BinaryOperator, _ left: Value, _ right: Value, at range: SourceRange)
    throws(StanDiagnostic) -> Value
  {
    if case .int(let a, let p) = left, case .int(let b, let q) = right,
      let value = try integers(symbol, a, b, at: range)
    {
      return .int(value, p.union(q))
    }
    if case .array = left { return try overElements(symbol, left, right, at: range) }
    if case .array = right { return try overElements(symbol, left, right, at: range) }
    guard let x = left.asNumeric, let y = right.asNumeric else {
      throw StanDiagnostic(at: range, what: "'\(symbol.rawValue)' is for numbers", fix: "use numbers")
    }
    switch symbol {
    case .add: return .numeric(try paired(.add, x, y, at: range))
    case .subtract: return .numeric(try paired(.subtract, x, y, at: range))
    case .elementwiseMultiply: return .numeric(try paired(.multiply, x, y, at: range))
    case .elementwiseDivide: return .numeric(try paired(.divide, x, y, at: range))
    case .multiply: return .numeric(try product(x, y, at: range))
    case .divide:
      if y.kind == .matrix { return .numeric(try rightDivided(x, y, at: range)) }
      return .numeric(try paired(.divide, x, y, at: range))
    case .leftDivide: return .numeric(try leftDivided(x, y, at: range))
    case .power, .elementwisePower: return .numeric(try power(x, y, at: range))
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let a = x.constant, let b = y.constant else {
        throw StanDiagnostic(
          at: range, what: "the comparison depends on parameters, which are not known while tracing",
          fix: "write it without a condition (fmin, fmax, log_mix), or load the program through BridgeStan")
      }
      return .int(Self.compare(symbol, a, b) ? 1 : 0, x.origin.union(y.origin))
    case .integerDivide, .modulo, .and, .or:
      throw StanDiagnostic(at: range, what: "'\(symbol.rawValue)' is for integers", fix: "use integers")
    }
  }

  private static func compare(_ symbol: BinaryOperator, _ a: Double, _ b: Double) -> Bool {
    switch symbol {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    default: a >= b
    }
  }

  /// The integer that an operator on integers gives; nil where it gives a real.
  private func integers(_ symbol: BinaryOperator, _ a: Int, _ b: Int, at range: SourceRange)
    throws(StanDiagnostic) -> Int?
  {
    switch symbol {
    case .add: return a &+ b
    case .subtract: return a &- b
    case .multiply: return a &* b
    case .divide, .integerDivide, .modulo:
      guard b != 0 else {
        throw StanDiagnostic(at: range, what: "an integer is divided by 0", fix: "check the divisor")
      }
      return symbol == .modulo
        ? a.remainderReportingOverflow(dividingBy: b).partialValue
        : a.dividedReportingOverflow(by: b).partialValue
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      return Self.compare(symbol, Double(a), Double(b)) ? 1 : 0
    default: return nil
    }
  }

  /// An operator over the elements of arrays.
  private func overElements(_ symbol: BinaryOperator, _ left: Value, _ right: Value, at range: SourceRange)
    throws(StanDiagnostic) -> Value
  {
    var values: [Value] = []
    let count = max(left.arrayElements?.count ?? 0, right.arrayElements?.count ?? 0)
    for place in 0..<count {
      let a = left.arrayElements.map { $0[min(place, $0.count - 1)] } ?? left
      let b = right.arrayElements.map { $0[min(place, $0.count - 1)] } ?? right
      values.append(try combined(symbol, a, b, at: range))
    }
    return Value.array(of: values)
  }

  /// Elementwise, with a scalar going along with every element.
  func paired(_ function: PairFunction, _ x: Numeric, _ y: Numeric, at range: SourceRange)
    throws(StanDiagnostic) -> Numeric
  {
    if x.kind != .real, y.kind != .real {
      try require(x, y, x.rows == y.rows && x.columns == y.columns, at: range)
    }
    return graph.zip(function, x, y)
  }

  func require(_ x: Numeric, _ y: Numeric, _ holds: Bool, at range: SourceRange) throws(StanDiagnostic) {
    guard !holds else { return }
    throw StanDiagnostic(
      at: range, what: "the sizes do not match: \(x.sizes) and \(y.sizes)",
      fix: "give both the sizes that fit")
  }

  /// x^y, elementwise; whole and half powers without a logarithm.
  func power(_ x: Numeric, _ y: Numeric, at range: SourceRange) throws(StanDiagnostic) -> Numeric {
    if let exponent = y.constant, y.kind == .real, x.constants == nil {
      switch exponent {
      case 1: return x
      case 2: return graph.map(.square, x)
      case 3: return graph.multiply(graph.map(.square, x), x)
      case 4: return graph.map(.square, graph.map(.square, x))
      case 0.5: return graph.map(.squareRoot, x)
      case -1: return graph.map(.reciprocal, x)
      case -2: return graph.map(.reciprocal, graph.map(.square, x))
      case -0.5: return graph.map(.reciprocal, graph.map(.squareRoot, x))
      default: break
      }
    }
    return try paired(.power, x, y, at: range)
  }
}

extension Value {
  /// The elements, where the value is an array.
  var arrayElements: [Value]? {
    switch self {
    case .array(let values): return values
    case .ints(let values, let origin): return values.map { .int($0, origin) }
    case .numeric(let numeric) where numeric.kind == .array:
      return (0..<numeric.count).map { .numeric(numeric.scalar($0)) }
    default: return nil
    }
  }
}

extension Numeric {
  /// The sizes as messages name them.
  var sizes: String {
    switch kind {
    case .real: "a number"
    case .vector: "vector[\(rows)]"
    case .rowVector: "row_vector[\(columns)]"
    case .matrix: "matrix[\(rows), \(columns)]"
    case .array: "array[\(rows)] real"
    }
  }
}
