package import ReverseTape

/// Everything that is known of a bound at one φ, recorded on a tape: the densities at the draws, and each term in
/// closed form where it has one.
///
/// Draws are those of the latents of a model; where a model is learned, each draw is of one datum's latent and stands,
/// times the number of data, for all of them.
package struct BoundTape {
  package static let parametersSlot = "parameters"
  package static let noiseSlot = "noise"
  package static let betaSlot = "beta"
  /// What a rate objective has besides, see `ObjectiveControl`.
  package static let controlSlot = "control"

  package let tape: Tape
  let maximised: any Objective
  let estimator: any Estimator
  let form: Form
  let expectations: Expectations
  package let beta: Traced
  package let parameters: Traced?
  /// The standard normals that the draws are made of; nil where nothing is drawn.
  let noise: Traced?
  /// Whether q has a density, so that its ELBO is a bound.
  let hasDensity: Bool
  /// q as its family recorded it.
  package let q: Variational

  /// log p(x given z), scaled to the whole data set, and log p(z) with its log-Jacobian, at each draw; nil where
  /// there is no draw.
  package let logLikelihood: Traced?
  package let logPrior: Traced?
  /// log p(x, z) of a model whose prior and likelihood cannot be told apart; the two are nil then.
  let opaqueLogJoint: Traced?
  /// log q(z) at each draw; nil where q has no density.
  package let logDensity: Traced?

  /// The closed forms, each nil where it does not exist.
  package let closedReconstruction: Traced?
  package let closedLogPrior: Traced?
  package let closedEntropy: Traced?
  package let closedPriorDivergence: Traced?
  package let closedPosteriorDivergence: Traced?
  /// log Z_β and KL[q ‖ p_β], where the posterior is tractable.
  let logNormalizer: Traced?
  let closedTemperedDivergence: Traced?
  /// log p(x), where it is known.
  package let logEvidence: RecordedTerm?
  /// log q(z) at each draw with φ held fixed, or with the draw; nil unless the estimator takes it.
  let estimatedLogDensity: Traced?
  /// log p(x given z) + β log p(z) at relaxed draws; nil unless the estimator takes it.
  let relaxedLogJoint: Traced?
  /// The data that each draw stands for, and how many of them a step's draws are of.
  let dataCount: Double
  let rowCount: Int
  /// Whether the likelihood is over rows drawn anew at each step, so that even its closed form is an estimate.
  let isMinibatch: Bool
  /// Whether so are the terms of the latents, each datum having its own.
  let hasLatentPerDatum: Bool
  /// KL[q ‖ p(z)] of each latent `[latents]` of a datum, and the number that changes from step to step; nil unless the objective
  /// takes them.
  var latentRates: Traced?
  var control: Traced?
  /// What the estimator learns over the steps; nil where it learns nothing.
  var learnedControl: LearnedControl?
}

extension BoundTape {
  /// log p(x, z) with its log-Jacobian at each draw; nil where there is no draw.
  package var logJoint: Traced? {
    if let opaqueLogJoint { return opaqueLogJoint }
    guard let logLikelihood, let logPrior else { return nil }
    return logLikelihood + logPrior
  }

  /// log p(x, z) − log q(z) at each draw, the log of an importance weight; nil where q has no density or nothing is drawn.
  package var logWeight: Traced? {
    guard let logJoint, let logDensity else { return nil }
    return logJoint - logDensity
  }

  /// What a bound is recorded for.
  package enum Purpose: Sendable {
    /// The steps of a fit, over its minibatches.
    case steps
    /// The final evaluation, over all rows, with closed forms too costly for every step.
    case final
    /// Single draws of q, over all rows. For the others, what a mixture has at each draw is a weighted sum over its strata.
    case draws
  }

  /// The bound of a run's task.
  package init(_ settings: RunSettings, draws: Int, for purpose: Purpose) {
    switch settings.task {
    case .inference(let task):
      self.init(task, settings, draws: draws, for: purpose)
    case .learning(let task):
      let rows = settings.minibatch ?? task.data.training.rowCount
      self.init(task, settings, rows: rows, samples: draws)
    case .program: preconditionFailure("a program has a bound of its own")
    }
  }
}
