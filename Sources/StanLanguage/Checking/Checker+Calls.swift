extension Checker {
  /// A call within an expression.
  mutating func checkCall(_ expression: inout Expression) -> Bool {
    guard case .call(var call) = expression.kind else { return false }
    if isRefused(call.function) { return false }
    let varying = checkEach(&call.arguments)
    let type = resolve(&call, varying)
    expression.kind = .call(call)
    if type == .void, case .user = call.resolution {
      report(
        at: call.function.range, "'\(call.function.name)' returns no value",
        fix: "call it as a statement of its own")
    }
    expression.type = type ?? .void
    return varying.contains(true)
  }

  /// A call as a statement.
  mutating func checkStatement(_ call: inout Call, at range: SourceRange) {
    if isRefused(call.function) { return }
    let varying = checkEach(&call.arguments)
    if let type = resolve(&call, varying), type != .void {
      report(
        at: range, "'\(call.function.name)' returns a value of type \(type), which is used for nothing",
        fix: "assign it to a variable, or add it to the target")
    }
  }

  /// The type that a call returns; nil after an error.
  ///
  /// - Parameter varying: which arguments may depend on parameters.
  private mutating func resolve(_ call: inout Call, _ varying: [Bool]) -> StanType? {
    rename(&call)
    let name = call.function.name
    // A variable hides a function of the program, and none of the language.
    let isHidden = variables[call.function.symbol] != nil && library.signatures(of: name).isEmpty
    guard !candidates(name).isEmpty, !isHidden else {
      reportUnknownFunction(call)
      return nil
    }
    checkPlace(of: call)
    let types = call.arguments.map(\.type)
    if types.contains(.void) { return nil }
    switch best(among: candidates(name), for: types) {
    case .none:
      reportMismatch(call.function, types)
      return nil
    case .several:
      report(
        at: call.function.range,
        "several functions '\(name)' take (\(types.map(\.description).joined(separator: ", ")))",
        fix: "make integers real where they should be: 1.0")
      return nil
    case .one(let resolution, let type):
      call.resolution = resolution
      if case .user(let index) = resolution {
        checkData(call.arguments, varying, of: program.functions[index])
      }
      return type
    }
  }

  /// Gives a function its name of today.
  private mutating func rename(_ call: inout Call) {
    let name = call.function.name
    guard candidates(name).isEmpty, let current = Renaming.current(name) else { return }
    let isConditional = FunctionRole(current).isConditional
    warn(
      at: call.function.range, "'\(name)' is no longer part of Stan",
      fix: "write '\(current)(\(isConditional ? "… | …" : "…"))'")
    call.function.name = current
    call.hasBar = isConditional
  }

  /// Rules of the bar, and of functions that stand in some blocks alone.
  private mutating func checkPlace(of call: Call) {
    let name = call.function.name
    let range = call.function.range
    let role = FunctionRole(name)
    if role.isConditional, !call.hasBar, call.arguments.count > 1 {
      report(
        at: call.arguments[0].range, "the first argument of '\(name)' has a bar after it",
        fix: "write \(name)(y | …)")
    } else if !role.isConditional, call.hasBar {
      report(
        at: call.arguments[0].range,
        "'|' stands in calls of densities and probabilities alone, not of '\(name)'",
        fix: "write ','")
    }
    switch role {
    case .target where context.block != .transformedParameters: expectTarget(at: range, "'\(name)'")
    case .random where !context.draws:
      report(
        at: range,
        "'\(name)' draws random numbers, which only 'transformed data', 'generated quantities' and functions "
          + "whose name ends in '_rng' may",
        fix: context.function == nil
          ? "move it to 'generated quantities'" : "let the function's name end in '_rng'")
    case .jacobian where !context.hasJacobian:
      report(
        at: range,
        "'\(name)' stands in 'transformed parameters' and functions whose name ends in '_jacobian' alone",
        fix: "move it to 'transformed parameters'")
    case .unnormalisedDensity where !context.leavesConstantsOut:
      report(
        at: range, "'\(name)' leaves constants out, which only 'model' and functions of densities may",
        fix: "write '\(Library.normalized(name))'")
    default: break
    }
  }

  /// Arguments for parameters that are declared `data` depend on no parameter of the model.
  private mutating func checkData(
    _ arguments: [Expression], _ varying: [Bool], of function: FunctionDefinition
  ) {
    for (index, parameter) in function.parameters.enumerated() where parameter.isData && varying[index] {
      report(
        at: arguments[index].range,
        "'\(parameter.name.name)' of '\(function.name.name)' is declared 'data', and this may depend on parameters",
        fix: "give data, or take 'data' out of the function's declaration")
    }
  }
}
