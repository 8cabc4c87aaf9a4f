/// A model that a truth can be drawn from, and observations given that: replicates for simulation-based calibration (Cook, Gelman &
/// Rubin 2006; Talts et al. 2018, "Validating Bayesian inference algorithms with simulation-based calibration").
public protocol SimulatedModel: Model {
  /// Latents drawn from the prior, and the model of observations drawn given them: as many as this model has, at its covariates and
  /// standard errors. Neither depends on what this model has observed.
  ///
  /// - Throws: where the prior is so wide that what is drawn cannot be modelled.
  func simulated(by noise: SimulationNoise) throws(SettingsProblem) -> Simulation
}

/// Latents, and a model of observations that were drawn given them.
public struct Simulation: Sendable {
  /// z on the unconstrained scale, `[dimension]`.
  public var truth: [Double]
  public var model: any Model

  /// - Precondition: the truth has the model's dimension.
  public init(truth: [Double], model: any Model) {
    precondition(truth.count == model.dimension, "a number for each latent")
    self.truth = truth
    self.model = model
  }
}

/// What a run draws of a truth: the latents of the model that it is fitted to, and the seed of the draws of q that they are ranked among.
public struct SimulatedTruth: Hashable, Sendable {
  /// z on the unconstrained scale, `[dimension]`.
  public var latents: [Double]
  public var seed: UInt64
}
