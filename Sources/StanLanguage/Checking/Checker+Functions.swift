extension Checker {
  /// Checks all functions, and leaves forward declarations out.
  mutating func checkFunctions() {
    let definitions = program.functions
    program.functions = definitions.filter { $0.body != nil }
    for declared in definitions where declared.body == nil {
      if !program.functions.contains(where: { $0.hasSignature(of: declared) }) {
        report(
          at: declared.name.range, "the function '\(declared.name.name)' is declared and not defined",
          fix: "give it a body, or take the declaration out")
      }
    }
    for index in program.functions.indices { noteFunction(index) }
    for index in program.functions.indices { checkBody(of: index) }
  }

  private mutating func noteFunction(_ index: Int) {
    let function = program.functions[index]
    let name = function.name.name
    let types = function.parameters.map(\.type)
    checkFree(function.name)
    if functions[name, default: []].contains(where: { program.functions[$0].hasParameters(of: function) }) {
      report(
        at: function.name.range,
        "there are two functions '\(name)' of (\(types.map(\.description).joined(separator: ", ")))",
        fix: "choose another name, or other types of parameters")
    } else if Library.signatures(of: name).contains(where: { $0.match(types)?.promotions == 0 }) {
      report(
        at: function.name.range,
        "'\(name)' of (\(types.map(\.description).joined(separator: ", "))) is a function of the language",
        fix: "choose another name")
    }
    checkRole(of: function)
    functions[name, default: []].append(index)
  }

  private mutating func checkRole(of function: FunctionDefinition) {
    let name = function.name.name
    let role = FunctionRole(name)
    guard role.isConditional else { return }
    if function.returns != .real {
      report(
        at: function.name.range,
        "'\(name)' returns \(function.returns), and by its name it is a density or probability",
        fix: "let it return 'real', or choose another name")
    }
    guard role == .density else { return }
    let outcome = function.parameters.first?.type
    let ofIntegers = name.hasSuffix("_lpmf")
    if outcome?.isOfIntegers != ofIntegers {
      report(
        at: function.parameters.first?.name.range ?? function.name.range,
        "the first parameter of '\(name)', its outcome, is of \(ofIntegers ? "integers" : "real numbers")"
          + (outcome.map { ", found \($0)" } ?? ", found none"),
        fix: ofIntegers
          ? "declare it 'int', or name the function '…_lpdf'"
          : "declare it 'real', or name the function '…_lpmf'")
    }
  }

  private mutating func checkBody(of index: Int) {
    let function = program.functions[index]
    guard var body = function.body else { return }
    context = Context(.functions, in: function)
    let ends = inScope { checker in
      for parameter in function.parameters {
        checker.declare(
          Variable(
            name: parameter.name, type: parameter.type, block: parameter.isData ? .data : .functions,
            readOnly: "a parameter of the function"))
      }
      return checker.check(&body)
    }
    program.functions[index].body = body
    if function.returns != .void, ends != .returns {
      report(
        at: function.name.range, "not every way through '\(function.name.name)' ends with a 'return'",
        fix: "return a value of type \(function.returns) at its end")
    }
  }
}

extension FunctionDefinition {
  func hasParameters(of other: FunctionDefinition) -> Bool {
    parameters.map(\.type) == other.parameters.map(\.type)
  }

  func hasSignature(of other: FunctionDefinition) -> Bool {
    name.name == other.name.name && returns == other.returns && hasParameters(of: other)
      && parameters.map(\.isData) == other.parameters.map(\.isData)
  }
}
