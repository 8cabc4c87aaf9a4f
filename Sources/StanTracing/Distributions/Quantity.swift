/// A number or a vector of a formula, so that densities read as the papers write them.
///
/// What is constant is computed at once; the rest becomes nodes of the tracer's graph.
struct Quantity {
  let tracer: Tracer
  let value: Numeric

  var count: Int { value.count }
  var constants: [Double]? { value.constants }
  var constant: Double? { value.constant }

  func map(_ function: ElementFunction) -> Quantity {
    Quantity(tracer: tracer, value: tracer.graph.map(function, value))
  }

  func zip(_ function: PairFunction, _ other: Quantity) -> Quantity {
    // A vector of one element goes along as a number.
    let (x, y) = (Self.broadcasting(value), Self.broadcasting(other.value))
    return Quantity(tracer: tracer, value: tracer.graph.zip(function, x, y))
  }

  private static func broadcasting(_ x: Numeric) -> Numeric { x.count == 1 ? x.shaped(.real, rows: 1) : x }

  func constant(_ number: Double) -> Quantity { Quantity(tracer: tracer, value: Numeric(number)) }

  static func + (a: Quantity, b: Quantity) -> Quantity { a.zip(.add, b) }
  static func - (a: Quantity, b: Quantity) -> Quantity { a.zip(.subtract, b) }
  static func * (a: Quantity, b: Quantity) -> Quantity { a.zip(.multiply, b) }
  static func / (a: Quantity, b: Quantity) -> Quantity { a.zip(.divide, b) }
  static func + (a: Quantity, b: Double) -> Quantity { a + a.constant(b) }
  static func + (a: Double, b: Quantity) -> Quantity { b.constant(a) + b }
  static func - (a: Quantity, b: Double) -> Quantity { a - a.constant(b) }
  static func - (a: Double, b: Quantity) -> Quantity { b.constant(a) - b }
  static func * (a: Double, b: Quantity) -> Quantity { b.constant(a) * b }
  static func / (a: Double, b: Quantity) -> Quantity { b.constant(a) / b }
  static prefix func - (a: Quantity) -> Quantity { a.map(.negate) }

  var exp: Quantity { map(.exp) }
  var log: Quantity { map(.log) }
  var log1p: Quantity { map(.log1p) }
  /// log(1 − x).
  var log1m: Quantity { (-self).map(.log1p) }
  var squared: Quantity { map(.square) }
  var squareRoot: Quantity { map(.squareRoot) }
  var sigmoid: Quantity { map(.sigmoid) }
  var softplus: Quantity { map(.softplus) }
  var absolute: Quantity { map(.absolute) }
  var logGamma: Quantity { map(.logGamma) }

  /// x^y, elementwise.
  func power(_ exponent: Quantity) -> Quantity { zip(.power, exponent) }
  /// log(exp(a) + exp(b)).
  func logSumExp(_ other: Quantity) -> Quantity { self + (other - self).softplus }
  /// log Γ(a) + log Γ(b) − log Γ(a + b).
  func logBeta(_ other: Quantity) -> Quantity { logGamma + other.logGamma - (self + other).logGamma }
  /// log of the binomial coefficient of this over `k`.
  func logChoose(_ k: Quantity) -> Quantity {
    (self + 1).logGamma - (k + 1).logGamma - (self - k + 1).logGamma
  }

  /// The sum of all elements.
  var sum: Quantity { Quantity(tracer: tracer, value: tracer.graph.sum(value)) }
  /// log Σ exp of all elements.
  var logSumExp: Quantity { Quantity(tracer: tracer, value: tracer.graph.logSumExp(value)) }
  func dot(_ other: Quantity) -> Quantity {
    Quantity(tracer: tracer, value: tracer.graph.dot(value, other.value))
  }

  /// The elements at places that count from 0; a number is at every place.
  func at(_ places: [Int]) -> Quantity {
    if count == 1 { return self }
    return Quantity(tracer: tracer, value: value.picked(places, .vector, rows: places.count))
  }
}
