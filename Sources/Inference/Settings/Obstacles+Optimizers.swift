/// What optimizers for some families or tasks alone cannot be combined with.
extension Obstacles {
  /// Optimizers that know nothing of parameters to learn.
  static func latentsAlone(_ options: RunOptions, learned model: String) -> [SettingsProblem] {
    let optimizer = options.chosenOptimizer
    let does: String
    switch optimizer {
    case is any GaussianFinder: does = "finds a Gaussian for latents"
    case is any LocationScaleOptimizer: does = "moves the location and scale of latents"
    case is DeterministicInference: does = "keeps the draws of latents"
    case is CoordinateAscent: does = "sets the factors of latents"
    case is RobustAutomatedAscent: does = "compares Gaussians of latents"
    default: return []
    }
    return [
      SettingsProblem(
        path: ["optimizer"],
        what: "'\(type(of: optimizer).name)' \(does), and '\(model)' has parameters to learn",
        fix: "use another optimizer")
    ]
  }

  /// The optimum of a factor is known of Gaussian posteriors, of full conditionals in known families and of states that can be counted.
  static func coordinates(_ options: RunOptions, model: any Model) -> [SettingsProblem] {
    let family = options.family.family
    guard let ascent = options.chosenOptimizer as? CoordinateAscent, !(family is any PosteriorSampler)
    else {
      return []
    }
    let name = CoordinateAscent.name
    var problems: [SettingsProblem] = []
    func refuse(_ key: String, _ what: String, _ fix: String) {
      problems.append(SettingsProblem(path: [key], what: what, fix: fix))
    }
    let count = family.parameterCount(for: model)
    let start = [Double](repeating: 0, count: count)
    if family.misfit(with: model) == nil,
      count == 0 || ascent.factors(of: family, model, start: start, beta: 1) == nil
    {
      refuse(
        "optimizer",
        "'\(name)' knows no optimum of the factors of '\(type(of: family).name)' with '\(model.modelName)'",
        "use family: mean-field or block-diagonal with a Gaussian posterior (conjugate-normal, bayesian-linear-regression, "
          + "correlated-gaussian), family: conjugate with full conditionals in known families ("
          + Registry.models.namesWithConditionals.joined(separator: ", ")
          + "), family: bernoulli or categorical with discrete latents, or another optimizer")
    }
    problems += exactAscent(options)
    if let beta = options.beta.constant, beta > 0, beta != 1, !model.isDiscrete, !(family is ConjugateFamily)
    {
      refuse(
        "beta", "is \(beta.shortest): '\(name)' knows the factors' optima of a Gaussian posterior at β = 1",
        "remove beta, or use another optimizer")
    }
    return problems
  }

  /// One bound is climbed, over all rows and without gradients.
  static func exactAscent(_ options: RunOptions) -> [SettingsProblem] {
    let name = CoordinateAscent.name
    var problems: [SettingsProblem] = []
    func refuse(_ key: String, _ what: String, _ fix: String) {
      problems.append(SettingsProblem(path: [key], what: what, fix: fix))
    }
    if !(options.objective.objective is EvidenceLowerBound) {
      let objective = type(of: options.objective.objective).name
      refuse("objective", "is \(objective): '\(name)' climbs the ELBO", "remove objective")
    }
    if options.beta.constant.map({ $0 <= 0 }) ?? true {
      let beta = options.beta.constant?.shortest ?? "a schedule"
      refuse("beta", "is \(beta): '\(name)' climbs one bound", "use a number above 0")
    }
    if let size = options.minibatch {
      refuse("minibatch", "is \(size): '\(name)' evaluates all rows", "remove minibatch")
    }
    if options.precision == .float32 {
      refuse("precision", "is float32: '\(name)' computes in float64", "remove precision")
    }
    // The first one is what a run records where nothing is said.
    let recorded = options.fittingEstimators.first.map { type(of: $0).name }
    if let estimator = options.estimator.map({ type(of: $0).name }), estimator != recorded {
      refuse("estimator", "is \(estimator): '\(name)' takes no gradients", "remove estimator")
    }
    return problems
  }

  /// Particles move by a rule for single numbers, and each stands for itself.
  static func particles(_ options: RunOptions) -> [SettingsProblem] {
    guard options.family.family is SteinParticles else { return [] }
    let name = type(of: options.chosenOptimizer).name
    guard let optimizer = options.chosenOptimizer as? any ElementwiseOptimizer else {
      return [
        SettingsProblem(
          path: ["optimizer"], what: "'\(name)' does not move the particles of '\(SteinParticles.name)'",
          fix: "use adagrad, adam or another one that moves each number by its own gradient")
      ]
    }
    guard optimizer.control.average > 0 else { return [] }
    return [
      SettingsProblem(
        path: ["optimizer", name, "average"],
        what: "is \(optimizer.control.average.shortest), and particles at several steps have no average",
        fix: "use 0")
    ]
  }

