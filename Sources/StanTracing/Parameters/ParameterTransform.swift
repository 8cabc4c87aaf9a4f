import Foundation
import StanLanguage

/// From the unconstrained line onto where a parameter lives, with the log-Jacobian (Stan Reference Manual, "Constraint
/// transforms").
struct ParameterTransform {
  let tracer: Tracer
  let range: SourceRange
  /// Σ log |dx/du| so far.
  private(set) var logJacobian = LinearSum()
  /// The next unconstrained parameter.
  private(set) var next = 0

  init(_ tracer: Tracer, at range: SourceRange, from start: Int) {
    self.tracer = tracer
    self.range = range
    next = start
  }

  /// How many unconstrained parameters a constrained element takes.
  static func freeCount(_ constraint: Constraint, rows: Int, columns: Int) -> Int {
    switch constraint {
    case .simplex, .sumToZero: max(0, rows - 1)
    case .choleskyFactorCorrelation, .correlationMatrix: rows * (rows - 1) / 2
    case .covarianceMatrix: rows * (rows + 1) / 2
    case .choleskyFactorCovariance: columns * (columns + 1) / 2 + (rows - columns) * columns
    default: rows * columns
    }
  }

  /// The constrained value of the next parameters, of a kind and shape.
  mutating func constrained(_ constraint: Constraint, _ kind: Numeric.Kind, rows: Int, columns: Int)
    throws(StanDiagnostic) -> Numeric
  {
    let count = Self.freeCount(constraint, rows: rows, columns: columns)
    if rows * columns == 0 { return Numeric(kind, rows: rows, columns: columns, .constant([])) }
    var u = free(count)
    // Matrices are taken column by column.
    if kind == .matrix, count == rows * columns {
      u = u.picked(
        (0..<rows).flatMap { row in (0..<columns).map { $0 * rows + row } }, .vector, rows: count)
    }
    switch constraint {
    case .none: return u.shaped(kind, rows: rows, columns: columns)
    case .lower(let bound):
      return try bounded(u.shaped(kind, rows: rows, columns: columns), lower: bound, upper: nil)
    case .upper(let bound):
      return try bounded(u.shaped(kind, rows: rows, columns: columns), lower: nil, upper: bound)
    case .bounds(let lower, let upper):
      return try bounded(u.shaped(kind, rows: rows, columns: columns), lower: lower, upper: upper)
    case .affine(let offset, let multiplier):
      return try affine(u.shaped(kind, rows: rows, columns: columns), offset, multiplier)
    case .ordered, .positiveOrdered: return ordered(u, isPositive: constraint == .positiveOrdered)
    case .simplex: return simplex(u, rows)
    case .unitVector: return unitVector(u)
    case .sumToZero: return sumToZero(u, rows)
    case .choleskyFactorCorrelation: return correlationFactor(u, rows)
    case .correlationMatrix: return try correlation(u, rows)
    case .choleskyFactorCovariance: return covarianceFactor(u, rows, columns)
    case .covarianceMatrix: return try covariance(u, rows)
    case .tuple:
      throw StanDiagnostic(
        at: range, what: "a parameter is a tuple", fix: "declare its parts one by one")
    }
  }

  private mutating func free(_ count: Int) -> Numeric {
    defer { next += count }
    return Numeric(
      .vector, rows: count,
      .elements((next..<next + count).map { .node(Graph.parameters, Int32($0)) }))
  }

  private func quantity(_ x: Numeric) -> Quantity { Quantity(tracer: tracer, value: x) }

  mutating func addJacobian(_ weight: Double = 1, _ term: Quantity, count: Int? = nil) {
    var sum = DensitySum(tracer, count: count ?? term.count, at: range)
    sum.add(weight, term)
    logJacobian.add(sum.sum)
  }

  // MARK: Bounds

  private func bound(_ expression: Expression?, like u: Numeric) throws(StanDiagnostic) -> Quantity? {
    guard let expression, let value = try tracer.evaluate(expression).flattened else { return nil }
    if value.kind != .real { try tracer.require(value, u, value.count == u.count, at: expression.range) }
    return quantity(value.kind == .real ? value : value.shaped(u.kind, rows: u.rows, columns: u.columns))
  }

