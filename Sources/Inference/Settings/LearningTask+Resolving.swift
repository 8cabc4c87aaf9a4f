extension LearningTask {
  /// The task that the options describe; adds to the configuration what follows from the data.
  init?(
    _ options: RunOptions, model: any LearnedModel, data: LearningData, _ configuration: inout ConfigMapping
  ) throws(SettingsProblem) {
    guard let posterior = Self.posterior(options.family.family, model) else { return nil }
    self.init(model: model, data: data, posterior: posterior, evaluation: options.evaluate)
    configuration["data_count"] = .integer(data.training.rowCount)
    if let validation = data.validation { configuration["validation_count"] = .integer(validation.rowCount) }
    if let test = data.test { configuration["test_count"] = .integer(test.rowCount) }
    configuration["data_width"] = .integer(data.shape.width)
    configuration["latents"] = .integer(model.latentCount)
    for entry in model.derivedConfiguration.entries { configuration[entry.key] = entry.value }
    if let size = options.minibatch {
      configuration["minibatch_scale"] = .number(Double(data.training.rowCount) / Double(size))
    }
  }

  /// Where the posterior of a datum comes from; nil where the family and the model do not fit.
  static func posterior(_ family: any Family, _ model: any LearnedModel) -> Posterior? {
    if family is ExactPosterior { return model.tractable.map(Posterior.exact) }
    guard let family = family as? any EncodedFamily, let encoder = model.encoder(for: family) else {
      return nil
    }
    return .encoded(family, encoder)
  }

  /// What cannot be combined.
  static func obstacles(_ options: RunOptions, model: any LearnedModel, data: LearningData)
    -> [SettingsProblem]
  {
    let name = model.modelName
    let family = options.family.family
    var problems = Obstacles.evidenceGap(options, model: name, isTractable: model.tractable != nil)
    problems += Obstacles.minibatch(options, rowCount: data.training.rowCount)
    if posterior(family, model) == nil {
      let fitting = Registry.families.descriptions.map(\.name).filter { isFitting($0, model) }
      problems.append(
        SettingsProblem(
          path: ["family"],
          what: "'\(type(of: family).name)' cannot be the posterior of a datum of '\(name)'",
          fix: "use \(fitting.joined(separator: " or "))"))
    } else if let obstacle = model.obstacle(with: family) {
      problems.append(obstacle)
    } else {
      problems += Obstacles.closedForms(
        options, model: name, exist: BoundTape.hasClosedForms(model: model, family: family))
    }
    problems += Obstacles.simulation(options, other: name)
    problems += Obstacles.weights(options, learned: name)
    problems += Obstacles.rates(options, model: model)
    problems += Obstacles.amortization(options, model: model)
    if let obstacle = model.obstacle(with: options.chosenOptimizer) { problems.append(obstacle) }
    problems += Obstacles.latentsAlone(options, learned: name)
    problems += Obstacles.pilot(options, parameterCount: nil)
    if options.chosenOptimizer is ExpectationMaximization {
      problems += expectationMaximizationObstacles(options, model: model)
    }
    if family is ExactPosterior, options.beta.minimum <= 0 {
      problems.append(
        SettingsProblem(
          path: ["beta"], what: "is 0, where the exact posterior divides by it", fix: "use a number above 0"))
    }
    if options.initial != nil {
      problems.append(
        SettingsProblem(
          path: ["initial"], what: "'\(name)' starts where its own options say", fix: "remove initial"))
    }
    return problems
  }

  private static func expectationMaximizationObstacles(_ options: RunOptions, model: any LearnedModel)
    -> [SettingsProblem]
  {
    var problems: [SettingsProblem] = []
    if model.tractable == nil {
      problems.append(
        SettingsProblem(
          path: ["optimizer"], what: "em needs a tractable posterior, which '\(model.modelName)' has not",
          fix: "use another optimizer, such as adam"))
    } else if !(options.family.family is ExactPosterior) {
      problems.append(
        SettingsProblem(
          path: ["family"],
          what: "is '\(type(of: options.family.family).name)', and em sets q to the exact posterior",
          fix: "use family: exact, or another optimizer"))
    }
    if options.precision == .float32 {
      problems.append(
        SettingsProblem(
          path: ["precision"], what: "is float32, and em works in float64", fix: "remove precision"))
    }
    return problems
  }

  private static func isFitting(_ family: String, _ model: any LearnedModel) -> Bool {
    var ignored: [SettingsProblem] = []
    guard let made = Registry.families.make(.text(family), at: [], problems: &ignored) else { return false }
    return posterior(made, model) != nil
  }
}