  /// What moves a location and a scale takes φ for theirs.
  static func locationScale(_ options: RunOptions) -> [SettingsProblem] {
    let family = options.family.family
    guard let optimizer = options.chosenOptimizer as? any LocationScaleOptimizer,
      !(family is any PosteriorSampler)
    else { return [] }
    let problem = type(of: optimizer).obstacle(family: family, objective: options.objective.objective)
    return [problem].compactMap(\.self)
  }

  /// Averages are of φ that stay about one place, and are compared as the Gaussians that they say.
  static func averagedIterates(_ options: RunOptions) -> [SettingsProblem] {
    let family = options.family.family
    guard options.chosenOptimizer is RobustAutomatedAscent, !(family is any PosteriorSampler) else {
      return []
    }
    let name = RobustAutomatedAscent.name
    var problems: [SettingsProblem] = []
    if !(family is any FactoredGaussian) {
      problems.append(
        SettingsProblem(
          path: ["optimizer"],
          what: "'\(name)' averages the parameters of Gaussians that have one φ each, which those of "
            + "'\(type(of: family).name)' are not",
          fix: "use family: \(RobustAutomatedAscent.families.joined(separator: " or ")), or another optimizer"
        ))
    }
    if options.beta.constant == nil {
      problems.append(
        SettingsProblem(
          path: ["beta"], what: "is a schedule: '\(name)' waits for iterates that stay about one optimum",
          fix: "use a number"))
    }
    if options.precision == .float32 {
      problems.append(
        SettingsProblem(
          path: ["precision"], what: "is float32: '\(name)' computes in float64", fix: "remove precision"))
    }
    return problems
  }

  /// A bound at fixed draws is one function of φ, and has a top where the draws are many enough.
  static func fixedDraws(_ options: RunOptions, model: any Model) -> [SettingsProblem] {
    let family = options.family.family
    guard let dadvi = options.chosenOptimizer as? DeterministicInference,
      !(family is any PosteriorSampler)
    else {
      return []
    }
    let name = DeterministicInference.name
    var problems: [SettingsProblem] = []
    func refuse(_ path: [String], _ what: String, _ fix: String) {
      problems.append(SettingsProblem(path: path, what: what, fix: fix))
    }
    let estimator = options.chosenEstimator
    if !(options.objective.objective is EvidenceLowerBound) {
      let objective = type(of: options.objective.objective).name
      refuse(["objective"], "is \(objective): '\(name)' climbs the ELBO", "remove objective")
    } else if estimator.source != .estimate {
      refuse(
        ["estimator"],
        "is \(type(of: estimator).name), which is not the gradient of the bound at fixed draws",
        "remove estimator")
    }
    if options.beta.constant.map({ $0 <= 0 }) ?? true {
      let beta = options.beta.constant?.shortest ?? "a schedule"
      refuse(["beta"], "is \(beta): '\(name)' climbs one bound to its top", "use a number above 0")
    }
    if let size = options.minibatch {
      refuse(["minibatch"], "is \(size): '\(name)' evaluates all rows", "remove minibatch")
    }
    if let samples = options.samples, samples != dadvi.draws {
      refuse(["samples"], "is \(samples): '\(name)' has draws of its own", "remove samples")
    }
    if options.precision == .float32 {
      refuse(["precision"], "is float32: '\(name)' computes in float64", "remove precision")
    }
    if options.record.gradientNoise != nil {
      refuse(
        ["record", "gradient_noise"], "gradients at the fixed draws of '\(name)' have no noise",
        "remove gradient_noise")
    }
    if family.misfit(with: model) == nil { problems += affineDraws(options, dadvi, family, model) }
    return problems
  }

  /// A latent with as many coefficients of noise as there are draws, and a location, can have all draws in one place while its scale
  /// grows: the bound rises for ever (Giordano, Ingram & Broderick 2024, on full-rank ADVI).
  private static func affineDraws(
    _ options: RunOptions, _ dadvi: DeterministicInference, _ family: any Family, _ model: any Model
  ) -> [SettingsProblem] {
    let (name, familyName) = (DeterministicInference.name, type(of: family).name)
    guard let coefficients = family.coefficientsPerLatent(for: model) else {
      return [
        SettingsProblem(
          path: ["family"],
          what:
            "'\(name)' needs draws that are affine in their noise, which those of '\(familyName)' are not: fixed ones "
            + "can be fitted while q is anything between them", fix: "use family: mean-field")
      ]
    }
    guard options.expectations == .sampled, dadvi.draws <= coefficients else { return [] }
    return [
      SettingsProblem(
        path: ["optimizer", name, "draws"],
        what:
          "is \(dadvi.draws), and '\(familyName)' has \(coefficients) coefficients of noise for one latent of "
          + "'\(model.modelName)': with no more draws than these the bound has no top, as all draws can stay in one "
          + "place while the entropy grows",
        fix: "use \(coefficients + 1) or more, better several times as many, or family: mean-field")
    ]
  }
}
