/// What objectives of the reconstruction and the KL to the prior cannot be combined with.
extension Obstacles {
  /// They are of data with latents of their own, which models have none of whose latents are inferred.
  static func ratesOfData(_ options: RunOptions, inferred model: String) -> SettingsProblem? {
    guard options.objective.objective is any RateObjective else { return nil }
    let learned = Registry<ModelChoice>.learnedModelTypes.map { $0.name }
    return SettingsProblem(
      path: ["objective"],
      what:
        "'\(type(of: options.objective.objective).name)' is of the KL of every datum's own latents, and those of "
        + "'\(model)' are shared by all data",
      fix: "use objective: elbo, or a learned model such as \(learned.joined(separator: ", "))")
  }

  /// The gap of an encoder is of a q that an encoder gives.
  static func amortization(_ options: RunOptions, model: any LearnedModel) -> [SettingsProblem] {
    guard options.evaluate.amortizationGap > 0, options.family.family is ExactPosterior,
      model.tractable != nil
    else { return [] }
    return [
      SettingsProblem(
        path: ["evaluate", "amortization_gap"],
        what: "is \(options.evaluate.amortizationGap), and the exact posterior has no encoder",
        fix: "remove amortization_gap, or use family: mean-field or full-rank where the model has an encoder")
    ]
  }

  /// Of a model that is learned.
  static func rates(_ options: RunOptions, model: any LearnedModel) -> [SettingsProblem] {
    guard let objective = options.objective.objective as? any RateObjective else { return [] }
    let name = type(of: objective).name
    let family = options.family.family
    let familyName = type(of: family).name
    var problems = [objective.flaw].compactMap(\.self)
    func refuse(_ path: [String], _ what: String, _ fix: String) {
      problems.append(SettingsProblem(path: path, what: what, fix: fix))
    }
    if options.chosenForm != .reconstructionKL {
      refuse(
        ["form"],
        "is \(options.chosenForm.rawValue), which does not have the KL to the prior apart, as '\(name)' needs it",
        "remove form, or use form: reconstruction-kl")
    }
    if !objective.dependsOnBeta, options.beta.constant != 1 {
      refuse(
        ["beta"],
        "'\(name)' has no β: how much the KL weighs follows from its own options", "remove it, or use beta: 1"
      )
    }
    guard let encoded = family as? any EncodedFamily, LearningTask.posterior(family, model) != nil else {
      if family is ExactPosterior, model.tractable != nil {
        refuse(
          ["objective"],
          "'\(name)' moves the KL of q, and '\(familyName)' leaves q nothing to move: it is the posterior",
          "use objective: elbo, or family: mean-field or full-rank where the model has an encoder")
      }
      return problems
    }
    switch objective.need {
    case .rate: break
    case .rateOfEachLatent:
      if !BoundTape.hasLatentRates(model: model, family: encoded) {
        refuse(
          ["objective", name],
          "is of each latent's own KL, which the prior of '\(model.modelName)' does not have",
          "use group: all, or a prior of independent normals")
      }
    case .independentLatents:
      if !encoded.hasIndependentLatents {
        refuse(
          ["family"],
          "is '\(familyName)', and the total correlation of '\(name)' is of latents that are independent under q",
          "use family: mean-field")
      }
    }
    return problems
  }
}
