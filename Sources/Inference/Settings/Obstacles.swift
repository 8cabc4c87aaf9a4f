/// What cannot be combined, for every kind of task.
enum Obstacles {
  /// The evidence gap wants a tractable posterior and a β to divide by.
  static func evidenceGap(_ options: RunOptions, model: String, isTractable: Bool) -> [SettingsProblem] {
    guard options.chosenForm == .evidenceGap else { return [] }
    var problems: [SettingsProblem] = []
    if !isTractable {
      problems.append(
        SettingsProblem(
          path: ["form"],
          what: "evidence-gap cannot be optimised for '\(model)': its posterior is not tractable",
          fix: "use joint-entropy or reconstruction-kl, or one of "
            + Registry.models.namesWithPosterior.joined(separator: ", ")))
    }
    let family = options.family.family
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
    return problems
  }

  /// Of a model whose prior and likelihood cannot be told apart only the sum of their logs is known.
  static func opaque(_ options: RunOptions, model: String, _ reason: String) -> [SettingsProblem] {
    var problems: [SettingsProblem] = []
    let known = "of '\(model)' only the joint density is known: \(reason)"
    if options.chosenForm != .jointEntropy {
      problems.append(
        SettingsProblem(
          path: ["form"],
          what:
            "\(options.chosenForm.rawValue) needs the prior apart from the likelihood, but \(known)",
          fix: "use form: joint-entropy"))
    }
    if options.beta.constant != 1 {
      let beta = options.beta.constant.map { $0.shortest } ?? "a schedule"
      problems.append(
        SettingsProblem(
          path: ["beta"],
          what: "is \(beta), which weighs the prior against the likelihood, but \(known)",
          fix: "remove it, or use beta: 1"))
    }
    return problems
  }

  /// What wb fits itself is told what it knows of.
  static func parameters(_ options: RunOptions) -> [SettingsProblem] {
    guard !options.parameters.isEmpty else { return [] }
    return [
      SettingsProblem(
        path: ["parameters"], what: "parameters are for programs, as in model: {command: {argv: […]}}",
        fix: "remove them, or set them for programs alone with zip: {model: […], parameters: [null, {…}]}")
    ]
  }

  /// What searches for a Gaussian itself wants a place to start from, and no Gaussian.
  static func fittedStart(_ options: RunOptions) -> [SettingsProblem] {
    guard options.initial == .fitted, options.searchesItself else { return [] }
    return [
      SettingsProblem(
        path: ["initial"], what: "is fitted, and this run searches for its own start",
        fix: "remove initial, or use {location: …, scale: …}")
    ]
  }

  /// A sampler has no bound to write, no φ to move, and one density.
  static func sampler(_ options: RunOptions) -> [SettingsProblem] {
    guard let sampler = options.family.family as? any PosteriorSampler else { return [] }
    var problems: [SettingsProblem] = []
    func refuse(_ key: String, _ what: String, _ fix: String) {
      problems.append(SettingsProblem(path: [key], what: what, fix: fix))
    }
    let name = type(of: sampler).name
    let objective = type(of: options.objective.objective).name
    if !(options.objective.objective is EvidenceLowerBound) {
      refuse(
        "objective", "is \(objective): '\(name)' is of the posterior itself and maximises nothing",
        "remove objective")
    }
    if options.chosenForm != .jointEntropy {
      refuse(
        "form",
        "is \(options.chosenForm.rawValue): '\(name)' is of the posterior itself and has no bound to write",
        "use form: joint-entropy")
    }
    if options.beta.constant.map({ $0 <= 0 }) ?? true {
      refuse(
        "beta",
        "is \(options.beta.constant?.shortest ?? "a schedule"): '\(name)' needs one density p(z) p(x|z)^(1/β)",
        "use a number above 0")
    }
    if options.minibatch != nil {
      refuse("minibatch", "is \(options.minibatch ?? 0): '\(name)' evaluates all rows", "remove minibatch")
    }
    if options.precision == .float32 {
      refuse("precision", "is float32: '\(name)' computes in float64", "remove precision")
    }
    return problems
  }

