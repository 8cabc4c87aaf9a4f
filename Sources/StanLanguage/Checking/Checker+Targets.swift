extension Checker {
  /// `target += value`, and `jacobian += value`.
  mutating func checkIncrement(_ value: inout Expression, at range: SourceRange, ofJacobian: Bool = false) {
    _ = check(&value)
    if ofJacobian, !context.hasJacobian {
      report(
        at: range,
        "'jacobian +=' stands in 'transformed parameters' and functions whose name ends in '_jacobian' alone",
        fix: "write 'target +=' in 'model'")
    }
    if !ofJacobian { expectTarget(at: range, "'target +='") }
    if value.type != .void, !value.type.isNumeric {
      report(at: value.range, "a value of type \(value.type) cannot be added to the target", fix: "give numbers")
    }
  }

  /// What changes the target stands where there is one.
  mutating func expectTarget(at range: SourceRange, _ what: String) {
    if context.hasTarget { return }
    report(
      at: range, "\(what) stands in 'model' and functions whose name ends in '_lp' alone",
      fix: context.function == nil ? "move it to 'model'" : "let the function's name end in '_lp'")
  }

  /// Reports a value that is not of a type, and does not become of it where integers become real.
  mutating func expect(_ value: Expression, toBe type: StanType, as role: String) {
    if value.type == .void || type == .void || value.type.promotions(to: type) != nil { return }
    report(
      at: value.range, "\(role) is of type \(type), found \(value.type)",
      fix: Self.conversion(from: value.type, to: type) ?? "give a value of type \(type)")
  }

  private static func conversion(from type: StanType, to wanted: StanType) -> String? {
    switch (type, wanted) {
    case (.real, .int): "only data can be rounded to integers: to_int(…)"
    case (.array, .vector), (.rowVector, .vector), (.matrix, .vector): "write to_vector(…)"
    case (.array, .rowVector), (.vector, .rowVector): "write to_row_vector(…)"
    case (.array(of: _, dimensions: 2), .matrix), (.vector, .matrix), (.rowVector, .matrix): "write to_matrix(…)"
    case (.vector, .array(of: .real, dimensions: 1)), (.rowVector, .array(of: .real, dimensions: 1)):
      "write to_array_1d(…)"
    default: nil
    }
  }

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
    if !operation.assigns(value.type, to: type) {
      report(
        at: target.range.through(value.range),
        "'\(operation.rawValue)=' does not take \(type) and \(value.type)",
        fix: "write the operation out: \(target.variable.name) = …")
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
