extension ConfigMapping {
  /// A resolved configuration, as `RunSettings.configuration` has it, without what follows from the data.
  var withoutDerived: ConfigMapping {
    let known = RunOptions.optionInfos.map(\.name)
    var chosen = ConfigMapping()
    for entry in entries where known.contains(entry.key) { chosen[entry.key] = entry.value }
    if case .mapping(let model) = chosen["model"], let entry = model.entries.first,
      case .mapping(var options) = entry.value
    {
      for key in options.keys where key.hasSuffix(Self.digestSuffix) { options[key] = nil }
      chosen["model"] = .mapping([entry.key: .mapping(options)])
    }
    return chosen
  }

  /// What the key of a digest ends with.
  private static let digestSuffix = "_digest"

  /// The digests of the model's data, by the options that they stand beside.
  fileprivate var dataDigests: [(option: String, digest: ConfigValue)] {
    guard let options = self["model"]?.asMapping?.entries.first?.value.asMapping else { return [] }
    return options.entries.compactMap { entry in
      entry.key.hasSuffix(Self.digestSuffix) && entry.value != .null
        ? (String(entry.key.dropLast(Self.digestSuffix.count)), entry.value) : nil
    }
  }
}

/// A file of a run's data that is not what it was.
public struct ChangedFile: Hashable, Sendable {
  public var option: String
  public var path: String
  /// The digests of the run's file and of the one that is there now.
  public var recorded: String
  public var found: String
}

extension SettingsResolver {
  /// The settings of a run by its resolved configuration, as `RunSettings.configuration` has it, with its data read again.
  ///
  /// - Throws: where options or data are not accepted.
  public func resolve(resolved configuration: ConfigMapping) throws(SettingsProblems) -> RunSettings {
    try resolve(configuration.withoutDerived)
  }

  /// The data files of a resolved configuration that have changed since.
  ///
  /// - Throws: where one cannot be read.
  public func changedFiles(ofResolved configuration: ConfigMapping) throws(SettingsProblems) -> [ChangedFile]
  {
    var problems: [SettingsProblem] = []
    let options = RunOptions(resolved: configuration, problems: &problems)
    guard problems.isEmpty, let choice = options.model else { throw SettingsProblems(problems: problems) }
    do throws(SettingsProblem) {
      let found = try dataFiles(of: choice)
      return configuration.dataDigests.compactMap { option, recorded in
        guard let file = found[option], .text(file.digest) != recorded else { return nil }
        return ChangedFile(
          option: option, path: file.path, recorded: recorded.asText ?? "", found: file.digest)
      }
    } catch {
      throw SettingsProblems(problems: [error])
    }
  }

  /// By their options.
  private func dataFiles(
    of choice: ModelChoice
  ) throws(SettingsProblem) -> [String: (path: String, digest: String)] {
    var found: [String: (path: String, digest: String)] = [:]
    if let posterior = choice.posterior {
      let files = try posterior.files(tables)
      found["program"] = (files.program.name, files.program.digest)
      found["data"] = (files.data.name, files.data.digest)
      if let draws = files.draws { found["reference"] = (draws.name, draws.digest) }
    }
    var data = ModelData()
    for file in choice.files {
      let digest = try data.load(file, from: tables)
      found[file.option] = (file.path, digest)
    }
    return found
  }
}
