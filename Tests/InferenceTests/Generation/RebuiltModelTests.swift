import Inference
import NumericArrays
import Testing

/// A model that is built again from its configuration, without its data.
@Suite struct RebuiltModelTests {
  @Test("it encodes, reconstructs and generates the same numbers", arguments: TrainedCase.all)
  func same(_ example: TrainedCase) throws {
    let first = try example.trained(["beta": 2])
    let settings = try example.settings(["beta": 2, "steps": 0])
    let values = Dictionary(
      uniqueKeysWithValues: first.blocks.blocks.map { ($0.name, first.values(of: $0.name)) })
    let second = try TrainedModel(
      configuration: settings.configuration, shape: first.shape,
      standardization: first.treatment.standardization, values: values)
    let rows = try example.learningData().training
    #expect(second.parameters == first.parameters)
    #expect(second.precision == first.precision)
    #expect(second.encode(rows) == first.encode(rows))
    #expect(second.reconstruct(rows) == first.reconstruct(rows))
    #expect(second.sample(5, seed: 1) == first.sample(5, seed: 1))
  }

  @Test("there are runs of every learned model")
  func everyModel() {
    let names = Registry<ModelChoice>.learnedModelTypes.map { $0.name }
    #expect(Set(TrainedCase.all.map(\.model)) == Set(names))
  }

  @Test("parameters that do not fit are named")
  func wrongParameters() throws {
    let example = try #require(TrainedCase.all.first { $0.model == "ppca" })
    var values = ["weights": [Double](repeating: 1, count: 8), "offset": [0, 0, 0, 0]]
    #expect(
      problem { try example.trained(values) } == "parameter 'log_noise_variance' is missing; give all of them"
    )
    values["log_noise_variance"] = [0, 0]
    #expect(
      problem { try example.trained(values) }
        == "parameter 'log_noise_variance' has 2 elements, where the model has 1; give the parameters of this model"
    )
  }

  static let wrong: [(configuration: ConfigMapping, expected: String)] = [
    (["model": conjugateNormal], "'conjugate-normal' has no parameters to learn; name a learned model"),
    (
      ["model": ["vae": ["data": "x.npy"]], "family": "exact"],
      "'exact' cannot be the posterior of a datum of 'vae'; name a family that can"
    ),
    (
      ["model": ["ppca": ["data": "x.npy", "standardize": true]], "family": "exact"],
      "'standardize' is without the moments of the columns; give a mean and an sd for each"
    ),
    (
      ["model": ["ppca": ["data": "x.npy", "latent": 2]]],
      "unknown option 'latent'; did you mean 'latents'?"
    ),
  ]

  @Test("a configuration that describes no learned model is refused", arguments: wrong)
  func wrongConfiguration(configuration: ConfigMapping, expected: String) {
    let message = problem {
      try TrainedModel(
        configuration: configuration, shape: LearningData.Shape(width: 4), standardization: nil, values: [:])
    }
    #expect(message.hasPrefix(expected), "\(message)")
  }

  /// What building says is wrong.
  private func problem(_ build: () throws -> TrainedModel) -> String {
    do {
      return "no problem: \(try build().modelName)"
    } catch {
      return "\(error)"
    }
  }
}
