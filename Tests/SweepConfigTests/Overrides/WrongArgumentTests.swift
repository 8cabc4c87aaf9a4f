import Inference
import SweepConfig
import Testing

@Suite("a wrong argument is shown with a caret under what is wrong")
struct WrongArgumentTests {
  private static let file = """
    name: x
    run: {model: eight-schools}
    sweep:
      beta: [1, 2]
    """

  @Test("the whole text of each error", arguments: Self.cases)
  func wholeText(_ example: WrongSweep) {
    #expect(errorText(example.text, example.arguments) == example.error)
  }

  static let cases = [
    WrongSweep(
      "no equals sign", arguments: ["beta"], text: file,
      error: """
        argument 'beta': an argument sets an option; write key=value
            beta
            ^
        """),
    WrongSweep(
      "an empty path", arguments: ["=1"], text: file,
      error: """
        argument '=1': '' is not a path; write names joined by dots, as in optimizer.adam.learning_rate
            =1
            ^
        """),
    WrongSweep(
      "a wrong value", arguments: ["beta=abc"], text: file,
      error: """
        argument 'beta=abc': beta is 'abc'; use a number from 0, or a schedule: \(names(of: .betaSchedule))
            beta=abc
                 ^
        """),
    WrongSweep(
      "one wrong value among several", arguments: ["beta=0.5,-1,1"], text: file,
      error: """
        argument 'beta=0.5,-1,1': beta is -1; use a number from 0, or a schedule
            beta=0.5,-1,1
                     ^
        """),
    WrongSweep(
      "an unknown option", arguments: ["betta=1"], text: file,
      error: """
        argument 'betta=1': unknown option 'betta'; did you mean 'beta'? valid: \(runOptionNames) (2 cells)
            betta=1
            ^
        """),
    WrongSweep(
      "a wrong option deep in a value", arguments: ["model={eight-schools: {parameterization: centred}}"],
      text: file,
      error: """
        argument 'model={eight-schools: {parameterization: centred}}': unknown value 'centred'; did you mean 'centered'? valid: centered, noncentered (2 cells)
            model={eight-schools: {parameterization: centred}}
                                                     ^
        """),
    WrongSweep(
      "a bracket that is not closed", arguments: ["steps=[1,"], text: file,
      error: """
        argument 'steps=[1,': a value is missing here; write one, or close the bracket
            steps=[1,
                     ^
        """),
    WrongSweep(
      "a quote that is not closed", arguments: ["family='mean"], text: file,
      error: """
        argument 'family='mean': the quoted text that starts here is not closed; add the closing quote
            family='mean
                   ^
        """),
    WrongSweep(
      "the same option twice", arguments: ["beta=1", "beta=2"], text: file,
      error: """
        argument 'beta=2': 'beta' is given twice; give it once
            beta=2
            ^
        """),
    WrongSweep(
      "a part of the file that is no option", arguments: ["sweep=3"], text: file,
      error: """
        argument 'sweep=3': 'sweep' cannot be given as an argument; give the path of an option, as in beta=0.1,1
            sweep=3
            ^
        """),
    WrongSweep(
      "a wrong name", arguments: ["name=a b"], text: file,
      error: """
        argument 'name=a b': name is 'a b'; use letters, digits, '-', '_' and '.', at most 100, the first a letter or a digit
            name=a b
                 ^
        """),
    WrongSweep(
      "no seeds", arguments: ["seeds=0"], text: file,
      error: """
        argument 'seeds=0': seeds is 0; use a count from 1, or a list of distinct seeds from 0
            seeds=0
                  ^
        """),
    WrongSweep(
      "a component that is not chosen", arguments: ["optimizer.sgd.momentum=0.5"], text: file,
      error: """
        argument 'optimizer.sgd.momentum=0.5': optimizer.sgd.momentum has no place where optimizer is adam; exclude those cells, or list whole components under 'optimizer'
            optimizer.sgd.momentum=0.5
            ^
        """),
    WrongSweep(
      "no values", arguments: ["beta=[]"], text: file,
      error: """
        argument 'beta=[]': 'beta' has no values; give at least one
            beta=[]
                 ^
        """),
  ]
}
