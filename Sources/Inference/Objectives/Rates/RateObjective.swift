public import ReverseTape

/// An objective of the two terms of the bound, the reconstruction and the KL to the prior, of data with latents of their own: how many
/// nats q may spend on a datum, its rate, is steered otherwise than by β alone.
///
/// It is what training climbs; what is recorded of the bound are its own terms at β = 1.
public protocol RateObjective: Objective {
  /// What it has besides parameters, data and draws; nil where there is nothing.
  var control: ObjectiveControl? { get }
  /// What it asks of q and the prior.
  var need: RateNeed { get }
  /// What is wrong with its own options; nil where nothing is.
  var flaw: SettingsProblem? { get }
  /// What is maximised, in nats per datum, a shared scalar.
  func bound(_ terms: RateTerms) -> Traced
}

extension RateObjective {
  public var samplesPerTerm: Int { 1 }
  public var estimators: [any Estimator.Type] { [Reparameterization.self] }
  public var learnsModels: Bool { true }
  public var control: ObjectiveControl? { nil }
  public var need: RateNeed { .rate }
  public var flaw: SettingsProblem? { nil }
}

/// What a rate objective asks of q and the prior.
public enum RateNeed: Sendable {
  /// The rate as a whole, which can be drawn.
  case rate
  /// The rate of each latent in closed form: a Gaussian q and independent normal priors.
  case rateOfEachLatent
  /// Latents that are independent under q.
  case independentLatents
}

/// A number of an objective that changes from step to step and is no parameter of the model.
public enum ObjectiveControl: Sendable {
  /// By a schedule, recorded by this name.
  case scheduled(Beta, metric: String)
  /// A Lagrange multiplier that follows its constraint.
  case multiplier(MultiplierRule)
}

/// The terms that rate objectives are made of, in nats per datum, over the data and draws of a step.
public struct RateTerms {
  /// E_q[log p(x given z)].
  package let reconstruction: Traced
  /// KL[q ‖ p(z)], the mean over the data.
  package let rate: Traced
  /// The rate of each latent, `[latents]`, given the latents before it where they are not independent: they sum to `rate`. nil where
  /// they are not closed.
  package let rates: Traced?
  package let beta: Traced
  /// The number that changes from step to step; nil where there is none.
  package let control: Traced?
  /// z of each draw, and the moments of the q that it is from.
  let draw: Traced?
  let gaussian: GaussianMoments?
  /// The number of all data.
  let dataCount: Double
}
