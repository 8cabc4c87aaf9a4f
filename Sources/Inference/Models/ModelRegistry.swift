/// A model as a configuration names it: its options read, its table not yet.
public struct ModelChoice: ComponentChoice {
  public static let kind = ComponentKind.model
  let name: String
  /// The options with their defaults.
  let configuration: ConfigMapping
  /// The options that hold paths of tables, with the paths.
  let tables: [(option: String, path: String)]
  let build: @Sendable (DataTable?) throws(SettingsProblem) -> any Model

  public init?(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem]) {
    guard let made = Registry.models.make(value, at: path, problems: &problems) else { return nil }
    self = made
  }

  init<M: Model>(_ type: M.Type, options: M.Options) {
    name = M.name
    let configuration = options.configuration
    self.configuration = configuration
    tables = M.Options.optionInfos.compactMap { info in
      guard info.kind == .table, let path = configuration[info.name]?.asText else { return nil }
      return (info.name, path)
    }
    build = { table throws(SettingsProblem) in try M(options, table: table) }
  }

  public var configValue: ConfigValue {
    configuration.isEmpty ? .text(name) : .mapping([name: .mapping(configuration)])
  }
}

extension Registry where Item == ModelChoice {
  /// The models: one line each.
  public static let models = Registry(
    kind: .model,
    entries: modelTypes.map { type in entry(type) })

  package static let modelTypes: [any Model.Type] = [
    ConjugateNormal.self,
    BetaBernoulli.self,
    GammaPoisson.self,
    BayesianLinearRegression.self,
    LogisticRegression.self,
    EightSchools.self,
    NealsFunnel.self,
    Banana.self,
    CorrelatedGaussian.self,
  ]

  /// The names of the models whose posterior is tractable.
  var namesWithPosterior: [String] { Self.modelTypes.filter { $0.hasTractablePosterior }.map { $0.name } }

  private static func entry<M: Model>(_ type: M.Type) -> Entry {
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
    for type in Registry.modelTypes { models.append(try example(of: type)) }
    return models
  }

  private static func example<M: Model>(of type: M.Type) throws(SettingsProblem) -> any Model {
    let (options, table) = M.example
    return try M(options, table: table)
  }
}
