extension Checker {
  /// How a statement ends (Stan Reference Manual, "Return statements").
  enum Ending {
    case goesOn
    /// With a `return`, or by refusing the values altogether.
    case returns
    /// By `break` or `continue`.
    case leavesLoop
  }

  /// - Parameter isTop: whether it stands at the top of a block that declares variables for later ones.
  mutating func check(_ statement: inout Statement, isTop: Bool = false) -> Ending {
    switch statement.kind {
    case .declaration(var declaration):
      check(&declaration, isTop: isTop)
      statement.kind = .declaration(declaration)
    case .assignment(var assignment):
      check(&assignment)
      statement.kind = .assignment(assignment)
    case .unpacking(var target, var value):
      checkUnpacking(&target, &value)
      statement.kind = .unpacking(target, value)
    case .distribution(var distribution):
      check(&distribution, at: statement.range)
      statement.kind = .distribution(distribution)
    case .targetIncrement(var value):
      checkIncrement(&value, at: statement.range)
      statement.kind = .targetIncrement(value)
    case .jacobianIncrement(var value):
      checkIncrement(&value, at: statement.range, ofJacobian: true)
      statement.kind = .jacobianIncrement(value)
    case .call(var call):
      checkStatement(&call, at: statement.range)
      statement.kind = .call(call)
    case .print(var parts):
      checkMessage(&parts)
      statement.kind = .print(parts)
    case .reject(var parts):
      checkMessage(&parts)
      statement.kind = .reject(parts)
      return .returns
    case .fatalError(var parts):
      checkMessage(&parts)
      statement.kind = .fatalError(parts)
      return .returns
    case .empty: break
    default: return checkControl(&statement)
    }
    return .goesOn
  }

  private mutating func checkControl(_ statement: inout Statement) -> Ending {
    switch statement.kind {
    case .forRange(let name, var first, var last, var body):
      checkLoopBound(&first)
      checkLoopBound(&last)
      let ending = checkLoop(over: name, .int, &body)
      statement.kind = .forRange(name, from: first, to: last, body)
      return ending
    case .forEach(let name, var whole, var body):
      _ = check(&whole)
      let ending = checkLoop(over: name, loopElement(of: whole), &body)
      statement.kind = .forEach(name, in: whole, body)
      return ending
    case .whileLoop(var condition, var body):
      checkCondition(&condition)
      var ending = checkLoopBody(&body)
      // A loop without end is left by a return alone.
      if case .integer(let value) = condition.kind, value != 0, ending == .goesOn { ending = .returns }
      statement.kind = .whileLoop(condition, body)
      return ending == .returns ? .returns : .goesOn
    case .conditional(var condition, var first, var second):
      checkCondition(&condition)
      let ending = inScope { $0.check(&first) }
      var other = Ending.goesOn
      if var body = second {
        other = inScope { $0.check(&body) }
        second = body
      }
      statement.kind = .conditional(condition, first, else: second)
      if ending == .leavesLoop || other == .leavesLoop { return .leavesLoop }
      return ending == .returns && other == .returns ? .returns : .goesOn
    case .block(var statements):
      let ending = inScope { $0.checkSequence(&statements) }
      statement.kind = .block(statements)
      return ending
    case .breakLoop, .continueLoop:
      if context.loops == 0 {
        let word = statement.kind == .breakLoop ? "break" : "continue"
        report(at: statement.range, "'\(word)' stands in no loop", fix: "take it out")
      }
      return .leavesLoop
    case .returnValue(var value):
      checkReturn(&value, at: statement.range)
      statement.kind = .returnValue(value)
      return .returns
    default: return .goesOn
    }
  }

  private mutating func checkSequence(_ statements: inout [Statement]) -> Ending {
    var result = Ending.goesOn
    for index in statements.indices {
      let ending = check(&statements[index])
      if result == .goesOn { result = ending }
    }
    return result
  }

  private mutating func checkLoop(over name: Identifier, _ type: StanType, _ body: inout Statement) -> Ending
  {
    inScope { checker in
      checker.declare(
        Variable(name: name, type: type, block: checker.context.block, readOnly: "the variable of a loop"))
      return checker.checkLoopBody(&body) == .returns ? .returns : .goesOn
    }
  }

  private mutating func checkLoopBody(_ body: inout Statement) -> Ending {
    context.loops += 1
    defer { context.loops -= 1 }
    return inScope { $0.check(&body) }
  }

  private mutating func checkLoopBound(_ bound: inout Expression) {
    _ = check(&bound)
    expect(bound, toBe: .int, as: "a bound of the loop")
  }

  private mutating func loopElement(of whole: Expression) -> StanType {
    switch whole.type {
    case .void: return .void
    case .vector, .rowVector, .matrix: return .real
    case .array: return whole.type.element ?? .void
    default:
      report(
        at: whole.range, "a loop runs over a range, an array, a vector or a matrix, found \(whole.type)",
        fix: whole.type == .int ? "write for (n in 1:N)" : "give an array or a vector")
      return .void
    }
  }

  private mutating func checkCondition(_ condition: inout Expression) {
    _ = check(&condition)
    if condition.type == .real {
      warn(at: condition.range, "the condition is real, and true unless it is 0", fix: "compare it: x != 0")
      return
    }
    expect(condition, toBe: .int, as: "a condition")
  }

  private mutating func checkReturn(_ value: inout Expression?, at range: SourceRange) {
    if var returned = value {
      _ = check(&returned)
      value = returned
    }
    guard let function = context.function else {
      report(at: range, "'return' stands in no function", fix: "take it out")
      return
    }
    guard let value else {
      if function.returns != .void {
        report(
          at: range, "'\(function.name.name)' returns a value of type \(function.returns)",
          fix: "return one: return …;")
      }
      return
    }
    if function.returns == .void {
      report(at: value.range, "'\(function.name.name)' returns no value", fix: "write 'return;'")
    } else {
      expect(value, toBe: function.returns, as: "the returned value")
    }
  }

  private mutating func checkMessage(_ parts: inout [Expression]) {
    for index in parts.indices where parts[index].type != .string { _ = check(&parts[index]) }
  }
}
