import Inference
import SweepConfig
import Testing

@Suite("what a run cannot be set to is refused where it is written")
struct WrongSettingsTests {
  @Test("the whole text of each error", arguments: Self.cases)
  func wholeText(_ example: WrongSweep) {
    #expect(errorText(example.text, example.arguments) == example.error)
  }

  static let cases = [
    WrongSweep(
      "no model",
      text: """
        name: x
        run: {beta: 1}
        """,
      error: """
        sweep.yaml:2:1: option 'model' is missing; add model: … (the joint density p(x, z))
            run: {beta: 1}
            ^
        """),
    WrongSweep(
      "an unknown model",
      text: """
        name: x
        run:
          model: eigth-schools
        """,
      error: """
        sweep.yaml:3:10: unknown model 'eigth-schools'; did you mean 'eight-schools'? valid: \(names(of: .model))
            model: eigth-schools
                   ^
        """),
    WrongSweep(
      "an unknown option of a run",
      text: """
        name: x
        run:
          model: eight-schools
          famly: mean-field
        """,
      error: """
        sweep.yaml:4:3: unknown option 'famly'; did you mean 'family'? valid: \(runOptionNames)
            famly: mean-field
            ^
        """),
    WrongSweep(
      "an unknown option of a component",
      text: """
        name: x
        run:
          model: eight-schools
          optimizer: {sgd: {rate: 0.1}}
        """,
      error: """
        sweep.yaml:4:21: unknown option 'rate'; use one of learning_rate, schedule, warm_up, clip_norm, average, momentum
            optimizer: {sgd: {rate: 0.1}}
                              ^
        """),
    WrongSweep(
      "an unknown value of a choice",
      text: """
        name: x
        run:
          model: {eight-schools: {parameterization: centred}}
        """,
      error: """
        sweep.yaml:3:45: unknown value 'centred'; did you mean 'centered'? valid: centered, noncentered
            model: {eight-schools: {parameterization: centred}}
                                                      ^
        """),
    WrongSweep(
      "two components where one is due",
      text: """
        name: x
        run:
          model: {eight-schools: {}, banana: {}}
        """,
      error: """
        sweep.yaml:3:10: model is a mapping with 2 keys; name one model, as NAME or {NAME: {options}}
            model: {eight-schools: {}, banana: {}}
                   ^
        """),
    WrongSweep(
      "a number out of its range",
      text: """
        name: x
        run:
          model: eight-schools
          optimizer:
            adam:
              learning_rate: -0.1
        """,
      error: """
        sweep.yaml:6:22: optimizer.adam.learning_rate is -0.1; use a number above 0
            learning_rate: -0.1
                           ^
        """),
    WrongSweep(
      "numbers that are not finite",
      text: """
        name: x
        run:
          model: eight-schools
          beta: .nan
          steps: .inf
        """,
      error: """
        sweep.yaml:4:9: beta is nan; use a number from 0, or a schedule
            beta: .nan
                  ^
        sweep.yaml:5:10: steps is inf; use an integer from 0 to 1000000000
            steps: .inf
                   ^
        """),
    WrongSweep(
      "a fraction where an integer is due",
      text: """
        name: x
        run:
          model: eight-schools
          samples: 1.5
        """,
      error: """
        sweep.yaml:4:12: samples is 1.5; use an integer from 1 to 100000
            samples: 1.5
                     ^
        """),
    WrongSweep(
      "text where a number is due",
      text: """
        name: x
        run:
          model: eight-schools
          steps: many
        """,
      error: """
        sweep.yaml:4:10: steps is text; use an integer from 0 to 1000000000
            steps: many
                   ^
        """),
    WrongSweep(
      "a wrong value of an axis, once for all its cells",
      text: """
        name: x
        run:
          model: eight-schools
        sweep:
          family: [mean-field, full-rank]
          optimizer.adam.learning_rate: [0.01, -0.1, fast]
        """,
      error: """
        sweep.yaml:6:40: optimizer.adam.learning_rate is -0.1; use a number above 0 (2 cells)
            optimizer.adam.learning_rate: [0.01, -0.1, fast]
                                                 ^
        sweep.yaml:6:46: optimizer.adam.learning_rate is text; use a number above 0 (2 cells)
            optimizer.adam.learning_rate: [0.01, -0.1, fast]
                                                       ^
        """),
    WrongSweep(
      "an unknown option as an axis",
      text: """
        name: x
        run: {model: eight-schools}
        sweep:
          famly: [mean-field, full-rank]
        """,
      error: """
        sweep.yaml:4:3: unknown option 'famly'; did you mean 'family'? valid: \(runOptionNames) (2 cells)
            famly: [mean-field, full-rank]
            ^
        """),
    WrongSweep(
      "a wrong value of a zip",
      text: """
        name: x
        run: {model: eight-schools}
        zip:
          beta: [1, 2]
          samples: [8, 0]
        """,
      error: """
        sweep.yaml:5:16: samples is 0; use an integer from 1 to 100000
            samples: [8, 0]
                         ^
        """),
    WrongSweep(
      "an evidence gap where there is none",
      text: """
        name: x
        run:
          model: eight-schools
        sweep:
          form: [joint-entropy, evidence-gap]
          beta: [0.5, 1]
        """,
      error: """
        sweep.yaml:5:25: evidence-gap cannot be optimised for 'eight-schools': its posterior is not tractable; use joint-entropy or reconstruction-kl, or one of conjugate-normal, beta-bernoulli, gamma-poisson, normal-gamma, bayesian-linear-regression, correlated-gaussian, ising, noisy-or, mixture-allocation, \(learnedTractable) (2 cells)
            form: [joint-entropy, evidence-gap]
                                  ^
        """),
    WrongSweep(
      "a missing option",
      text: """
        name: x
        run:
          model: {bayesian-linear-regression: {data: pairs.csv}}
        """,
      error: """
        sweep.yaml:3:11: option 'target' is missing; add target: … (the column that is explained)
            model: {bayesian-linear-regression: {data: pairs.csv}}
                    ^
        """),
    WrongSweep(
      "missing options of a plain name",
      text: """
        name: x
        run:
          model: bayesian-linear-regression
        """,
      error: """
        sweep.yaml:3:10: option 'data' is missing; add data: … (a table (CSV or JSON, also gzipped))
            model: bayesian-linear-regression
                   ^
        sweep.yaml:3:10: option 'target' is missing; add target: … (the column that is explained)
            model: bayesian-linear-regression
                   ^
        """),
    WrongSweep(
      "a table that is not there",
      text: """
        name: x
        run:
          model: {bayesian-linear-regression: {data: pears.csv, target: y}}
        """,
      error: """
        sweep.yaml:3:46: cannot read 'pears.csv'; check the path
            model: {bayesian-linear-regression: {data: pears.csv, target: y}}
                                                       ^
        """),
    WrongSweep(
      "a column that is not there",
      text: """
        name: x
        run:
          model:
            bayesian-linear-regression:
              data: pairs.csv
              target: z
        """,
      error: """
        sweep.yaml:6:15: unknown column 'z'; did you mean 'x'? valid: x, y
            target: z
                    ^
        """),
    WrongSweep(
      "several errors, in the order of the file",
      text: """
        name: x
        seeds: -1
        run:
          model: eight-schools
          steps: -1
          beta: -1
        """,
      error: """
        sweep.yaml:2:8: seeds is -1; use a count from 1, or a list of distinct seeds from 0
            seeds: -1
                   ^
        sweep.yaml:5:10: steps is -1; use an integer from 0 to 1000000000
            steps: -1
                   ^
        sweep.yaml:6:9: beta is -1; use a number from 0, or a schedule
            beta: -1
                  ^
        """),
  ]
}
