/// The keys of `run:` in a sweep file, as they are read: components chosen, nothing built.
struct RunOptions: Configurable {
  var model: ModelChoice?
  var data = DataOrigin.given
  var family = FamilyChoice()
  var objective = ObjectiveChoice()
  /// nil: the objective's own.
  var form: Form?
  /// nil: the objective's own, or the one that settles with the family.
  var estimator: (any Estimator)?
  var beta = Beta.constant(1)
  /// nil: Adam, as suits the model.
  var optimizer: (any Optimizer)?
  var samples: Int?
  var steps = 2000
  var noise = DrawNoise.independent
  var expectations = Expectations.sampled
  /// nil: fitted, where the run does not search for a Gaussian or a posterior itself.
  var initial: InitialChoice?
  /// nil: none.
  var pilot: PilotSettings?
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
      .choice(
        "data", \.data,
        "the observations: given, or simulated, drawn by each seed from the model's prior predictive distribution"
      ),
      .component("family", \.family, "the variational family"),
      .component("objective", \.objective, "what is maximised"),
      .choice(
        "form", \.form,
        "which writing of the ELBO is estimated; null: joint-entropy, or reconstruction-kl for objectives of the KL"
      ),
      chosen(
        .estimator, \.estimator, from: Registry.estimators,
        "how its gradient is estimated; null: stl for the ELBO of full-rank, low-rank, block-diagonal, real-nvp and masked-autoregressive where no form is named, elsewhere as the objective has it"
      ) { $0.configValue },
      .component("beta", \.beta, "weight on the KL to the prior: a number or a schedule"),
      chosen(
        .optimizer, \.optimizer, from: Registry.optimizers, usually: Self.settling,
        "how the parameters move; null: adam with decaying steps whose last half is averaged, and plain adam for learned models"
      ) { $0.configValue },
      .integer(
        "samples", \.samples, 1...100_000,
        "Monte Carlo estimates per step; null: 8 of the ELBO, or 1 for each datum; 1 of K importance samples"),
      .choice("noise", \.noise, "the normals of a step's draws: independent, or points of Sobol's sequence"),
      .integer("steps", \.steps, 0...1_000_000_000, "number of updates; 0 evaluates the start"),
      .choice("expectations", \.expectations, "sampled, or closed forms throughout"),
      .initial(
        "initial", \.initial,
        "where the fit starts; null: fitted, near the top of the mean-field ELBO; {location: 0, scale: 0.1} with minibatches"
      ),
      .settings(
        "pilot", \.pilot,
        "tries starts and learning rates for some steps, and begins with the best; null: none"),
      .integer("minibatch", \.minibatch, 1...Int.max, "rows of a step; null: all rows"),
      .choice("precision", \.precision, "floating-point type of the fit; null: the model's"),
      .settings("record", \.record, "which steps are recorded"),
      .settings("evaluate", \.evaluate, "when a learned model is evaluated besides its steps, and how"),
      .values("parameters", \.parameters, "whatever else a program is told; only with model: command"),
    ]
  }

  /// The option of a component that follows from the others where none is named.
  ///
  /// - Parameter usual: what mostly follows.
  private static func chosen<Item>(
    _ kind: ComponentKind, _ property: Option<Self>.Property<Item?>, from registry: Registry<Item>,
    usually usual: Item? = nil, _ help: String, configValue: @escaping @Sendable (Item) -> ConfigValue
  ) -> Option<Self> {
    let info = OptionInfo(
      name: kind.rawValue, kind: .component(kind), help: help,
      defaultValue: usual.map(configValue) ?? .null, isRequired: false, isOptional: true)
    return Option(
      info: info,
      store: { root, value, path, problems in
        root[keyPath: property] =
          value == .null ? nil : registry.make(value, at: path, problems: &problems)
      },
      load: { $0[keyPath: property].map(configValue) ?? .null })
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
