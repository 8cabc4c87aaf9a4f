extension Checker {
  mutating func check(_ declaration: inout Declaration, isTop: Bool) {
    let type = declaration.type.type
    context.isSize = isTop
    checkSizes(&declaration.type)
    context.isSize = false
    check(&declaration.constraint, of: type)
    let isOfParameters = context.block == .parameters || context.block == .transformedParameters
    if isTop, isOfParameters, type.containsIntegers {
      report(
        at: declaration.name.range, "variables of '\(context.block.name)' cannot be integers",
        fix: context.block == .parameters
          ? "sum discrete parameters out of the density, or declare it 'real'" : "declare it 'real'")
    }
    // The first value is read before the variable is there: it cannot name it.
    if var initial = declaration.initial {
      _ = check(&initial)
      declaration.initial = initial
      expect(initial, toBe: type, as: "the value of '\(declaration.name.name)'")
    }
    declare(
      Variable(
        name: declaration.name, type: type, block: context.block, isGlobal: isTop,
        readOnly: context.block.declaresOnly && isTop ? "a variable of '\(context.block.name)'" : nil))
  }

  private mutating func checkSizes(_ type: inout SizedType) {
    switch type {
    case .int, .real: break
    case .vector(var size):
      checkSize(&size)
      type = .vector(size)
    case .rowVector(var size):
      checkSize(&size)
      type = .rowVector(size)
    case .matrix(var rows, var columns):
      // One size of a square matrix stands twice: its errors are said once.
      let isSquare = rows.range == columns.range
      checkSize(&rows)
      if isSquare { columns = rows } else { checkSize(&columns) }
      type = .matrix(rows, columns)
    case .array(var sizes, var element):
      for index in sizes.indices { checkSize(&sizes[index]) }
      checkSizes(&element)
      type = .array(sizes, element)
    case .tuple(var parts):
      for index in parts.indices { checkSizes(&parts[index]) }
      type = .tuple(parts)
    }
  }

  private mutating func checkSize(_ size: inout Expression) {
    _ = check(&size)
    expect(size, toBe: .int, as: "a size")
  }

  private mutating func check(_ constraint: inout Constraint, of type: StanType) {
    switch constraint {
    case .lower(var bound):
      checkBound(&bound, of: type, "the lower bound")
      constraint = .lower(bound)
    case .upper(var bound):
      checkBound(&bound, of: type, "the upper bound")
      constraint = .upper(bound)
    case .bounds(var lower, var upper):
      checkBound(&lower, of: type, "the lower bound")
      checkBound(&upper, of: type, "the upper bound")
      constraint = .bounds(lower: lower, upper: upper)
    case .affine(var offset, var multiplier):
      if var value = offset {
        checkBound(&value, of: type, "the offset")
        offset = value
      }
      if var value = multiplier {
        checkBound(&value, of: type, "the multiplier")
        multiplier = value
      }
      constraint = .affine(offset: offset, multiplier: multiplier)
    case .tuple(var parts):
      guard case .tuple(let types) = type.innermost else { return }
      for (index, type) in zip(parts.indices, types) { check(&parts[index], of: type) }
      constraint = .tuple(parts)
    case .none, .ordered, .positiveOrdered, .simplex, .unitVector, .sumToZero, .choleskyFactorCorrelation,
      .choleskyFactorCovariance, .correlationMatrix, .covarianceMatrix:
      break
    }
  }

  /// A bound is one number, or one for each element of the variable.
  private mutating func checkBound(_ bound: inout Expression, of type: StanType, _ role: String) {
    _ = check(&bound)
    let scalar: StanType = type.innermost == .int ? .int : .real
    if bound.type == .void
      || [scalar, type.innermost, type].contains(where: { bound.type.promotions(to: $0) != nil })
    {
      return
    }
    report(
      at: bound.range, "\(role) of a variable of type \(type) cannot be \(bound.type)",
      fix: "give a value of type \(scalar == type ? "\(scalar)" : "\(scalar) or \(type)")")
  }
}
