/// The keys of `run:` in a sweep file, as they are read: components chosen, nothing built.
struct RunOptions: Configurable {
  var model: ModelChoice?
  var family = FamilyChoice()
  var objective = ObjectiveChoice()
  var form = Form.jointEntropy
  /// nil: the objective's own.
  var estimator: (any Estimator)?
  var beta = Beta.constant(1)
  var optimizer = OptimizerChoice()
  var samples: Int?
  var steps = 2000
  var noise = DrawNoise.independent
  var expectations = Expectations.sampled
  var initial = InitialChoice.values(InitialValues())
  var minibatch: Int?
  var precision: Precision?
  var record = RecordSettings()
  var evaluate = EvaluationSettings()
  var parameters = ConfigMapping()

  init() {}

  /// Reads a resolved configuration, as `RunSettings.configuration` has it: what follows from the data is passed over.
  init(resolved configuration: ConfigMapping, problems: inout [SettingsProblem]) {
    self.init(configuration.withoutDerived, at: [], problems: &problems)
  }

  static var options: [Option<Self>] {
    [
      model,
      .component("family", \.family, "the variational family"),
      .component("objective", \.objective, "what is maximised"),
      .choice("form", \.form, "which writing of the ELBO is estimated"),
      estimator,
      .component("beta", \.beta, "weight on the KL to the prior: a number or a schedule"),
      .component("optimizer", \.optimizer, "how the parameters move"),
      .integer(
        "samples", \.samples, 1...100_000,
        "Monte Carlo estimates per step; null: 8 of the ELBO, or 1 for each datum; 1 of K importance samples"),
      .choice("noise", \.noise, "the normals of a step's draws: independent, or points of Sobol's sequence"),
      .integer("steps", \.steps, 0...1_000_000_000, "number of updates; 0 evaluates the start"),
      .choice("expectations", \.expectations, "sampled, or closed forms throughout"),
      .initial("initial", \.initial, "where the fit starts"),
      .integer("minibatch", \.minibatch, 1...Int.max, "rows of a step; null: all rows"),
      .choice("precision", \.precision, "floating-point type of the fit; null: the model's"),
      .settings("record", \.record, "which steps are recorded"),
      .settings("evaluate", \.evaluate, "when a learned model is evaluated besides its steps, and how"),
      .values("parameters", \.parameters, "whatever else a program is told; only with model: command"),
    ]
  }

  private static var estimator: Option<Self> {
    let info = OptionInfo(
      name: "estimator", kind: .component(.estimator),
      help: "how its gradient is estimated; null: as the objective has it", defaultValue: .null,
      isRequired: false, isOptional: true)
    return Option(
      info: info,
      store: { root, value, path, problems in
        root.estimator =
          value == .null ? nil : Registry.estimators.make(value, at: path, problems: &problems)
      },
      load: { $0.estimator?.configValue ?? .null })
  }

  private static var model: Option<Self> {
    let info = OptionInfo(
      name: "model", kind: .component(.model), help: "the joint density p(x, z)", defaultValue: .null,
      isRequired: true, isOptional: false)
    return Option(
      info: info,
      store: { root, value, path, problems in
        let found = problems.count
        let choice = ModelChoice(value, at: path, problems: &problems)
        // Built from options that were misread, it would complain of their defaults.
        if problems.count == found { root.model = choice }
      },
      load: { $0.model?.configValue ?? .null })
  }
}

/// The family chosen for a run.
struct FamilyChoice: ComponentChoice {
  static let kind = ComponentKind.family
  var family: any Family = MeanField()

  init() {}

  init?(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem]) {
    guard let made = Registry.families.make(value, at: path, problems: &problems) else { return nil }
    family = made
  }

  var configValue: ConfigValue { family.configValue }
}

/// The objective chosen for a run.
struct ObjectiveChoice: ComponentChoice {
  static let kind = ComponentKind.objective
  var objective: any Objective = EvidenceLowerBound()

  init() {}

  init?(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem]) {
    guard let made = Registry.objectives.make(value, at: path, problems: &problems) else { return nil }
    objective = made
  }

  var configValue: ConfigValue { objective.configValue }
}

/// The optimizer chosen for a run.
struct OptimizerChoice: ComponentChoice {
  static let kind = ComponentKind.optimizer
  var optimizer: any Optimizer = Adam()

  init() {}

  init?(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem]) {
    guard let made = Registry.optimizers.make(value, at: path, problems: &problems) else { return nil }
    optimizer = made
  }

  var configValue: ConfigValue { optimizer.configValue }
}
