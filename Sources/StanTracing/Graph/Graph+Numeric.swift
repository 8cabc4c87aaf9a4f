import NumericArrays

/// Arithmetic on values: constants are computed at once, the rest becomes nodes.
extension Graph {
  /// The node that holds a value's elements.
  mutating func node(of x: Numeric) -> NodeID {
    switch x.content {
    case .constant(let values): return constant(values)
    case .node(let node): return node
    case .elements(let elements): return node(of: elements)
    }
  }

  private mutating func node(of elements: [Numeric.Element]) -> NodeID {
    var parts: [NodeID] = []
    var position = 0
    while position < elements.count {
      var end = position + 1
      switch elements[position] {
      case .constant(let first):
        var values = [first]
        while end < elements.count, case .constant(let value) = elements[end] {
          values.append(value)
          end += 1
        }
        parts.append(constant(values))
      case .node(let node, let place):
        var places = [place]
        while end < elements.count, case .node(node, let place) = elements[end] {
          places.append(place)
          end += 1
        }
        parts.append(pick(places, of: node))
      }
      position = end
    }
    return pack(parts)
  }

  mutating func map(_ function: ElementFunction, _ x: Numeric) -> Numeric {
    var result = x
    if let values = x.constants {
      result.content = .constant(values.map { function($0) })
    } else {
      result.content = .node(unary(function, node(of: x)))
    }
    return result
  }

  /// Elementwise; a scalar goes with every element of the other.
  ///
  /// - Precondition: equally many elements, or one of them a scalar.
  mutating func zip(_ function: PairFunction, _ x: Numeric, _ y: Numeric) -> Numeric {
    var result = x.kind == .real && y.kind != .real ? y : x
    result.origin = x.origin.union(y.origin)
    if let a = x.constants, let b = y.constants {
      result.content = .constant(
        (0..<result.count).map { function(a[a.count == 1 ? 0 : $0], b[b.count == 1 ? 0 : $0]) })
      return result
    }
    if let kept = neutral(function, x, y) {
      result.content = kept
      return result
    }
    if function == .divide, let divisor = y.constants {
      let reciprocal = Numeric(y.kind, rows: y.rows, columns: y.columns, .constant(divisor.map { 1 / $0 }))
      result.content = .node(binary(.multiply, node(of: x), node(of: reciprocal)))
      return result
    }
    result.content = .node(binary(function, node(of: x), node(of: y)))
    return result
  }

  /// What is left where one operand changes nothing.
  private func neutral(_ function: PairFunction, _ x: Numeric, _ y: Numeric) -> Numeric.Content? {
    switch function {
    case .add where y.constant == 0 && y.kind == .real: x.content
    case .add where x.constant == 0 && x.kind == .real: y.content
    case .subtract where y.constant == 0 && y.kind == .real: x.content
    case .multiply where y.constant == 1 && y.kind == .real: x.content
    case .multiply where x.constant == 1 && x.kind == .real: y.content
    case .divide where y.constant == 1 && y.kind == .real: x.content
    default: nil
    }
  }

  mutating func add(_ x: Numeric, _ y: Numeric) -> Numeric { zip(.add, x, y) }
  mutating func subtract(_ x: Numeric, _ y: Numeric) -> Numeric { zip(.subtract, x, y) }
  mutating func multiply(_ x: Numeric, _ y: Numeric) -> Numeric { zip(.multiply, x, y) }
  mutating func divide(_ x: Numeric, _ y: Numeric) -> Numeric { zip(.divide, x, y) }
  mutating func scale(_ x: Numeric, by factor: Double) -> Numeric { zip(.multiply, x, Numeric(factor)) }
  mutating func shift(_ x: Numeric, by term: Double) -> Numeric { zip(.add, x, Numeric(term)) }

  /// The sum of all elements, a scalar; 0 of none.
  mutating func sum(_ x: Numeric) -> Numeric {
    if let values = x.constants { return Numeric(values.reduce(0, +), x.origin) }
    return Numeric(node: sum(node(of: x)), x.origin)
  }

  /// log Σ exp of all elements, a scalar; −∞ of none.
  mutating func logSumExp(_ x: Numeric) -> Numeric {
    if let values = x.constants {
      let largest = values.max() ?? -.infinity
      if largest.isInfinite { return Numeric(largest, x.origin) }
      let sum = values.reduce(0) { $0 + ElementFunction.exp($1 - largest) }
      return Numeric(largest + ElementFunction.log(sum), x.origin)
    }
    return Numeric(node: logSumExp(node(of: x)), x.origin)
  }

  /// The sum of products of elements, a scalar.
  mutating func dot(_ x: Numeric, _ y: Numeric) -> Numeric {
    let origin = x.origin.union(y.origin)
    if let a = x.constants, let b = y.constants {
      return Numeric(Swift.zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }, origin)
    }
    return Numeric(node: dot(node(of: x), node(of: y)), origin)
  }

  /// The regularised incomplete beta function I_x(a, b), elementwise; a scalar goes with every element of the others.
  mutating func incompleteBeta(_ a: Numeric, _ b: Numeric, _ x: Numeric) -> Numeric {
    var result = [a, b, x].first { $0.count != 1 } ?? a
    result.origin = a.origin.union(b.origin).union(x.origin)
    if let a = a.constants, let b = b.constants, let x = x.constants {
      let values = (0..<result.count).map { place in
        SpecialFunctions.regularizedBeta(
          a[a.count == 1 ? 0 : place], b[b.count == 1 ? 0 : place], x[x.count == 1 ? 0 : place])
      }
      result.content = .constant(values)
    } else {
      result.content = .node(incompleteBeta(node(of: a), node(of: b), node(of: x)))
    }
    return result
  }

  /// A weighted sum as a value.
  mutating func value(of sum: LinearSum, _ origin: Origin) -> Numeric {
    var total = Numeric(0, origin)
    for (node, weight) in sum.terms {
      total = add(total, scale(Numeric(node: node, origin), by: weight))
    }
    return shift(total, by: sum.constant)
  }
}
