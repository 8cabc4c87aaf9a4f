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
      report(
        at: value.range, "a value of type \(value.type) cannot be added to the target", fix: "give numbers")
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
  mutating func expect(_ value: Expression, toBe type: StanType, as role: String, fix: String? = nil) {
    if value.type == .void || type == .void || value.type.promotions(to: type) != nil { return }
    report(
      at: value.range, "\(role) is of type \(type), found \(value.type)",
      fix: fix ?? Self.conversion(from: value.type, to: type) ?? "give a value of type \(type)")
  }

  private static func conversion(from type: StanType, to wanted: StanType) -> String? {
    switch (type, wanted) {
    case (.real, .int): "round data by to_int(…); what depends on parameters cannot be an integer"
    case (.array, .vector), (.rowVector, .vector), (.matrix, .vector): "write to_vector(…)"
    case (.array, .rowVector), (.vector, .rowVector): "write to_row_vector(…)"
    case (.array(of: _, dimensions: 2), .matrix), (.vector, .matrix), (.rowVector, .matrix):
      "write to_matrix(…)"
    case (.vector, .array(of: .real, dimensions: 1)), (.rowVector, .array(of: .real, dimensions: 1)):
      "write to_array_1d(…)"
    default: nil
    }
  }
}
