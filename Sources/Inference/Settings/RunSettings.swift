/// The settings of one run, validated: every combination that cannot work has been refused.
public struct RunSettings: Sendable {
  public internal(set) var task: RunTask
  public let data: DataOrigin
  let initial: InitialChoice
  /// nil: none.
  let pilot: PilotSettings?
  public let family: any Family
  public internal(set) var objective: any Objective
  public internal(set) var form: Form
  public internal(set) var estimator: any Estimator
  public let beta: Beta
  public internal(set) var optimizer: any Optimizer
  /// Estimates of the objective per step, each from `objective.samplesPerTerm` draws.
  public let samples: Int
  public let noise: DrawNoise
  public let steps: Int
  public internal(set) var expectations: Expectations
  /// Rows drawn at each step; nil where all rows are used.
  public internal(set) var minibatch: Int?
  public let precision: Precision
  public internal(set) var recordEvery: Int
  /// The steps between measurements of the gradient's noise; nil: none.
  public internal(set) var gradientNoise: Int?
  /// Every option with its value, defaults included; each table or array option is followed by `<option>_digest`.
  public let configuration: ConfigMapping

  /// The keys of a run's settings.
  public static var optionInfos: [OptionInfo] { RunOptions.optionInfos }

  /// The keys whose value is a mapping of settings, or else a name or nothing.
  public static let namedSettings: Set<String> = Set(
    RunOptions.optionInfos.filter { info in
      if case .settings = info.kind { info.isOptional } else { false }
    }.map(\.name))

  init(_ options: RunOptions, task: RunTask, configuration: ConfigMapping) {
    self.task = task
    data = options.data
    initial = options.chosenInitial
    pilot = options.chosenPilot
    family = options.family.family
    objective = options.objective.objective
    form = options.chosenForm
    estimator = options.chosenEstimator
    beta = options.beta
    optimizer = options.chosenOptimizer
    samples =
      (optimizer as? DeterministicInference)?.draws ?? options.samples
      ?? (objective.isLinear ? task.defaultSamples : 1)
    noise = options.noise
    steps = options.steps
    expectations = optimizer is CoordinateAscent ? .exact : options.expectations
    minibatch = options.minibatch
    precision = options.precision ?? task.defaultPrecision
    recordEvery = options.record.every
    gradientNoise = options.record.gradientNoise
    var configuration = configuration
    configuration["form"] = .text(form.rawValue)
    configuration["estimator"] = estimator.configValue
    configuration["optimizer"] = optimizer.configValue
    configuration["samples"] = .integer(samples)
    configuration["expectations"] = .text(expectations.rawValue)
    configuration["pilot"] = pilot.map { .mapping($0.configuration) }
    configuration["precision"] = .text(precision.rawValue)
    // Unused, these leave no trace: a run is identified by its configuration, and older runs have none of them.
    if noise == .independent { configuration["noise"] = nil }
    if data == .given { configuration["data"] = nil }
    if let scores = estimator as? ScoreFunction, scores.controlVariate == .leaveOneOut {
      configuration["estimator"] = .text(ScoreFunction.name)
    }
    if gradientNoise == nil, case .mapping(var record) = configuration["record"] {
      record["gradient_noise"] = nil
      configuration["record"] = .mapping(record)
    }
    if case .learning(let task) = task, task.evaluation.amortizationGap == 0,
      case .mapping(var evaluate) = configuration["evaluate"]
    {
      evaluate["amortization_gap"] = nil
      configuration["evaluate"] = .mapping(evaluate)
    }
    self.configuration = configuration
  }

  /// The draws of a step, of each datum's latent where a model is learned.
  package var drawsPerStep: Int { samples * objective.samplesPerTerm }

  public var modelName: String { task.modelName }
  public var familyName: String { type(of: family).name }
  public var objectiveName: String { type(of: objective).name }
  public var estimatorName: String { type(of: estimator).name }
  public var optimizerName: String { type(of: optimizer).name }
}

/// Everything wrong with one configuration.
public struct SettingsProblems: Error, Sendable, CustomStringConvertible {
  public var problems: [SettingsProblem]

  package init(problems: [SettingsProblem]) { self.problems = problems }

  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
