import Inference
import Testing

/// A wrong configuration and the whole text of what it is told.
struct WrongRun: Sendable, CustomTestStringConvertible {
  var run: ConfigMapping
  var expected: [String]

  init(_ run: ConfigMapping, _ expected: String...) {
    self.run = run
    self.expected = expected
  }

  var testDescription: String { expected.first ?? "" }

  /// The problems' texts; empty where the run is accepted.
  func problems(tables: [String: DataTable] = [:], arrays: [String: DataArray] = [:]) throws -> [String] {
    do {
      _ = try settings(run, tables: tables, arrays: arrays)
      return []
    } catch let problems as SettingsProblems {
      #expect(problems.description == problems.problems.map(\.description).joined(separator: "\n"))
      return problems.problems.map(\.description)
    }
  }
}

/// The names of the models with a tractable posterior, as errors list them.
let tractable =
  ([
    "conjugate-normal", "beta-bernoulli", "gamma-poisson", "normal-gamma", "bayesian-linear-regression",
    "correlated-gaussian", "ising", "noisy-or", "mixture-allocation",
  ]
  + learnedTractable).joined(separator: ", ")

/// The names of the learned models among them.
let learnedTractable = Registry<ModelChoice>.learnedModelTypes.filter { $0.hasTractablePosterior }.map {
  $0.name
}
