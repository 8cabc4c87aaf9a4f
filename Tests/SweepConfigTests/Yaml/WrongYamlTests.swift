import SweepConfig
import Testing

@Suite("what is not YAML, or more than data, is refused at its place")
struct WrongYamlTests {
  @Test("the whole text of each error", arguments: Self.cases)
  func wholeText(_ example: WrongSweep) {
    #expect(errorText(example.text, example.arguments) == example.error)
  }

  static let cases = [
    WrongSweep(
      "an empty file",
      text: """
        # nothing here
        """,
      error: """
        sweep.yaml: the file is empty; `wb init` writes an example
        """),
    WrongSweep(
      "a file that is not a mapping",
      text: """
        - name: x
        """,
      error: """
        sweep.yaml:1:1: a sweep file is a mapping; use the keys name, description, data_dir, run, sweep, zip, search, exclude, seeds, timeout, max_seconds, checkpoint_seconds
            - name: x
            ^
        """),
    WrongSweep(
      "a bracket that is not closed",
      text: """
        name: x
        run: {model: eight-schools
        seeds: 3
        """,
      error: """
        sweep.yaml:3:6: the mapping that starts at line 2, column 6 is not closed; add ',' or '}'
            seeds: 3
                 ^
        """),
    WrongSweep(
      "a wrong closing bracket",
      text: """
        name: x
        run: {model: eight-schools, beta: [1, 2}}
        """,
      error: """
        sweep.yaml:2:40: the list that starts at line 2, column 35 is not closed; add ',' or ']'
            run: {model: eight-schools, beta: [1, 2}}
                                                   ^
        """),
    WrongSweep(
      "a quote that is not closed",
      text: """
        name: "x
        run: {model: eight-schools}
        """,
      error: """
        sweep.yaml:1:7: the quoted text that starts here is not closed; add the closing quote
            name: "x
                  ^
        """),
    WrongSweep(
      "a second colon in a value",
      text: """
        name: x
        description: why: because
        """,
      error: """
        sweep.yaml:2:17: a second ': ' where the value is already text; put text that contains ': ' in quotes
            description: why: because
                            ^
        """),
    WrongSweep(
      "a key without its colon",
      text: """
        name: x
        seeds
        run: {}
        """,
      error: """
        sweep.yaml:2:1: a key without its ':'; write key: value
            seeds
            ^
        """),
    WrongSweep(
      "a wrong indentation",
      text: """
        name: x
        run:
            model: eight-schools
          beta: 1
        """,
      error: """
        sweep.yaml:4:3: this does not fit the mapping that starts at line 1, column 1; check indentation, quotes and commas
            beta: 1
            ^
        """),
    WrongSweep(
      "a tab as indentation",
      text: """
        name: x
        run:
        \tmodel: eight-schools
        """,
      error: """
        sweep.yaml:3:1: a tab in the indentation; use spaces
             model: eight-schools
            ^
        """),
    WrongSweep(
      "a list item beside its key",
      text: """
        name: x
        seeds: - 1
        """,
      error: """
        sweep.yaml:2:8: a list item cannot start here; put it on its own line below the key
            seeds: - 1
                   ^
        """),
    WrongSweep(
      "a character that starts no value",
      text: """
        name: x
        run: {model: @foo}
        """,
      error: """
        sweep.yaml:2:14: a value cannot start with '@'; put it in quotes
            run: {model: @foo}
                         ^
        """),
    WrongSweep(
      "an unknown escape",
      text: #"""
        name: x
        description: "\q"
        """#,
      error: #"""
        sweep.yaml:2:15: an unknown escape in double quotes; use single quotes, or write \\ for a backslash
            description: "\q"
                          ^
        """#),
    WrongSweep(
      "a key given twice",
      text: """
        name: x
        run:
          model: eight-schools
          beta: 1
          samples: 4
          beta: 2
        """,
      error: """
        sweep.yaml:6:3: key 'beta' appears twice in this mapping; keep one of them
            beta: 2
            ^
        """),
    WrongSweep(
      "a key given twice in braces",
      text: """
        name: x
        run: {beta: 1, "beta": 2}
        """,
      error: """
        sweep.yaml:2:16: key 'beta' appears twice in this mapping; keep one of them
            run: {beta: 1, "beta": 2}
                           ^
        """),
    WrongSweep(
      "a tag",
      text: """
        name: x
        run:
          model: !python/object:os.system eight-schools
        """,
      error: """
        sweep.yaml:3:10: tags ('!…') are not allowed; remove it, or put text that starts with '!' in quotes
            model: !python/object:os.system eight-schools
                   ^
        """),
    WrongSweep(
      "a merge key",
      text: """
        name: x
        run:
          <<: {beta: 1}
        """,
      error: """
        sweep.yaml:3:3: merge keys ('<<') are not supported; write the keys out
            <<: {beta: 1}
            ^
        """),
    WrongSweep(
      "a key that is a list",
      text: """
        name: x
        ? [a, b]
        : 1
        """,
      error: """
        sweep.yaml:2:1: a key must be text; write key: value
            ? [a, b]
            ^
        """),
    WrongSweep(
      "an alias without an anchor",
      text: """
        name: x
        run: *missing
        """,
      error: """
        sweep.yaml:2:6: this alias ('*…') has no anchor ('&…') before it
            run: *missing
                 ^
        """),
    WrongSweep(
      "a second document",
      text: """
        name: x
        ---
        name: y
        """,
      error: """
        sweep.yaml:2:1: a second document starts here; a sweep file holds one
            ---
            ^
        """),
  ]
}
