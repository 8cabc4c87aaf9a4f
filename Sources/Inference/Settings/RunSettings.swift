/// The settings of one run, validated: every combination that cannot work has been refused.
public struct RunSettings: Sendable {
  public let task: RunTask
  public let family: any Family
  public let objective: Objective
  public let form: Form
  public let estimator: Estimator
  public let beta: Beta
  public let optimizer: any Optimizer
  /// Monte Carlo samples per step.
  public let samples: Int
  public let steps: Int
  public let expectations: Expectations
  /// Rows drawn at each step; nil where all rows are used.
  public internal(set) var minibatch: Int?
  public let precision: Precision
  public let recordEvery: Int
  /// Every option with its value, defaults included; each table or array option is followed by `<option>_digest`.
  public let configuration: ConfigMapping

  /// The keys of a run's settings.
  public static var optionInfos: [OptionInfo] { RunOptions.optionInfos }

  /// The keys whose value is a name or a mapping of settings.
  public static let namedSettings: Set<String> = Set(
    RunOptions.optionInfos.filter { info in
      if case .settings(_, let names) = info.kind { !names.isEmpty } else { false }
    }.map(\.name))

  init(_ options: RunOptions, task: RunTask, configuration: ConfigMapping) {
    self.task = task
    family = options.family.family
    objective = options.objective
    form = options.form
    estimator = options.estimator
    beta = options.beta
    optimizer = options.optimizer.optimizer
    samples = options.samples ?? task.defaultSamples
    steps = options.steps
    expectations = options.expectations
    minibatch = options.minibatch
    precision = options.precision ?? task.defaultPrecision
    recordEvery = options.record.every
    var configuration = configuration
    configuration["samples"] = .integer(samples)
    configuration["precision"] = .text(precision.rawValue)
    self.configuration = configuration
  }

  public var modelName: String { task.modelName }
  public var familyName: String { type(of: family).name }
  public var optimizerName: String { type(of: optimizer).name }
}

/// Everything wrong with one configuration.
public struct SettingsProblems: Error, Sendable, CustomStringConvertible {
  public var problems: [SettingsProblem]

  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
