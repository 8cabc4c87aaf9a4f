import SweepConfig
import Testing

@Suite("excludes and seeds that cannot be meant are refused at their place")
struct WrongExclusionsTests {
  @Test("the whole text of each error", arguments: Self.cases)
  func wholeText(_ example: WrongSweep) {
    #expect(errorText(example.text, example.arguments) == example.error)
  }

  static let cases = [
    WrongSweep(
      "an exclude that is no list",
      text: """
        name: x
        run: {model: eight-schools}
        exclude: {beta: 1}
        """,
      error: """
        sweep.yaml:3:10: exclude is a mapping; use a list of mappings of paths to values
            exclude: {beta: 1}
                     ^
        """),
    WrongSweep(
      "an exclude that is no mapping",
      text: """
        name: x
        run: {model: eight-schools}
        exclude: [beta]
        """,
      error: """
        sweep.yaml:3:11: an exclude is text; use a mapping of paths to values
            exclude: [beta]
                      ^
        """),
    WrongSweep(
      "an exclude of a path that no cell has",
      text: """
        name: x
        run: {model: eight-schools}
        sweep: {beta: [1, 2]}
        exclude:
          - {betta: 1}
        """,
      error: """
        sweep.yaml:5:6: exclude: no cell has 'betta'; use the path of an option that a cell has
            - {betta: 1}
               ^
        """),
    WrongSweep(
      "an exclude of a value that no cell has",
      text: """
        name: x
        run: {model: eight-schools}
        sweep: {beta: [0.5, 1]}
        exclude:
          - {beta: 0.7}
        """,
      error: """
        sweep.yaml:5:12: exclude: beta is never 0.7; its values are 0.5, 1
            - {beta: 0.7}
                     ^
        """),
    WrongSweep(
      "an exclude of every cell",
      text: """
        name: x
        run: {model: eight-schools}
        sweep: {beta: [0.5, 1]}
        exclude:
          - {model: eight-schools}
        """,
      error: """
        sweep.yaml:3:1: every cell is excluded; remove an exclude
            sweep: {beta: [0.5, 1]}
            ^
        """),
    WrongSweep(
      "no seeds",
      text: """
        name: x
        run: {model: eight-schools}
        seeds: 0
        """,
      error: """
        sweep.yaml:3:8: seeds is 0; use a count from 1, or a list of distinct seeds from 0
            seeds: 0
                   ^
        """),
    WrongSweep(
      "seeds that are text",
      text: """
        name: x
        run: {model: eight-schools}
        seeds: many
        """,
      error: """
        sweep.yaml:3:8: seeds is text; use a count from 1, or a list of distinct seeds from 0
            seeds: many
                   ^
        """),
    WrongSweep(
      "a seed twice",
      text: """
        name: x
        run: {model: eight-schools}
        seeds: [1, 2, 1]
        """,
      error: """
        sweep.yaml:3:15: seed 1 appears twice; use a count from 1, or a list of distinct seeds from 0
            seeds: [1, 2, 1]
                          ^
        """),
    WrongSweep(
      "a negative seed",
      text: """
        name: x
        run: {model: eight-schools}
        seeds: [1, -2]
        """,
      error: """
        sweep.yaml:3:12: a seed is -2; use a count from 1, or a list of distinct seeds from 0
            seeds: [1, -2]
                       ^
        """),
  ]
}
