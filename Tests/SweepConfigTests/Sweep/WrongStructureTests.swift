import SweepConfig
import Testing

@Suite("what has no place in a sweep is refused at its place")
struct WrongStructureTests {
  @Test("the whole text of each error", arguments: Self.cases)
  func wholeText(_ example: WrongSweep) {
    #expect(errorText(example.text, example.arguments) == example.error)
  }

  static let cases = [
    WrongSweep(
      "an unknown key",
      text: """
        name: x
        runs:
          model: eight-schools
        run: {model: eight-schools}
        """,
      error: """
        sweep.yaml:2:1: unknown key 'runs'; did you mean 'run'? valid: name, description, data_dir, run, sweep, zip, search, exclude, seeds, timeout, max_seconds, checkpoint_seconds
            runs:
            ^
        """),
    WrongSweep(
      "a timeout of no time",
      text: """
        name: x
        timeout: 0
        run: {model: eight-schools}
        """,
      error: """
        sweep.yaml:2:10: timeout is 0; use a number of seconds above 0
            timeout: 0
                     ^
        """),
    WrongSweep(
      "checkpoints at a time that is none",
      text: """
        name: x
        checkpoint_seconds: soon
        run: {model: eight-schools}
        """,
      error: """
        sweep.yaml:2:21: checkpoint_seconds is soon; use a number of seconds above 0, or 0 for none
            checkpoint_seconds: soon
                                ^
        """),
    WrongSweep(
      "no name",
      text: """
        run: {model: eight-schools}
        """,
      error: """
        sweep.yaml:1:1: the sweep has no name; add name: my-sweep
            run: {model: eight-schools}
            ^
        """),
    WrongSweep(
      "a name that is no folder",
      text: """
        name: ../x
        run: {model: eight-schools}
        """,
      error: """
        sweep.yaml:1:7: name is '../x'; use letters, digits, '-', '_' and '.', at most 100, the first a letter or a digit
            name: ../x
                  ^
        """),
    WrongSweep(
      "a name that is a list",
      text: """
        name: [x]
        run: {model: eight-schools}
        """,
      error: """
        sweep.yaml:1:7: name is a list; use letters, digits, '-', '_' and '.', at most 100, the first a letter or a digit
            name: [x]
                  ^
        """),
    WrongSweep(
      "a description that is a list",
      text: """
        name: x
        description: [a]
        run: {model: eight-schools}
        """,
      error: """
        sweep.yaml:2:14: description is a list; use text
            description: [a]
                         ^
        """),
    WrongSweep(
      "a run that is no mapping",
      text: """
        name: x
        run: eight-schools
        """,
      error: """
        sweep.yaml:2:6: run is text; use a mapping of settings
            run: eight-schools
                 ^
        """),
  ]
}
