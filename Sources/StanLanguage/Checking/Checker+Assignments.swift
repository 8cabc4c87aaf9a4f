extension Checker {
  mutating func check(_ assignment: inout Assignment) {
    let target = assignment.target
    _ = check(&assignment.value)
    let known = checkAssignable(target.variable)
    let type = checkSteps(&assignment.target, from: known ?? .void)
    let value = assignment.value
    guard type != .void, value.type != .void else { return }
    guard let operation = assignment.operation else {
      expect(value, toBe: type, as: "what is assigned to '\(target.variable.name)'")
      return
    }
    if !operation.assigns(value.type, to: type, library) {
      report(
        at: target.range.through(value.range),
        "'\(operation.rawValue)=' does not take \(type) and \(value.type)",
        fix: type.isOfIntegers
          ? "declare '\(target.variable.name)' as 'real'"
          : "write the operation out: \(target.variable.name) = …")
    }
  }

  /// `(x, y) = value`.
  mutating func checkUnpacking(_ target: inout UnpackingTarget, _ value: inout Expression) {
    _ = check(&value)
    check(&target, unpacking: value.type, at: value.range)
    var seen: Set<Int> = []
    for variable in target.variables where !seen.insert(variable.symbol).inserted {
      report(
        at: variable.range, "'\(variable.name)' is assigned to twice in one statement",
        fix: "unpack to different variables")
    }
  }

  /// Part for part.
  private mutating func check(
    _ target: inout UnpackingTarget, unpacking type: StanType, at range: SourceRange
  ) {
    switch target {
    case .one(var one):
      let known = checkAssignable(one.variable)
      let wanted = checkSteps(&one, from: known ?? .void)
      target = .one(one)
      if type != .void, wanted != .void, type.promotions(to: wanted) == nil {
        report(
          at: one.range, "what is assigned to '\(one.variable.name)' is of type \(wanted), found \(type)",
          fix: "unpack a tuple of the types of the variables")
      }
    case .several(var parts, let place):
      var types: [StanType] = []
      if case .tuple(let unpacked) = type { types = unpacked }
      if types.count != parts.count, type != .void {
        report(
          at: range, "\(parts.count) variables take a tuple of as many parts, found \(type)",
          fix: "give a variable for each part")
      }
      let fits = types.count == parts.count
      for index in parts.indices { check(&parts[index], unpacking: fits ? types[index] : .void, at: range) }
      target = .several(parts, place)
    }
  }

  /// The type of a variable that can be assigned to; nil where there is none, which is reported.
  private mutating func checkAssignable(_ name: Identifier) -> StanType? {
    guard let variable = variables[name.symbol] else {
      reportUnknown(name)
      return nil
    }
    if let role = variable.readOnly {
      report(
        at: name.range, "'\(name.name)' is \(role) and cannot be assigned to",
        fix: "declare a variable of your own and assign to that")
    } else if variable.isGlobal, variable.block != context.block {
      report(
        at: name.range,
        "'\(name.name)' is a variable of '\(variable.block.name)' and cannot be assigned to in "
          + "'\(context.block.name)'",
        fix: "assign to it in '\(variable.block.name)'")
    }
    return variable.type
  }

  private mutating func checkSteps(_ target: inout AssignmentTarget, from whole: StanType) -> StanType {
    var type = whole
    var picksSeveral = false
    for place in target.steps.indices {
      switch target.steps[place] {
      case .tupleElement(let element):
        type = tupleElement(element, of: type, at: target.range)
      case .index(var indices):
        if picksSeveral {
          report(
            at: target.range, "what several indices pick cannot be indexed again and assigned to",
            fix: "put all indices in one pair of brackets")
        }
        for index in indices.indices { check(&indices[index]) }
        target.steps[place] = .index(indices)
        picksSeveral = picksSeveral || indices.contains { !$0.isSingle }
        type = indexed(type, by: indices, at: target.range)
      }
    }
    return type
  }
}

extension UnpackingTarget {
  fileprivate var variables: [Identifier] {
    switch self {
    case .one(let target): [target.variable]
    case .several(let parts, _): parts.flatMap(\.variables)
    }
  }
}
