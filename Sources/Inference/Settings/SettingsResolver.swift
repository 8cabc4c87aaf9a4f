/// Turns the `run:` mapping of one cell into validated settings; builds each model once for all cells that share it.
public final class SettingsResolver {
  private let tables: any TableSource
  private var built: [ConfigMapping: Result<any Model, SettingsProblem>] = [:]

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
      if let size = options.minibatch, let rows = model.rows {
        // What the likelihood of a minibatch is multiplied by.
        configuration["minibatch_scale"] = .number(Double(rows.rowCount) / Double(size))
      }
      // With one of the parts misread, whether they can be combined would be guesswork.
      if misread.isDisjoint(with: Self.combined) { problems += Self.obstacles(options, model: model) }
      let start = try options.initial.start(for: model)
      if problems.isEmpty {
        return RunSettings(options, model: model, start: start, configuration: configuration)
      }
    } catch {
      problems.append(error)
    }
    throw SettingsProblems(problems: problems)
  }

  private func model(for choice: ModelChoice) throws(SettingsProblem) -> (any Model, ConfigValue) {
    let path = ["model", choice.name]
    var configuration = choice.configuration
    var table: DataTable?
    for (option, file) in choice.tables {
      do throws(SettingsProblem) {
        let loaded = try tables.table(at: file)
        configuration[option + "_digest"] = .text(loaded.digest)
        table = loaded
      } catch {
        throw error.prefixed(path + [option])
      }
    }
    let value = ConfigValue.mapping([choice.name: .mapping(configuration)])
    let key: ConfigMapping = [choice.name: .mapping(configuration)]
    let result: Result<any Model, SettingsProblem>
    if let known = built[key] {
      result = known
    } else {
      do throws(SettingsProblem) {
        result = .success(try choice.build(table))
      } catch {
        result = .failure(error)
      }
      built[key] = result
    }
    switch result {
    case .success(let model): return (model, configuration.isEmpty ? .text(choice.name) : value)
    case .failure(let problem): throw problem.prefixed(path)
    }
  }

  /// The options that may stand in each other's way.
  private static let combined: Set<String> = ["family", "form", "beta", "minibatch", "expectations"]

  /// What cannot be combined.
  private static func obstacles(_ options: RunOptions, model: any Model) -> [SettingsProblem] {
    var problems: [SettingsProblem] = []
    let family = options.family.family
    let name = model.modelName
    if let obstacle = family.obstacle(with: model) { problems.append(obstacle) }
    if options.form == .evidenceGap {
      if model.posterior == nil {
        problems.append(
          SettingsProblem(
            path: ["form"],
            what: "evidence-gap cannot be optimised for '\(name)': its posterior is not tractable",
            fix: "use joint-entropy or reconstruction-kl, or one of "
              + Registry.models.namesWithPosterior.joined(separator: ", ")))
      }
      if !family.hasDensity {
        problems.append(
          SettingsProblem(
            path: ["form"], what: "evidence-gap needs a density, and '\(type(of: family).name)' is a point",
            fix: "use joint-entropy or reconstruction-kl"))
      }
      if options.beta.minimum <= 0 {
        problems.append(
          SettingsProblem(
            path: ["beta"], what: "is 0, where evidence-gap divides by it", fix: "use a number above 0"))
      }
    }
    if let size = options.minibatch {
      if let rows = model.rows {
        if size > rows.rowCount {
          problems.append(
            SettingsProblem(
              path: ["minibatch"], what: "is \(size)", fix: "use at most \(rows.rowCount), the number of rows"
            ))
        }
      } else {
        problems.append(
          SettingsProblem(
            path: ["minibatch"], what: "the likelihood of '\(name)' is not a sum over rows",
            fix: "remove minibatch"))
      }
    }
    if options.expectations == .exact, !BoundTape.hasClosedForms(model: model, family: family) {
      problems.append(
        SettingsProblem(
          path: ["expectations"],
          what: "'\(name)' with '\(type(of: family).name)' has no closed forms throughout",
          fix: "use expectations: sampled"))
    }
    return problems
  }
}
