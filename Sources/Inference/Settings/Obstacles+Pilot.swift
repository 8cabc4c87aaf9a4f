/// What has no climb that a pilot could try.
extension Obstacles {
  /// - Parameter parameterCount: of q; nil where a model's own are learned beside it.
  static func pilot(_ options: RunOptions, parameterCount: Int?) -> [SettingsProblem] {
    guard let pilot = options.chosenPilot else { return [] }
    if let sampler = options.family.family as? any PosteriorSampler {
      return [
        refused("'\(type(of: sampler).name)' is of the posterior itself and climbs no bound", "remove pilot")
      ]
    }
    let name = type(of: options.chosenOptimizer).name
    guard let optimizer = options.chosenOptimizer as? any GradientOptimizer else {
      return [refused("'\(name)' \(ownWay(options.chosenOptimizer))", "remove pilot, or use \(withRates)")]
    }
    if parameterCount == 0 {
      let family = type(of: options.family.family).name
      return [
        refused("'\(family)' has no parameters that could climb", "remove pilot, or use another family")
      ]
    }
    var problems: [SettingsProblem] = []
    if !optimizer.control.hasLearningRate, pilot.learningRates != nil {
      problems.append(
        SettingsProblem(
          path: ["pilot", "learning_rates"],
          what: "is given, and '\(name)' has no learning rate: its steps follow from the path",
          fix: "remove learning_rates, or use \(withRates)"))
    } else if pilot.learningRates?.isEmpty ?? false {
      problems.append(
        SettingsProblem(
          path: ["pilot", "learning_rates"], what: "is an empty list", fix: "give one rate or more, or null"))
    } else if pilot.climbs == 1 {
      problems.append(
        refused(
          "of one climb there is nothing to choose"
            + (optimizer.control.hasLearningRate ? "" : ": '\(name)' has no learning rate"),
          optimizer.control.hasLearningRate
            ? "give several learning_rates, or use starts: 2 or more"
            : "use starts: 2 or more, or remove pilot"))
    }
    if pilot.steps > options.steps {
      problems.append(
        SettingsProblem(
          path: ["pilot", "steps"], what: "is \(pilot.steps), and the run has \(options.steps)",
          fix: options.steps > 0 ? "use at most \(options.steps)" : "remove pilot"))
    }
    return problems
  }

  /// Of what wb does not climb itself.
  static func pilot(_ options: RunOptions, program: String) -> [SettingsProblem] {
    options.pilot == nil ? [] : [refused("'\(program)' climbs by itself", "remove pilot")]
  }

  private static func refused(_ why: String, _ fix: String) -> SettingsProblem {
    SettingsProblem(
      path: ["pilot"], what: "a pilot tries starts and learning rates of stochastic ascent: \(why)", fix: fix)
  }

  /// How an optimizer goes that is none of gradients, as the rest of a sentence.
  private static func ownWay(_ optimizer: any Optimizer) -> String {
    switch optimizer {
    case is ExpectationMaximization: "climbs by half steps, and has starts of its own"
    case is RobustAutomatedAscent: "lowers its learning rate itself"
    case is any GaussianFinder: "searches for a Gaussian itself"
    default: "climbs without noise, and without a learning rate"
    }
  }

  /// The way out: the optimizers that have a learning rate.
  private static var withRates: String {
    let names = Registry.optimizers.entries.map(\.description.name).filter { name in
      var ignored: [SettingsProblem] = []
      let made = Registry.optimizers.make(.text(name), at: [], problems: &ignored)
      return (made as? any GradientOptimizer)?.control.hasLearningRate ?? false
    }
    return "optimizer: \(names.joined(separator: " or "))"
  }
}
