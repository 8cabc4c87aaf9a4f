/// Whose observations a run is fitted to.
public enum DataOrigin: String, CaseIterable, Sendable {
  /// Those that the model's options give.
  case given
  /// Those that the run's seed draws from the model's prior predictive distribution.
  case simulated
}

extension RunSettings {
  /// Whether every seed has data of its own, so that no two seeds share a plan.
  public var hasDataPerSeed: Bool { data == .simulated }

  /// The settings of the run with a seed: the same, or those with the truth and the data that the seed draws. They depend on the model's
  /// options and the seed alone, so that all cells of a model have the same data.
  ///
  /// - Throws: where what is drawn cannot be modelled.
  public func replicate(seed: UInt64) throws(SettingsProblem) -> RunSettings {
    guard hasDataPerSeed, case .inference(let task) = task, let model = task.model as? any SimulatedModel
    else { return self }
    let drawn = try model.simulated(by: SimulationNoise(seed: seed))
    let start = try initial.start(for: drawn.model).map(FitStart.given) ?? .fitted(FittedStart(drawn.model))
    var copy = self
    copy.task = .inference(
      InferenceTask(
        model: drawn.model, family: task.family, start: start,
        truth: SimulatedTruth(latents: drawn.truth, seed: seed)))
    return copy
  }

  /// Whether the data are there: where each seed has its own, those of one seed.
  var hasData: Bool {
    guard hasDataPerSeed, case .inference(let task) = task else { return true }
    return task.truth != nil
  }
}

extension Obstacles {
  /// Data are simulated by models that have a prior to draw from, and judged by probabilities under q.
  static func simulation(_ options: RunOptions, model: any Model) -> [SettingsProblem] {
    guard options.data == .simulated else { return [] }
    var problems: [SettingsProblem] = []
    if !(model is any SimulatedModel) { problems.append(simulation(model.modelName)) }
    let family = options.family.family
    if !family.hasDensity, !(family is NoUTurn) {
      problems.append(
        SettingsProblem(
          path: ["data"],
          what: "is simulated, and '\(type(of: family).name)' says no probabilities to hold a truth against",
          fix: "use data: given, or a family with a density, or nuts"))
    }
    return problems
  }

  /// What is no model of latents alone draws no data.
  static func simulation(_ options: RunOptions, other name: String) -> [SettingsProblem] {
    options.data == .simulated ? [simulation(name)] : []
  }

  private static func simulation(_ name: String) -> SettingsProblem {
    let able = Registry<ModelChoice>.modelTypes.filter { $0 is any SimulatedModel.Type }.map { $0.name }
    return SettingsProblem(
      path: ["data"], what: "is simulated, and '\(name)' draws no data from its prior",
      fix: "use data: given, or one of \(able.joined(separator: ", "))")
  }
}
