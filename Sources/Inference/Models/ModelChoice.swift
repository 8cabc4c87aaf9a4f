/// A model as a configuration names it: its options read, its data not yet.
public struct ModelChoice: ComponentChoice {
  public static let kind = ComponentKind.model
  let name: String
  /// The options with their defaults.
  let configuration: ConfigMapping
  /// The options that hold paths of data, with the paths.
  let files: [File]
  let build: @Sendable (ModelData) throws(SettingsProblem) -> BuiltModel
  /// How a learned model is built without its data; nil where the model is none.
  let learned: Learned?
  /// The program that fits the model; nil where this one does.
  let command: Command?
  /// The posterior of a database that the model is; nil of other models.
  let posterior: PosteriorDatabase?

  /// An option that holds the path of data, and what it takes them for.
  struct File: Sendable {
    var option: String
    var path: String
    var kind: OptionKind
  }

  /// The options of a learned model that its data follow, and the model for data of a shape.
  struct Learned: Sendable {
    var source: DataOptions
    var model: @Sendable (LearningData.Shape) throws(SettingsProblem) -> any LearnedModel
  }

  public init?(_ value: ConfigValue, at path: [String], problems: inout [SettingsProblem]) {
    guard let made = Registry.models.make(value, at: path, problems: &problems) else { return nil }
    self = made
  }

  init<M: Model>(_ type: M.Type, options: M.Options) {
    self.init(name: M.name, options: options, learned: nil) { data throws(SettingsProblem) in
      .inferred(try M(options, data: data))
    }
  }

  init<M: LearnedModel>(_ type: M.Type, options: M.Options) {
    let learned = Learned(source: options.source) { shape throws(SettingsProblem) in
      try M(options, shape: shape)
    }
    self.init(name: M.name, options: options, learned: learned) { data throws(SettingsProblem) in
      let data = try LearningData(options.source, arrays: data.arrays)
      let model = try M(options, shape: data.shape)
      try model.check(data)
      return .learned(model, data)
    }
  }

  private init<Options: Configurable>(
    name: String, options: Options, learned: Learned?,
    build: @escaping @Sendable (ModelData) throws(SettingsProblem) -> BuiltModel
  ) {
    let configuration = options.configuration
    self.name = name
    self.configuration = configuration
    files = Options.optionInfos.compactMap { info in
      info.kind.path(configuration[info.name]).map { File(option: info.name, path: $0, kind: info.kind) }
    }
    self.build = build
    self.learned = learned
    command = nil
    posterior = nil
  }

  init(_ command: Command) {
    name = Command.name
    configuration = command.configuration
    files = []
    learned = nil
    self.command = command
    posterior = nil
    build = { _ throws(SettingsProblem) in
      throw SettingsProblem(path: [], what: "a program is not built from data", fix: "start it")
    }
  }

  init(_ posterior: PosteriorDatabase) {
    name = PosteriorDatabase.name
    configuration = posterior.configuration
    files = []
    learned = nil
    command = nil
    self.posterior = posterior
    build = { _ throws(SettingsProblem) in
      throw SettingsProblem(path: [], what: "a database is not built from data", fix: "read it")
    }
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
  /// A program fits it.
  case program(ProgramTask)
}
