/// What optimizers for some families or tasks alone cannot be combined with.
extension Obstacles {
  /// Optimizers that know nothing of parameters to learn.
  static func latentsAlone(_ options: RunOptions, learned model: String) -> [SettingsProblem] {
    let optimizer = options.optimizer.optimizer
    let does: String
    switch optimizer {
    case is any GaussianFinder: does = "finds a Gaussian for latents"
    case is any LocationScaleOptimizer: does = "moves the location and scale of latents"
    default: return []
    }
    return [
      SettingsProblem(
        path: ["optimizer"],
        what: "'\(type(of: optimizer).name)' \(does), and '\(model)' has parameters to learn",
        fix: "use another optimizer")
    ]
  }

  /// What moves a location and a scale takes φ for theirs.
  static func locationScale(_ options: RunOptions) -> [SettingsProblem] {
    let family = options.family.family
    guard let optimizer = options.optimizer.optimizer as? any LocationScaleOptimizer, !(family is NoUTurn)
    else { return [] }
    let problem = type(of: optimizer).obstacle(family: family, objective: options.objective.objective)
    return [problem].compactMap(\.self)
  }
}
