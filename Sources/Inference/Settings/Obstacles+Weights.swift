import NumericArrays

/// What objectives of importance weights and estimators other than the plain derivative cannot be combined with.
extension Obstacles {
  /// Of a model whose latents are inferred.
  static func weights(_ options: RunOptions, model: any Model) -> [SettingsProblem] {
    let objective = options.objective.objective
    var problems = common(options) + sobol(options, model: model)
    let family = options.family.family
    let familyName = type(of: family).name
    let source = options.chosenEstimator.source
    if !source.applies(toDiscrete: family is any DiscreteFamily), !(family is any PosteriorSampler) {
      return problems + [estimator(options, of: family is any DiscreteFamily)]
    }
    guard !objective.isLinear || !source.isOfTheBound, !(family is any DiscreteFamily) else {
      return problems
    }
    if !family.hasDensity {
      problems.append(
        SettingsProblem(
          path: ["family"], what: "\(subject(options)) needs a density, and '\(familyName)' is a point",
          fix: "use another family"))
    } else if !family.hasDifferentiableDraws {
      problems.append(
        SettingsProblem(
          path: ["family"],
          what: "\(subject(options)) is of single draws, through which '\(familyName)' has no gradient",
          fix: "use another family, or objective: elbo by reparameterization"))
    } else if family.misfit(with: model) == nil {
      if family.noiseCount(for: model) == 0 {
        problems.append(
          SettingsProblem(
            path: ["family"],
            what: "\(subject(options)) needs draws, and the posterior of '\(model.modelName)' is closed",
            fix: "use another family, or objective: elbo"))
      } else if options.chosenEstimator.source != .estimate,
        !BoundTape.hasDensityAnywhere(model: model, family: family)
      {
        problems.append(
          SettingsProblem(
            path: ["estimator"],
            what: "\(type(of: options.chosenEstimator).name) needs log q at any point, which '\(familyName)' "
              + "has at its own draws alone",
            fix: "use estimator: reparameterization, or another family"))
      }
    }
    if options.minibatch != nil, !objective.isLinear {
      problems.append(
        SettingsProblem(
          path: ["minibatch"],
          what:
            "the weights of '\(type(of: objective).name)' are of all rows: the log of an average over minibatches "
            + "is not the average of the logs", fix: "remove minibatch, or use objective: elbo"))
    }
    return problems
  }

  /// Of an estimator for latents of the other kind.
  private static func estimator(_ options: RunOptions, of isDiscrete: Bool) -> SettingsProblem {
    let name = type(of: options.chosenEstimator).name
    return SettingsProblem(
      path: ["estimator"],
      what: isDiscrete
        ? "'\(name)' is through draws that move with φ, and those of '\(type(of: options.family.family).name)' jump"
        : "'\(name)' is for families of discrete latents, which '\(type(of: options.family.family).name)' is not",
      fix: fittingEstimators(options))
  }

  /// The way out: the objective's estimators for latents of the family's kind.
  private static func fittingEstimators(_ options: RunOptions) -> String {
    let names = options.fittingEstimators.map { type(of: $0).name }
    return names.isEmpty ? "use objective: elbo" : "use \(names.joined(separator: " or "))"
  }

  /// Points of Sobol's sequence stand for each other's neighbours: what holds draws against each other is biased by them.
  private static func sobol(_ options: RunOptions, model: any Model) -> [SettingsProblem] {
    guard options.noise == .sobol else { return [] }
    let family = options.family.family
    var problems: [SettingsProblem] = []
    if !options.objective.objective.isLinear || options.chosenEstimator is ScoreFunction {
      problems.append(
        SettingsProblem(
          path: ["noise"],
          what: "is sobol, whose draws are not independent, and \(subject(options)) wants independent ones",
          fix: "use noise: independent, or objective: elbo by reparameterization or stl"))
    }
    if family.misfit(with: model) == nil, family.noiseCount(for: model) > SobolSequence.dimensionLimit {
      problems.append(
        SettingsProblem(
          path: ["noise"],
          what: "is sobol, which has \(SobolSequence.dimensionLimit) axes, and a draw takes "
            + "\(family.noiseCount(for: model)) normals", fix: "use noise: independent"))
    }
    return problems
  }

