/// A model as a configuration names it: its options read, its data not yet.
public struct ModelChoice: ComponentChoice {
  public static let kind = ComponentKind.model
  let name: String
  /// The options with their defaults.
  let configuration: ConfigMapping
  /// The options that hold paths of data, with the paths.
  let files: [File]
  let build: @Sendable (Data) throws(SettingsProblem) -> BuiltModel
  /// Builds a learned model for data of a shape, without them; nil where the model is none.
  let shaped: (@Sendable (LearningData.Shape) throws(SettingsProblem) -> (any LearnedModel, DataOptions))?

  /// An option that holds the path of data.
  struct File: Sendable {
    var option: String
    var path: String
    var isTable: Bool
  }

  /// What the files of a model held, by the name of their option.
  struct Data: Sendable {
    var tables: [String: DataTable] = [:]
    var arrays: [String: DataArray] = [:]
  }

  public init?(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem]) {
    guard let made = Registry.models.make(value, at: path, problems: &problems) else { return nil }
    self = made
  }

  init<M: Model>(_ type: M.Type, options: M.Options) {
    self.init(name: M.name, options: options, shaped: nil) { data throws(SettingsProblem) in
      .inferred(try M(options, table: data.tables.values.first))
    }
  }

  init<M: LearnedModel>(_ type: M.Type, options: M.Options) {
    let shaped = { @Sendable (shape: LearningData.Shape) throws(SettingsProblem) in
      (try M(options, shape: shape) as any LearnedModel, options.source)
    }
    self.init(name: M.name, options: options, shaped: shaped) { data throws(SettingsProblem) in
      let data = try LearningData(options.source, arrays: data.arrays)
      let model = try M(options, shape: data.shape)
      try model.check(data)
      return .learned(model, data)
    }
  }

  private init<Options: Configurable>(
    name: String, options: Options,
    shaped: (@Sendable (LearningData.Shape) throws(SettingsProblem) -> (any LearnedModel, DataOptions))?,
    build: @escaping @Sendable (Data) throws(SettingsProblem) -> BuiltModel
  ) {
    let configuration = options.configuration
    self.name = name
    self.configuration = configuration
    files = Options.optionInfos.compactMap { info in
      guard info.kind == .table || info.kind == .array, let path = configuration[info.name]?.asText else {
        return nil
      }
      return File(option: info.name, path: path, isTable: info.kind == .table)
    }
    self.build = build
    self.shaped = shaped
  }

  public var configValue: ConfigValue {
    configuration.isEmpty ? .text(name) : .mapping([name: .mapping(configuration)])
  }
}

/// A model with its data.
enum BuiltModel: Sendable {
  /// Its latents are inferred.
  case inferred(any Model)
  /// Its parameters are learned beside the latents of every datum.
  case learned(any LearnedModel, LearningData)
}