  /// What finds a Gaussian ascends one log density over all rows.
  static func finder(_ options: RunOptions, name: String, parameterCount: Int) -> [SettingsProblem] {
    guard let finder = options.chosenOptimizer as? any GaussianFinder else { return [] }
    let own = type(of: finder).name
    var problems: [SettingsProblem] = []
    func refuse(_ key: String, _ what: String, _ fix: String) {
      problems.append(SettingsProblem(path: [key], what: what, fix: fix))
    }
    if !(options.objective.objective is EvidenceLowerBound) {
      let objective = type(of: options.objective.objective).name
      refuse("objective", "is \(objective): '\(own)' ascends the log density itself", "remove objective")
    }
    if options.beta.constant.map({ $0 <= 0 }) ?? true {
      let beta = options.beta.constant?.shortest ?? "a schedule"
      refuse("beta", "is \(beta): '\(own)' ascends one density p(z) p(x|z)^(1/β)", "use a number above 0")
    }
    if let size = options.minibatch {
      refuse("minibatch", "is \(size): '\(own)' evaluates all rows", "remove minibatch")
    }
    if options.precision == .float32 {
      refuse("precision", "is float32: '\(own)' computes in float64", "remove precision")
    }
    if options.record.gradientNoise != nil {
      refuse(
        "record", "asks for gradient_noise, and the gradients of '\(own)' have none", "remove gradient_noise")
    }
    if options.family.family is any DiscreteFamily {
      refuse(
        "optimizer", "'\(own)' finds a Gaussian, and the latents of '\(name)' are discrete",
        "use coordinate-ascent or adam")
    }
    if parameterCount == 0, !(options.family.family is any PosteriorSampler) {
      let family = type(of: options.family.family).name
      refuse(
        "optimizer", "'\(own)' has nothing to find: '\(family)' has no parameters with '\(name)'",
        "use another family")
    }
    return problems
  }

  static func minibatch(_ options: RunOptions, rowCount: Int) -> [SettingsProblem] {
    guard let size = options.minibatch, size > rowCount else { return [] }
    return [
      SettingsProblem(
        path: ["minibatch"], what: "is \(size)", fix: "use at most \(rowCount), the number of rows")
    ]
  }

  static func closedForms(_ options: RunOptions, model: String, exist: Bool) -> [SettingsProblem] {
    guard options.expectations == .exact, !exist else { return [] }
    return [
      SettingsProblem(
        path: ["expectations"],
        what: "'\(model)' with '\(type(of: options.family.family).name)' has no closed forms throughout",
        fix: "use expectations: sampled")
    ]
  }
}

extension InferenceTask {
  /// What cannot be combined.
  static func obstacles(_ options: RunOptions, model: any Model) -> [SettingsProblem] {
    let family = options.family.family
    let name = model.modelName
    let misfit = family.misfit(with: model)
    // Of latents of another kind nothing else can be said.
    if let misfit, model.isDiscrete || family is any DiscreteFamily { return [misfit] }
    if let problem = Obstacles.ratesOfData(options, inferred: name) { return [problem] }
    var problems = [misfit].compactMap(\.self)
    if let reason = model.opaqueReason {
      problems += Obstacles.opaque(options, model: name, reason)
    } else if !(family is any PosteriorSampler) {
      problems += Obstacles.evidenceGap(options, model: name, isTractable: model.posterior != nil)
    }
    if let rows = model.rows {
      problems += Obstacles.minibatch(options, rowCount: rows.rowCount)
    } else if options.minibatch != nil {
      problems.append(
        SettingsProblem(
          path: ["minibatch"], what: "the likelihood of '\(name)' is not a sum over rows",
          fix: "remove minibatch"))
    }
    problems += Obstacles.simulation(options, model: model)
    problems += Obstacles.sampler(options)
    problems += Obstacles.fittedStart(options)
    problems += Obstacles.particles(options)
    problems += Obstacles.closedForms(
      options, model: name, exist: BoundTape.hasClosedForms(model: model, family: family))
    problems += Obstacles.weights(options, model: model)
    problems += Obstacles.finder(options, name: name, parameterCount: family.parameterCount(for: model))
    problems += Obstacles.locationScale(options)
    problems += Obstacles.fixedDraws(options, model: model)
    problems += Obstacles.coordinates(options, model: model)
    problems += Obstacles.averagedIterates(options)
    problems += Obstacles.pilot(
      options, parameterCount: misfit == nil ? family.parameterCount(for: model) : nil)
    if options.chosenOptimizer is ExpectationMaximization {
      problems.append(
        SettingsProblem(
          path: ["optimizer"],
          what: "'\(type(of: options.chosenOptimizer).name)' learns parameters, and '\(name)' has none",
          fix: "use another optimizer, or one of "
            + Registry<ModelChoice>.learnedModelTypes.filter { $0.hasTractablePosterior }.map { $0.name }
            .joined(separator: ", ")))
    }
    if options.evaluate != EvaluationSettings() {
      problems.append(
        SettingsProblem(
          path: ["evaluate"], what: "'\(name)' has no parameters to learn, so there is nothing to evaluate",
          fix: "remove evaluate"))
    }
    return problems
  }
}