  /// What is for models alone whose latents are inferred.
  private static func inferenceAlone(_ options: RunOptions, learned model: String) -> [SettingsProblem] {
    var problems: [SettingsProblem] = []
    if options.noise == .sobol {
      problems.append(
        SettingsProblem(
          path: ["noise"], what: "is sobol, and '\(model)' has a latent for every datum",
          fix: "use noise: independent"))
    }
    if options.record.gradientNoise != nil {
      problems.append(
        SettingsProblem(
          path: ["record", "gradient_noise"],
          what: "the noise of gradients is measured where latents are inferred, and '\(model)' is learned",
          fix: "remove gradient_noise"))
    }
    return problems
  }

  /// Of a model that is learned, by its name.
  static func weights(_ options: RunOptions, learned model: String) -> [SettingsProblem] {
    let objective = options.objective.objective
    let name = type(of: objective).name
    var problems = inferenceAlone(options, learned: model)
    if !objective.learnsModels {
      let valid = Registry.objectives.entries.map(\.description.name).filter(learns)
      return problems + [
        SettingsProblem(
          path: ["objective"], what: "'\(name)' is no bound to learn the parameters of '\(model)' by",
          fix: "use \(valid.joined(separator: " or "))")
      ]
    }
    if options.chosenEstimator.source != .estimate {
      return problems + [
        SettingsProblem(
          path: ["estimator"],
          what:
            "'\(type(of: options.chosenEstimator).name)' is for q alone, and '\(model)' has parameters of its own",
          fix: "use estimator: reparameterization")
      ]
    }
    guard !objective.isLinear, !(objective is any RateObjective) else { return problems }
    problems += common(options)
    if options.family.family is ExactPosterior {
      problems.append(
        SettingsProblem(
          path: ["objective"], what: "'\(name)' needs draws, and the exact posterior is closed",
          fix: "use objective: elbo, or another family"))
    }
    return problems
  }

  /// What holds of all models: the writing, closed forms, β and the number of draws.
  private static func common(_ options: RunOptions) -> [SettingsProblem] {
    let objective = options.objective.objective
    let (name, estimator) = (type(of: objective).name, options.chosenEstimator)
    let estimatorName = type(of: estimator).name
    var problems: [SettingsProblem] = []
    if !objective.estimators.contains(where: { $0 == type(of: estimator) }) {
      problems.append(
        SettingsProblem(
          path: ["estimator"], what: "'\(estimatorName)' is no estimator of the gradient of '\(name)'",
          fix: fittingEstimators(options)))
      return problems
    }
    guard !objective.isLinear || !estimator.source.isOfTheBound else { return [] }
    if options.chosenForm != .jointEntropy {
      problems.append(
        SettingsProblem(
          path: ["form"],
          what:
            "\(options.chosenForm.rawValue) is a writing of the ELBO with closed terms, and \(subject(options)) is of "
            + "log p(x, z) - log q(z) at draws", fix: "use form: joint-entropy"))
    }
    if options.expectations == .exact {
      problems.append(
        SettingsProblem(
          path: ["expectations"], what: "\(subject(options)) is estimated from draws",
          fix: "use expectations: sampled"))
    }
    if !objective.dependsOnBeta, options.beta.constant != 1 {
      problems.append(
        SettingsProblem(
          path: ["beta"], what: "'\(name)' has no β: its weights are those of the posterior",
          fix: "remove it, or use beta: 1"))
    }
    problems += controlVariate(estimator, objective)
    let fewest = estimator.fewestDraws
    if objective.isLinear, (options.samples ?? 8) < fewest {
      problems.append(
        SettingsProblem(
          path: ["samples"],
          what: "is \(options.samples ?? 8), and \(estimatorName) holds each draw against others",
          fix: "use \(fewest) or more"))
    } else if !objective.isLinear, objective.samplesPerTerm < fewest {
      problems.append(
        SettingsProblem(
          path: ["objective", name, "k"],
          what:
            "is \(objective.samplesPerTerm), and \(estimatorName) holds each draw against others of its term",
          fix: "use \(fewest) or more"))
    }
    if objective.samplesPerTerm * (options.samples ?? 1) > 1_000_000 {
      problems.append(
        SettingsProblem(
          path: ["samples"],
          what:
            "\(options.samples ?? 1) terms of \(objective.samplesPerTerm) draws are more than a million a step",
          fix: "use fewer"))
    }
    return problems
  }

