extension Registry where Item == ModelChoice {
  /// The models: one line each.
  public static let models = Registry(
    kind: .model,
    entries: modelTypes.map { type in entry(type) } + learnedModelTypes.map { type in entry(type) }
      + [
        Entry(PosteriorDatabase.self, as: .model) { ModelChoice($0) },
        Entry(Command.self, as: .model) { ModelChoice($0) },
      ])

  package static let modelTypes: [any Model.Type] = [
    ConjugateNormal.self,
    BetaBernoulli.self,
    GammaPoisson.self,
    NormalGamma.self,
    BayesianLinearRegression.self,
    BayesianRidge.self,
    LogisticRegression.self,
    EightSchools.self,
    NealsFunnel.self,
    Banana.self,
    CorrelatedGaussian.self,
    IsingField.self,
    NoisyOr.self,
    MixtureAllocation.self,
    StanModel.self,
    BridgeStanModel.self,
  ]

  /// The names of the models whose posterior is tractable.
  var namesWithPosterior: [String] {
    Self.modelTypes.filter { $0.hasTractablePosterior }.map { $0.name }
      + Self.learnedModelTypes.filter { $0.hasTractablePosterior }.map { $0.name }
  }

  private static func entry<M: Model>(_ type: M.Type) -> Entry {
    Entry(
      description: ComponentDescription(
        kind: .model, name: M.name, summary: M.summary, options: M.Options.optionInfos)
    ) { options, path, problems in
      ModelChoice(type, options: M.Options(options, at: path, problems: &problems))
    }
  }

  private static func entry<M: LearnedModel>(_ type: M.Type) -> Entry {
    Entry(
      description: ComponentDescription(
        kind: .model, name: M.name, summary: M.summary, options: M.Options.optionInfos)
    ) { options, path, problems in
      ModelChoice(type, options: M.Options(options, at: path, problems: &problems))
    }
  }
}

/// A small instance of every model, for tests that state what all models have in common.
public enum ModelExamples {
  public static func all() throws(SettingsProblem) -> [any Model] {
    var models: [any Model] = []
    for type in Registry.modelTypes {
      if let model = try example(of: type) { models.append(model) }
    }
    return models
  }

  private static func example<M: Model>(of type: M.Type) throws(SettingsProblem) -> (any Model)? {
    guard let (options, data) = M.example else { return nil }
    return try M(options, data: data)
  }
}
