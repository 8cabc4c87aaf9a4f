extension Checker {
  /// Forgets at its end what `body` declares.
  mutating func inScope<Result>(_ body: (inout Checker) -> Result) -> Result {
    scopes.append([])
    defer {
      for symbol in scopes.removeLast() { variables[symbol] = nil }
    }
    return body(&self)
  }

  /// Makes a variable visible until its scope ends.
  mutating func declare(_ variable: Variable) {
    checkFree(variable.name)
    let symbol = variable.name.symbol
    if let earlier = variables[symbol] {
      report(
        at: variable.name.range, "'\(variable.name.name)' is already \(Self.role(of: earlier))",
        fix: "choose another name")
      return
    }
    variables[symbol] = variable
    scopes[scopes.count - 1].append(symbol)
  }

  /// Whether a name is free for use, apart from other variables.
  mutating func checkFree(_ name: Identifier) {
    if name.name.hasSuffix("__") {
      report(
        at: name.range, "the name '\(name.name)' ends in two underscores, which is kept for Stan itself",
        fix: "choose another name")
    } else if Self.reserved.contains(name.name) {
      report(
        at: name.range, "'\(name.name)' is a reserved word and cannot be a name", fix: "choose another name")
    } else if FunctionRole(name.name) == .unnormalisedDensity {
      report(
        at: name.range,
        "names in '_lupdf' and '_lupmf' are made by the language from those in '_lpdf' and '_lpmf'",
        fix: "choose another name")
    }
  }

  private static let reserved: Set = [
    "generated", "quantities", "transformed", "repeat", "until", "then", "true", "false", "typedef", "struct",
    "var",
    "export", "extern", "static", "auto",
  ]

  /// What a variable is, to name it by.
  static func role(of variable: Variable) -> String {
    if let role = variable.readOnly { return role }
    if variable.isGlobal { return "a variable of '\(variable.block.name)'" }
    return "a local variable"
  }

  /// The type of a variable, and whether its value may depend on parameters.
  mutating func look(up name: Identifier) -> (type: StanType, varies: Bool)? {
    guard let variable = variables[name.symbol] else {
      reportUnknown(name)
      return nil
    }
    if context.isSize, variable.isGlobal, variable.block.rawValue >= Block.parameters.rawValue {
      report(
        at: name.range,
        "sizes of variables of a block are of data alone, and '\(name.name)' is declared in "
          + "'\(variable.block.name)'",
        fix: "compute the size in 'transformed data'")
    }
    return (variable.type, varies(variable))
  }

  private func varies(_ variable: Variable) -> Bool {
    if variable.type.isOfIntegers || context.block == .generatedQuantities { return false }
    switch variable.block {
    case .data, .transformedData, .generatedQuantities: return false
    case .functions, .parameters, .transformedParameters, .model: return true
    }
  }

  mutating func reportUnknown(_ name: Identifier) {
    if hasSaidEnough { return }
    let text = name.name
    if let block = globals[name.symbol], context.function != nil {
      report(
        at: name.range,
        "functions know only their parameters, and '\(text)' is a variable of '\(block.name)'",
        fix: "make it a parameter of the function")
    } else if let block = globals[name.symbol] {
      report(
        at: name.range,
        block == context.block
          ? "'\(text)' is used before its declaration"
          : "'\(text)' is declared in '\(block.name)' and not known in '\(context.block.name)'",
        fix: block == context.block ? "declare it first" : "move this to a later block")
    } else if functions[text] != nil || Library.has(text) {
      report(at: name.range, "'\(text)' is a function and no variable", fix: "call it: \(text)(…)")
    } else {
      let near = nearestName(to: text, among: variables.values.map(\.name.name).sorted())
      report(
        at: name.range, "there is no variable '\(text)' here",
        fix: near.map { "did you mean '\($0)'?" } ?? "declare it before it is used")
    }
  }
}
