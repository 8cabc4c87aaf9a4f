extension StanProgram {
  /// The program of a text, checked: every expression has its type, every call its function.
  ///
  /// - Throws: the first error of its syntax, or all that a check of its meaning finds, in the order of the text.
  package static func parse(_ source: StanSource) throws(StanProblems) -> StanProgram {
    let program: StanProgram
    do throws(StanDiagnostic) {
      program = try parsed(source)
    } catch {
      throw StanProblems([error])
    }
    var checker = Checker(program)
    checker.run()
    if !checker.problems.isEmpty { throw StanProblems(checker.problems) }
    return checker.program
  }

  /// The syntax of a text alone: without types, calls still open.
  package static func parsed(_ source: StanSource) throws(StanDiagnostic) -> StanProgram {
    var lexer = Lexer(source.text)
    try lexer.run()
    var parser = Parser(lexer)
    return try parser.program(of: source)
  }
}