  private mutating func bounded(_ u: Numeric, lower: Expression?, upper: Expression?)
    throws(StanDiagnostic) -> Numeric
  {
    var low = try bound(lower, like: u)
    var high = try bound(upper, like: u)
    // An infinite bound is none.
    if low?.constant == -.infinity { low = nil }
    if high?.constant == .infinity { high = nil }
    let x = quantity(u)
    switch (low, high) {
    case (nil, nil): return u
    case (let low?, nil):
      addJacobian(1, x)
      return (low + x.exp).value.shaped(u.kind, rows: u.rows, columns: u.columns)
    case (nil, let high?):
      addJacobian(1, x)
      return (high - x.exp).value.shaped(u.kind, rows: u.rows, columns: u.columns)
    case (let low?, let high?):
      let width = high - low
      if let bad = width.constants?.first(where: { !($0 > 0) }) {
        throw StanDiagnostic(
          at: lower?.range ?? range, what: "the upper bound is \(bad) above the lower one",
          fix: "it must be above 0")
      }
      addJacobian(1, width.log, count: u.count)
      addJacobian(-1, x.softplus)
      addJacobian(-1, (-x).softplus)
      return (low + width * x.sigmoid).value.shaped(u.kind, rows: u.rows, columns: u.columns)
    }
  }

  private mutating func affine(_ u: Numeric, _ offset: Expression?, _ multiplier: Expression?)
    throws(StanDiagnostic) -> Numeric
  {
    var x = quantity(u)
    if let scale = try bound(multiplier, like: u) {
      addJacobian(1, scale.log, count: u.count)
      x = scale * x
    }
    if let offset = try bound(offset, like: u) { x = offset + x }
    return x.value.shaped(u.kind, rows: u.rows, columns: u.columns)
  }

  // MARK: Vectors

  /// x₁ = u₁ (or its exponential), each next one an exponential further.
  private mutating func ordered(_ u: Numeric, isPositive: Bool) -> Numeric {
    let count = u.count
    let first = isPositive ? 0 : 1
    var steps: [Numeric] = isPositive ? [] : [u.scalar(0)]
    if count > first {
      let rest = quantity(u).at(Array(first..<count))
      addJacobian(1, rest)
      steps.append(rest.exp.value)
    }
    return tracer.cumulativeSum(Numeric.concatenated(steps, .vector)).asVector
  }

  /// Stick breaking: z_k = logit⁻¹(u_k − log(K − k)) of what is left goes to x_k.
  private mutating func simplex(_ u: Numeric, _ size: Int) -> Numeric {
    if size == 1 { return Numeric(.vector, [1]) }
    let shift = (1..<size).map { -Foundation.log(Double(size - $0)) }
    let a = quantity(u.asVector) + quantity(Numeric(.vector, shift))
    let (taken, left) = (-(-a).softplus, -a.softplus)
    // log of what is left before each break, and after the last one.
    let sums = tracer.cumulativeSum(left.value)
    let before = Numeric.concatenated(
      [Numeric(0), sums.picked(Array(0..<size - 2), .vector, rows: size - 2)], .vector)
    addJacobian(1, taken)
    addJacobian(1, left)
    addJacobian(1, quantity(before))
    let logs = Numeric.concatenated([(taken + quantity(before)).value, sums.scalar(size - 2)], .vector)
    return quantity(logs).exp.value.asVector
  }

  private mutating func unitVector(_ u: Numeric) -> Numeric {
    let x = quantity(u.asVector)
    let square = x.squared.sum
    addJacobian(-0.5, square)
    return (x / square.squareRoot).value.asVector
  }

  /// The inverse isometric log-ratio transform (Egozcue et al. 2003): orthogonal, so its Jacobian is constant.
  private func sumToZero(_ u: Numeric, _ size: Int) -> Numeric {
    if size == 1 { return Numeric(.vector, [0]) }
    var basis = [Double](repeating: 0, count: size * (size - 1))
    for i in 1..<size {
      let weight = 1 / Double(i * (i + 1)).squareRoot()
      for row in 0..<i { basis[row * (size - 1) + i - 1] = weight }
      basis[i * (size - 1) + i - 1] = -Double(i) * weight
    }
    let node = tracer.graph.matrix(
      .product(rows: size, inner: size - 1, columns: 1), tracer.graph.constant(basis),
      tracer.graph.node(of: u), count: size)
    return Numeric(.vector, rows: size, .node(node))
  }
}
