import Inference
import Testing

/// A learned model as a run names it, with its data.
struct LearnedCase: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var configuration: ConfigValue
  var arrays: [String: DataArray]

  /// The example of every registered model, and variants that take other branches of their code.
  static let all =
    Registry<ModelChoice>.learnedModelTypes.map { example($0) } + [
      variant(
        "mixture, full, two columns", GaussianMixture.self, ["covariance": "full", "features": ["a", "d"]]),
      variant("mixture, three tied", GaussianMixture.self, ["covariance": "tied", "components": 3]),
      variant("mixture, spherical", GaussianMixture.self, ["covariance": "spherical", "start": "random"]),
      variant(
        "mixture, full, one column", GaussianMixture.self,
        ["covariance": "full", "features": ["b"], "start": "random"]),
      variant("linear VAE, learned noise", LinearVAE.self, ["noise_sd": nil]),
      variant("factor analysis, one latent", FactorAnalysis.self, ["latents": 1]),
      variant("PPCA, as many latents as columns", ProbabilisticPCA.self, ["latents": 4]),
      variant(
        "VAE, fixed Gaussian noise, SiLU", VariationalAutoencoder.self,
        gaussian.with(["noise": "fixed", "noise_sd": 0.7, "activation": "silu"])),
      variant(
        "VAE, shared noise, ReLU, one latent", VariationalAutoencoder.self,
        gaussian.with(["noise": "shared", "activation": "relu", "latents": 1])),
      variant(
        "VAE, noise per column, two decoder layers", VariationalAutoencoder.self,
        gaussian.with(["noise": "per-column", "decoder_hidden": [2, 3]])),
      variant("VAE, affine networks", VariationalAutoencoder.self, gaussian.with(["hidden": []])),
      variant(
        "VAE, vamp prior", VariationalAutoencoder.self, ["prior": "vamp", "components": 3]),
      variant(
        "VAE, vamp prior on numbers", VariationalAutoencoder.self,
        gaussian.with(["prior": "vamp", "components": 4])),
    ]

  private static let gaussian: ConfigMapping = [
    "likelihood": "gaussian", "binarize": "none", "divide_by": 1,
  ]

  static func example<M: LearnedModel>(_ type: M.Type) -> LearnedCase { variant(M.name, type, [:]) }

  /// The example of a model with other options.
  static func variant<M: LearnedModel>(_ name: String, _ type: M.Type, _ changes: ConfigMapping)
    -> LearnedCase
  {
    let (options, data) = M.example
    let configuration = options.configuration.with(["data": .text(data.name)]).with(changes)
    return LearnedCase(
      testDescription: name, configuration: [M.name: .mapping(configuration)], arrays: [data.name: data])
  }

  /// A run of the model in float64.
  func settings(_ run: ConfigMapping) throws -> RunSettings {
    let named: ConfigMapping = ["model": configuration, "precision": "float64"]
    return try InferenceTests.settings(named.with(run), arrays: arrays)
  }

  /// The settings, or nil where they are refused.
  func accepted(_ run: ConfigMapping) -> RunSettings? { try? settings(run) }
}

/// The learned models that EM can climb.
let tractableCases = LearnedCase.all.filter { $0.accepted(["optimizer": "em", "family": "exact"]) != nil }

/// A learned model of the iris data.
func irisModel(_ name: String, _ options: ConfigMapping = [:]) -> LearnedCase {
  LearnedCase(
    testDescription: "\(name) on iris",
    configuration: .mapping([name: .mapping(options.with(["data": .text(iris.name)]))]),
    arrays: [iris.name: iris])
}