  /// What is learned over the steps is taken from signals that are not held against each other already.
  private static func controlVariate(
    _ estimator: any Estimator, _ objective: any Objective
  ) -> [SettingsProblem] {
    guard let scores = estimator as? ScoreFunction, let weights = objective as? any WeightObjective else {
      return []
    }
    let own = scores.controlVariate.rawValue
    if scores.controlVariate == .leaveOneOut {
      guard let decay = scores.decay else { return [] }
      return [
        SettingsProblem(
          path: ["estimator", ScoreFunction.name, "decay"],
          what: "is \(decay.shortest), and \(own) learns nothing over the steps",
          fix: "remove it, or use control_variate: running-mean or regression")
      ]
    }
    guard !weights.hasLearningSignals else { return [] }
    return [
      SettingsProblem(
        path: ["estimator", ScoreFunction.name, "control_variate"],
        what:
          "is \(own), and the draws of '\(type(of: weights).name)' are held against each other by its shares",
        fix: "remove it, or use objective: elbo or iwae or renyi")
    ]
  }

  /// What is spoken of: the objective, or the estimator where the objective is the ELBO.
  private static func subject(_ options: RunOptions) -> String {
    let objective = options.objective.objective
    return "'\(objective.isLinear ? type(of: options.chosenEstimator).name : type(of: objective).name)'"
  }

  private static func learns(_ name: String) -> Bool {
    var ignored: [SettingsProblem] = []
    return Registry.objectives.make(.text(name), at: [], problems: &ignored)?.learnsModels ?? false
  }
}

extension RunOptions {
  /// The writing that is named, or the one that the objective has.
  var chosenForm: Form {
    form ?? (objective.objective is any RateObjective ? .reconstructionKL : .jointEntropy)
  }

  /// The optimizer that is named, or, of factors whose optima are known, their ascent, if nothing is asked for that it does not do; or Adam:
  /// as it is for learned models, programs and particles, elsewhere so that it settles.
  var chosenOptimizer: any Optimizer {
    if let optimizer { return optimizer }
    if family.family is ConjugateFamily, isInferred, Obstacles.exactAscent(self).isEmpty {
      return CoordinateAscent()
    }
    return isInferred && !(family.family is SteinParticles) ? Self.settling : Adam()
  }

  /// Steps that get ever smaller, and the average of where they have been: from a fitted start that ends near the top with every family.
  static var settling: any Optimizer {
    var adam = Adam()
    adam.control.learningRate = 0.015
    adam.control.schedule.schedule = CosineDecay()
    adam.control.average = 0.5
    return adam
  }

  /// The estimator that is named, or one that settles, or the first of the objective's own that applies to the family's latents.
  var chosenEstimator: any Estimator {
    if let estimator { return estimator }
    if sticksToTheLanding { return StickingTheLanding() }
    return fittingEstimators.first ?? objective.objective.estimators[0].init()
  }

  /// Whether φ in log q is held fixed where nothing is said. Whoever names a writing or closed forms asks for the gradient of that estimate.
  private var sticksToTheLanding: Bool {
    family.family.sticksToTheLanding && isInferred && objective.objective is EvidenceLowerBound
      && form == nil
      && expectations == .sampled
      && (chosenOptimizer is any GradientOptimizer || chosenOptimizer is RobustAutomatedAscent)
  }

  /// Whether the model's latents are all that is fitted.
  private var isInferred: Bool { model.map { $0.learned == nil && $0.command == nil } ?? true }

  /// The objective's estimators that apply to the family's latents.
  var fittingEstimators: [any Estimator] {
    let isDiscrete = family.family is any DiscreteFamily
    return objective.objective.estimators.map { $0.init() }.filter {
      $0.source.applies(toDiscrete: isDiscrete)
    }
  }
}
