import Inference
import SweepConfig
import Testing

@Suite struct WrongProgramTests {
  static let wrong: [WrongSweep] = [
    WrongSweep(
      "a placeholder that nothing stands for",
      text: """
        name: wrong
        run:
          model:
            command:
              argv: [fit, "--beta", "{betta}"]
        """,
      error: """
        sweep.yaml:5:29: unknown placeholder 'betta'; did you mean 'beta'? valid: \(listed)
            argv: [fit, "--beta", "{betta}"]
                                  ^
        """),
    WrongSweep(
      "a brace that is not closed",
      text: """
        name: wrong
        run:
          model: {command: {argv: [fit, "{beta"]}}
        """,
      error: """
        sweep.yaml:3:33: '{' is not closed in '{beta'; write {name}, or {{ for a brace
            model: {command: {argv: [fit, "{beta"]}}
                                          ^
        """),
    WrongSweep(
      "no program",
      text: """
        name: wrong
        run:
          model: {command: {of: x}}
        """,
      error: """
        sweep.yaml:3:11: option 'argv' is missing; add argv: … (the program and its arguments, without a shell; {beta}, {seed}, {run_id}, {parameters.x} are filled in)
            model: {command: {of: x}}
                    ^
        """),
    WrongSweep(
      "parameters that nobody reads",
      text: """
        name: wrong
        run:
          model: eight-schools
          parameters: {rate: 1}
        """,
      error: """
        sweep.yaml:4:15: parameters are for programs, as in model: {command: {argv: […]}}; remove them, or set them for programs alone with zip: {model: […], parameters: [null, {…}]}
            parameters: {rate: 1}
                        ^
        """),
    WrongSweep(
      "an input that is not there",
      text: """
        name: wrong
        run:
          model: {command: {argv: [fit], inputs: [fit.py]}}
        """,
      error: """
        sweep.yaml:3:43: there is no file 'fit.py' in .; correct the path, or remove it
            model: {command: {argv: [fit], inputs: [fit.py]}}
                                                    ^
        """),
  ]

  private static let listed =
    "model, family, objective, form, estimator, beta, optimizer, optimizer.adam, optimizer.adam.learning_rate, …"

  @Test("every mistake is told with its place", arguments: wrong)
  func error(_ sweep: WrongSweep) {
    let text = errorText(sweep.text, sweep.arguments)
    let expected = sweep.error.split(separator: Self.listed).map(String.init)
    // The list of all placeholders follows the options of a run.
    #expect(text.hasPrefix(expected[0]) && text.hasSuffix(expected[expected.count - 1]), "\(text)")
  }

  @Test("every setting of a run can be a placeholder")
  func placeholders() throws {
    let known = try read(
      """
      name: right
      run:
        model: {command: {argv: [fit, "{family} {beta} {steps} {samples} {optimizer.adam.learning_rate} {program}"]}}
      """)
    #expect(known.cells.count == 1)
  }
}
