extension LearningData {
  /// The data of a run by its resolved configuration, read again; nil where they are not those that it was fitted to any
  /// more, or where its model learns none.
  public init?(configuration: ConfigMapping, tables: any TableSource) throws(SettingsProblem) {
    var problems: [SettingsProblem] = []
    let options = RunOptions(resolved: configuration, problems: &problems)
    guard problems.isEmpty, let choice = options.model, let learned = choice.learned,
      let resolved = configuration["model"]?.asMapping?[choice.name]?.asMapping
    else { return nil }
    var arrays: [String: DataArray] = [:]
    for file in choice.files {
      let array = try tables.array(at: file.path)
      guard resolved[file.option + "_digest"] == .text(array.digest) else { return nil }
      arrays[file.option] = array
    }
    try self.init(learned.source, arrays: arrays)
  }
}
