extension Registry where Item == ModelChoice {
  /// The models with parameters to learn: one line each.
  package static let learnedModelTypes: [any LearnedModel.Type] = [
    GaussianMixture.self,
    ProbabilisticPCA.self,
    FactorAnalysis.self,
    LinearVAE.self,
    VariationalAutoencoder.self,
  ]
}
