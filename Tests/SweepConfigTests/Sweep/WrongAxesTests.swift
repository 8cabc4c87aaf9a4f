import Inference
import SweepConfig
import Testing

@Suite("an axis that cannot be followed is refused at its place")
struct WrongAxesTests {
  @Test("the whole text of each error", arguments: Self.cases)
  func wholeText(_ example: WrongSweep) {
    #expect(errorText(example.text, example.arguments) == example.error)
  }

  static let cases = [
    WrongSweep(
      "a sweep that is a list",
      text: """
        name: x
        run: {model: eight-schools}
        sweep: [beta]
        """,
      error: """
        sweep.yaml:3:8: sweep is a list; use a mapping of paths to lists of values
            sweep: [beta]
                   ^
        """),
    WrongSweep(
      "an axis that is one value",
      text: """
        name: x
        run: {model: eight-schools}
        sweep:
          beta: 1
        """,
      error: """
        sweep.yaml:4:9: axis 'beta' is an integer; use a list of values, or move it to run:
            beta: 1
                  ^
        """),
    WrongSweep(
      "an axis without values",
      text: """
        name: x
        run: {model: eight-schools}
        sweep:
          beta: []
        """,
      error: """
        sweep.yaml:4:9: axis 'beta' has no values; list at least one
            beta: []
                  ^
        """),
    WrongSweep(
      "an axis that is no path",
      text: """
        name: x
        run: {model: eight-schools}
        sweep:
          optimizer..rate: [1]
        """,
      error: """
        sweep.yaml:4:3: 'optimizer..rate' is not a path; write names joined by dots, as in optimizer.adam.learning_rate
            optimizer..rate: [1]
            ^
        """),
    WrongSweep(
      "an axis in sweep and in zip",
      text: """
        name: x
        run: {model: eight-schools}
        sweep: {beta: [1, 2]}
        zip: {beta: [1, 2]}
        """,
      error: """
        sweep.yaml:4:7: 'beta' is an axis already; keep one of them
            zip: {beta: [1, 2]}
                  ^
        """),
    WrongSweep(
      "an axis that replaces an earlier one's component",
      text: """
        name: x
        run: {model: eight-schools}
        sweep:
          optimizer.adam.beta1: [0.8, 0.9]
          optimizer: [adam, sgd]
        """,
      error: """
        sweep.yaml:5:3: axis 'optimizer' would replace what 'optimizer.adam.beta1' sets; move it before that axis
            optimizer: [adam, sgd]
            ^
        """),
    WrongSweep(
      "zipped lists of different lengths",
      text: """
        name: x
        run: {model: eight-schools}
        zip:
          beta: [1, 2]
          samples: [1, 2, 3]
        """,
      error: """
        sweep.yaml:5:3: zip: 'samples' has 3 values and 'beta' has 2; make them equally long
            samples: [1, 2, 3]
            ^
        """),
    WrongSweep(
      "a zip that is no mapping",
      text: """
        name: x
        run: {model: eight-schools}
        zip: [beta]
        """,
      error: """
        sweep.yaml:3:7: zip is text; use a mapping of paths to equally long lists, or a list of such mappings
            zip: [beta]
                  ^
        """),
    WrongSweep(
      "values that make the same cell",
      text: """
        name: x
        run: {model: eight-schools}
        sweep:
          family: [mean-field, full-rank]
          beta: [1, 2, 1.0]
        """,
      error: """
        sweep.yaml:5:16: axis 'beta' repeats a cell: value 3 gives the same run as value 1; remove one of them (2 cells)
            beta: [1, 2, 1.0]
                         ^
        """),
    WrongSweep(
      "a path into a component that is not chosen",
      text: """
        name: x
        run: {model: eight-schools}
        sweep:
          optimizer: [adam, sgd]
          optimizer.adam.beta1: [0.8, 0.9]
        """,
      error: """
        sweep.yaml:5:3: optimizer.adam.beta1 has no place where optimizer is sgd; exclude those cells, or list whole components under 'optimizer' (2 cells)
            optimizer.adam.beta1: [0.8, 0.9]
            ^
        """),
    WrongSweep(
      "a path into an unknown component",
      text: """
        name: x
        run: {model: eight-schools}
        sweep:
          optimizer.adm.learning_rate: [0.1]
        """,
      error: """
        sweep.yaml:4:3: optimizer.adm.learning_rate: unknown optimizer 'adm'; did you mean 'adam'? valid: \(names(of: .optimizer))
            optimizer.adm.learning_rate: [0.1]
            ^
        """),
    WrongSweep(
      "a path into a value that has no options",
      text: """
        name: x
        run: {model: eight-schools, samples: 4}
        sweep:
          samples.many: [1]
        """,
      error: """
        sweep.yaml:4:3: samples.many has no place: samples is 4, which has no options
            samples.many: [1]
            ^
        """),
  ]
}
