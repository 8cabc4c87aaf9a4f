import Inference
import Testing

@Suite struct MinibatchTests {
  static let models = ModelCase.all.filter { $0.accepted(["minibatch": 2]) != nil }

  /// A run whose φ does not move: updates of 1e-300 are below rounding.
  private func frozen(_ changes: ConfigMapping) -> ConfigMapping {
    let run: ConfigMapping = [
      "steps": 2000, "optimizer": ["sgd": ["learning_rate": 1e-300, "momentum": 0]],
      "initial": ["location": 0.2, "scale": 0.3],
    ]
    return run.with(changes)
  }

  @Test("the models of independent rows can be subsampled")
  func subsampled() {
    let names = Set(Self.models.map(\.testDescription))
    #expect(
      names == [
        "conjugate-normal", "beta-bernoulli", "gamma-poisson", "normal-gamma", "bayesian-linear-regression",
        "bayesian-ridge", "logistic-regression",
      ])
  }

  @Test("the expected minibatch objective is that of all rows", arguments: models)
  func unbiased(_ model: ModelCase) throws {
    for family in familyCases {
      for form in Form.allCases {
        let run = frozen(["family": family, "form": .text(form.rawValue)])
        guard let whole = model.accepted(run), !fit(whole).result.parameters.isEmpty else { continue }
        let rows = try #require(whole.model.rows).rowCount
        let full = fit(whole, seed: 1).steps
        for size in [1, 3, rows] {
          let batch = fit(try model.settings(run.with(["minibatch": .integer(size)])), seed: 1).steps
          // The same noise at each step of both: their differences are those of the rows.
          let objectives = Estimate(zipMap(batch.map(\.objective), full.map(\.objective), -))
          #expect(objectives.agrees(with: 0), "\(family) \(form) \(size): \(objectives)")
          let likelihoods = Estimate(
            zip(batch, full).compactMap { batch, full in
              guard let a = batch.terms.reconstruction, let b = full.terms.reconstruction else { return nil }
              return a - b
            })
          #expect(likelihoods.agrees(with: 0), "\(family) \(form) \(size): \(likelihoods)")
          #expect(likelihoods.standardError > 0)
        }
      }
    }
  }

  @Test("a sound minibatch run is not suspect", arguments: models)
  func identities(_ model: ModelCase) throws {
    for family in familyCases {
      for form in Form.allCases {
        for samples in [1, 8] {
          let run: ConfigMapping = [
            "family": family, "form": .text(form.rawValue), "minibatch": 2, "steps": 300,
            "samples": .integer(samples),
          ]
          guard let settings = model.accepted(run) else { continue }
          let (_, result) = fit(settings)
          #expect(result.ending == .finished)
          #expect(result.suspect == nil, "\(family) \(form) samples \(samples)")
        }
      }
    }
  }

  @Test("the yardstick uses all rows", arguments: models)
  func yardstick(_ model: ModelCase) throws {
    for family in familyCases {
      let run = frozen(["family": family, "steps": 3])
      guard let whole = model.accepted(run) else { continue }
      let batch = try model.settings(run.with(["minibatch": 2]))
      #expect(fit(whole).result.yardstick == fit(batch).result.yardstick)
    }
  }

  @Test("expectations under a fixed posterior are over all rows, and stay exact")
  func fixedPosterior() throws {
    for name in ["beta-bernoulli", "gamma-poisson"] {
      let model = try #require(Self.models.first { $0.testDescription == name })
      let (_, result) = fit(try model.settings(["family": "exact", "minibatch": 2]))
      #expect(result.exactTerms == Term.allCases)
      #expect(result.suspect == nil)
    }
  }
}
