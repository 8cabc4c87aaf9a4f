/// Elementwise arithmetic: scalars and shared values broadcast; products with 0 and 1, sums with 0 and products with several
/// constants are folded where the other operand keeps its layout. A sign moves outwards, which changes no bit, until a sum
/// takes it in.
extension Traced {
  public static func + (a: Traced, b: Traced) -> Traced {
    if let x = a.scalar, let y = b.scalar { return a.tape.constant(x + y) }
    if a.scalar == 0, b.covers(a) { return b }
    if b.scalar == 0, a.covers(b) { return a }
    if let positive = b.negated { return a - positive }
    if let positive = a.negated { return b - positive }
    return a.combined(.add, b)
  }

  public static func - (a: Traced, b: Traced) -> Traced {
    if let x = a.scalar, let y = b.scalar { return a.tape.constant(x - y) }
    if b.scalar == 0, a.covers(b) { return a }
    if a.scalar == 0, b.covers(a) { return -b }
    if let positive = b.negated { return a + positive }
    return a.combined(.subtract, b)
  }

  public static func * (a: Traced, b: Traced) -> Traced {
    if let x = a.scalar, let y = b.scalar { return a.tape.constant(x * y) }
    if a.scalar == 1, b.covers(a) { return b }
    if b.scalar == 1, a.covers(b) { return a }
    if a.scalar == -1, b.covers(a) { return -b }
    if b.scalar == -1, a.covers(b) { return -a }
    if let x = a.scalar, let positive = b.negated { return a.tape.constant(-x) * positive }
    if let y = b.scalar, let positive = a.negated { return a.tape.constant(-y) * positive }
    if let positive = a.negated { return -(positive * b) }
    if let positive = b.negated { return -(a * positive) }
    if a.id == b.id { return a.square() }
    if let x = a.scalar, let (y, rest) = b.scaled { return a.tape.constant(x * y) * rest }
    if let y = b.scalar, let (x, rest) = a.scaled { return a.tape.constant(x * y) * rest }
    return a.combined(.multiply, b)
  }

  /// The constant and the other operand, where this value is a product with a scalar constant in its own layout.
  private var scaled: (factor: Double, rest: Traced)? {
    guard node.operation == .binary(.multiply) else { return nil }
    let operands = node.operands.map { Traced(tape: tape, id: $0) }
    for (constant, rest) in [(operands[0], operands[1]), (operands[1], operands[0])] {
      if let factor = constant.scalar, rest.layout == layout { return (factor, rest) }
    }
    return nil
  }

  public static func / (a: Traced, b: Traced) -> Traced {
    if let y = b.scalar { return a * (1 / y) }
    if a.scalar == 1 { return b.mapped(.reciprocal) }
    return a.combined(.divide, b)
  }

  public static prefix func - (a: Traced) -> Traced {
    if let x = a.scalar { return a.tape.constant(-x) }
    return a.negated ?? a.mapped(.negate)
  }

  public static func + (a: Traced, b: Double) -> Traced { a + a.tape.constant(b) }
  public static func + (a: Double, b: Traced) -> Traced { b.tape.constant(a) + b }
  public static func - (a: Traced, b: Double) -> Traced { a - a.tape.constant(b) }
  public static func - (a: Double, b: Traced) -> Traced { b.tape.constant(a) - b }
  public static func * (a: Traced, b: Double) -> Traced { a * a.tape.constant(b) }
  public static func * (a: Double, b: Traced) -> Traced { b.tape.constant(a) * b }
  public static func / (a: Traced, b: Double) -> Traced { a * (1 / b) }
  public static func / (a: Double, b: Traced) -> Traced { b.tape.constant(a) / b }

  private var scalar: Double? { tape.constantScalar(id) }

  /// What this value is the negative of, where it was written so.
  var negated: Traced? {
    node.operation == .unary(.negate) ? Traced(tape: tape, id: node.operands[0]) : nil
  }

  /// Whether broadcasting with `other` leaves this value's layout as it is.
  private func covers(_ other: Traced) -> Bool { layout.broadcast(with: other.layout) == layout }

  package func combined(_ function: Binary, _ other: Traced) -> Traced {
    tape.record(.binary(function), [self, other], layout.broadcast(with: other.layout))
  }
}

/// Elementwise functions, with the names of the C library and of the field.
extension Traced {
  public func exp() -> Traced { mapped(.exp) }
  public func log() -> Traced { mapped(.log) }
  /// log(1 + x), exact near 0.
  public func log1p() -> Traced { mapped(.log1p) }
  /// exp(x) − 1, exact near 0.
  public func expm1() -> Traced { mapped(.expm1) }
  public func squareRoot() -> Traced { mapped(.squareRoot) }
  public func square() -> Traced { mapped(.square) }
  public func tanh() -> Traced { mapped(.tanh) }
  /// 1 / (1 + exp(−x)).
  public func sigmoid() -> Traced { mapped(.sigmoid) }
  /// log(1 + exp(x)), without overflow at either end.
  public func softplus() -> Traced { mapped(.softplus) }
  /// E[softplus(x)] for x ~ N(mean, variance), elementwise; exact to rounding at every mean and variance. Differentiable once.
  public static func meanSoftplus(mean: Traced, variance: Traced) -> Traced {
    mean.combined(.meanSoftplus, variance)
  }
  /// max(x, 0); its slope at 0 is 0.
  public func relu() -> Traced { mapped(.relu) }
  /// x / (1 + exp(−x)) (Hendrycks & Gimpel 2016, §2).
  public func silu() -> Traced { self * sigmoid() }
  public func sin() -> Traced { mapped(.sin) }
  public func cos() -> Traced { mapped(.cos) }
  public func absolute() -> Traced { mapped(.absolute) }
  /// log Γ(x) for x > 0.
  public func logGamma() -> Traced { mapped(.logGamma) }
  /// The derivative of log Γ(x) for x > 0.
  public func digamma() -> Traced { mapped(.digamma) }

  package func mapped(_ function: Unary) -> Traced { tape.record(.unary(function), [self], layout) }
}
