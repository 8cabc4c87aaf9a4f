/// Turns the `run:` mapping of one cell into validated settings; builds each model once for all cells that share it.
public final class SettingsResolver {
  let tables: any TableSource
  private var built: [ConfigMapping: Result<BuiltModel, SettingsProblem>] = [:]
  private var starts: [ConfigValue: FitStart] = [:]

  public init(tables: any TableSource) { self.tables = tables }

  /// The settings that a configuration describes.
  ///
  /// - Throws: every problem of the configuration, with the path of each.
  public func resolve(_ run: ConfigMapping) throws(SettingsProblems) -> RunSettings {
    var problems: [SettingsProblem] = []
    let options = RunOptions(run, at: [], problems: &problems)
    let misread = Set(problems.compactMap(\.path.first))
    // Half-read options of the model would only repeat themselves as other problems.
    guard let choice = options.model, !misread.contains("model") else {
      throw SettingsProblems(problems: problems)
    }
    do throws(SettingsProblem) {
      let (model, modelConfiguration) = try model(for: choice)
      var configuration = options.configuration
      configuration["model"] = modelConfiguration
      // With one of the parts misread, whether they can be combined would be guesswork.
      let isReadable = misread.isDisjoint(with: Self.combined)
      let task: RunTask?
      if case .program = model {} else { problems += Obstacles.parameters(options) }
      switch model {
      case .inferred(let model):
        configuration["evaluate"] = nil
        configuration["parameters"] = nil
        if isReadable { problems += InferenceTask.obstacles(options, model: model) }
        let initial = options.chosenInitial
        configuration["initial"] = initial.configValue
        let start =
          try initial.start(for: model).map(FitStart.given) ?? fittedStart(modelConfiguration, model)
        task = .inference(InferenceTask(model: model, family: options.family.family, start: start))
        if let size = options.minibatch, let rows = model.rows {
          // What the likelihood of a minibatch is multiplied by.
          configuration["minibatch_scale"] = .number(Double(rows.rowCount) / Double(size))
        }
      case .learned(let model, let data):
        configuration["initial"] = nil
        configuration["parameters"] = nil
        let obstacles = isReadable ? LearningTask.obstacles(options, model: model, data: data) : []
        problems += obstacles
        task =
          obstacles.isEmpty
          ? try LearningTask(options, model: model, data: data, &configuration).map(RunTask.learning) : nil
      case .program(let program):
        configuration["initial"] = nil
        configuration["evaluate"] = nil
        configuration["program"] = .text(program.name)
        // What the program is told, it has to make sense of.
        let settings = RunSettings(options, task: .program(program), configuration: configuration)
        problems += Obstacles.simulation(options, other: program.name)
        problems += Obstacles.pilot(options, program: program.name)
        problems += program.problems(in: settings.configuration)
        if problems.isEmpty { return settings }
        task = nil
      }
      if problems.isEmpty, let task {
        return RunSettings(options, task: task, configuration: configuration)
      }
    } catch {
      problems.append(error)
    }
    throw SettingsProblems(problems: problems)
  }

  private func model(for choice: ModelChoice) throws(SettingsProblem) -> (BuiltModel, ConfigValue) {
    let path = ["model", choice.name]
    if let command = choice.command {
      do throws(SettingsProblem) {
        let task = try ProgramTask(command, files: tables)
        return (.program(task), .mapping([choice.name: .mapping(task.configuration)]))
      } catch {
        throw error.prefixed(path)
      }
    }
    var configuration = choice.configuration
    if let posterior = choice.posterior {
      do throws(SettingsProblem) {
        let files = try posterior.files(tables)
        configuration["program_digest"] = .text(files.program.digest)
        configuration["data_digest"] = .text(files.data.digest)
        configuration["reference_digest"] = files.draws.map { .text($0.digest) } ?? .null
        return (
          try built([choice.name: .mapping(configuration)]) { () throws(SettingsProblem) in
            .inferred(try posterior.model(files))
          }, .mapping([choice.name: .mapping(configuration)])
        )
      } catch {
        throw error.prefixed(path)
      }
    }
    var data = ModelData()
    for file in choice.files {
      do throws(SettingsProblem) {
        configuration[file.option + "_digest"] = .text(try data.load(file, from: tables))
      } catch {
        throw error.prefixed(path + [file.option])
      }
    }
    let value = ConfigValue.mapping([choice.name: .mapping(configuration)])
    let key: ConfigMapping = [choice.name: .mapping(configuration)]
    do throws(SettingsProblem) {
      let model = try built(key) { () throws(SettingsProblem) in try choice.build(data) }
      return (model, configuration.isEmpty ? .text(choice.name) : value)
    } catch {
      throw error.prefixed(path)
    }
  }

  /// The model of a configuration, built once for all cells that share it.
  private func built(_ key: ConfigMapping, _ build: () throws(SettingsProblem) -> BuiltModel)
    throws(SettingsProblem) -> BuiltModel
  {
    if let known = built[key] { return try known.get() }
    let result = Result(catching: build)
    built[key] = result
    return try result.get()
  }

  /// The start that is fitted to a model, the same for all cells that share it.
  private func fittedStart(_ configuration: ConfigValue, _ model: any Model) -> FitStart {
    if let known = starts[configuration] { return known }
    let start = FitStart.fitted(FittedStart(model))
    starts[configuration] = start
    return start
  }

  /// The options that may stand in each other's way.
  private static let combined: Set<String> = [
    "family", "objective", "form", "estimator", "beta", "minibatch", "expectations", "optimizer",
    "initial", "pilot", "evaluate", "data",
  ]
}
