import Testing

@Suite struct WrongSearchTests {
  private static func sweep(_ axis: String, _ search: String) -> String {
    """
    name: wrong
    run: {model: eight-schools}
    sweep:
      beta: \(axis)
    \(search)
    """
  }

  private static let uniform = "{uniform: {from: 1, to: 2}}"

  static let wrong: [WrongSweep] = [
    WrongSweep(
      "an axis that nothing draws", text: sweep(uniform, "seeds: 2"),
      error: """
        sweep.yaml:4:3: nothing draws axis 'beta'; add search: {random: 50} or search: {sobol: 64}, or list its values
            beta: {uniform: {from: 1, to: 2}}
            ^
        """),
    WrongSweep(
      "an unknown distribution", text: sweep("{unifrom: {from: 1, to: 2}}", "search: {random: 5}"),
      error: """
        sweep.yaml:4:10: unknown distribution 'unifrom'; did you mean 'uniform'? valid: uniform, log_uniform, int, choice
            beta: {unifrom: {from: 1, to: 2}}
                   ^
        """),
    WrongSweep(
      "nothing to draw", text: sweep("[1, 2]", "search: {random: 5}"),
      error: """
        sweep.yaml:5:10: search has no axis to draw; write one in sweep:, as optimizer.adam.learning_rate: {log_uniform: {from: 1e-3, to: 1e-1}}
            search: {random: 5}
                     ^
        """),
    WrongSweep(
      "an unknown method", text: sweep(uniform, "search: {sobel: 5}"),
      error: """
        sweep.yaml:5:10: unknown key 'sobel'; did you mean 'sobol'? valid: random, sobol, halving
            search: {sobel: 5}
                     ^
        """),
    WrongSweep(
      "both methods", text: sweep(uniform, "search: {sobol: 5, random: 5}"),
      error: """
        sweep.yaml:5:20: search has random and sobol; keep one of them
            search: {sobol: 5, random: 5}
                               ^
        """),
    WrongSweep(
      "no points", text: sweep(uniform, "search: {random: 0}"),
      error: """
        sweep.yaml:5:18: search: random is 0; use a whole number from 1 to 1000000
            search: {random: 0}
                             ^
        """),
    WrongSweep(
      "ends that are the wrong way round", text: sweep("{uniform: {from: 2, to: 1}}", "search: {random: 5}"),
      error: """
        sweep.yaml:4:26: axis 'beta': uniform is from 2 to 1; use two numbers, the smaller one first
            beta: {uniform: {from: 2, to: 1}}
                                   ^
        """),
    WrongSweep(
      "a logarithm of 0", text: sweep("{log_uniform: {from: 0, to: 1}}", "search: {random: 5}"),
      error: """
        sweep.yaml:4:30: axis 'beta': log_uniform begins at 0; use numbers above 0, or uniform
            beta: {log_uniform: {from: 0, to: 1}}
                                       ^
        """),
    WrongSweep(
      "a missing end", text: sweep("{int: {from: 0}}", "search: {random: 5}"),
      error: """
        sweep.yaml:4:15: axis 'beta': int takes its ends, as in {int: {from: 1, to: 10}}
            beta: {int: {from: 0}}
                        ^
        """),
    WrongSweep(
      "budgets that do not rise",
      text: sweep(uniform, "search: {random: 9, halving: {budgets: [10, 10]}}"),
      error: """
        sweep.yaml:5:40: halving: budgets are two whole numbers or more, each larger than the one before, as in budgets: [100, 300, 900]
            search: {random: 9, halving: {budgets: [10, 10]}}
                                                   ^
        """),
    WrongSweep(
      "too few cells to choose from",
      text: sweep(uniform, "search: {random: 2, halving: {factor: 3, budgets: [10, 30]}}"),
      error: """
        sweep.yaml:5:39: halving chooses one of 3 cells, and of eight-schools there are 2 to rank; use a smaller factor or more points (different models, data and objectives are not ranked)
            search: {random: 2, halving: {factor: 3, budgets: [10, 30]}}
                                                  ^
        """),
    WrongSweep(
      "steps that are swept and halved",
      text: sweep("[1, 2, 3]", "zip: {steps: [1, 2]}\nsearch: {halving: {budgets: [10, 30]}}"),
      error: """
        sweep.yaml:6:20: 'steps' is an axis already; keep one of them
            search: {halving: {budgets: [10, 30]}}
                               ^
        """),
    WrongSweep(
      "an argument for what halving sets", arguments: ["steps=5"],
      text: sweep("[1, 2, 3]", "search: {halving: {budgets: [10, 30]}}"),
      error: """
        argument 'steps=5': 'steps' is what halving sets; give other budgets with search={…}
            steps=5
            ^
        """),
  ]

  @Test("every mistake is told with its place and what to do", arguments: wrong)
  func error(_ sweep: WrongSweep) { #expect(errorText(sweep.text, sweep.arguments) == sweep.error) }
}
