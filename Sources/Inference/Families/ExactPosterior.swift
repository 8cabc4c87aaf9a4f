import NumericArrays
public import ReverseTape

/// The posterior itself, where it is tractable: nothing is fitted, every term is exact and the bound is tight.
public struct ExactPosterior: Family {
  public static let name = "exact"
  public static let summary = "the posterior itself, where it is tractable"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public func parameterCount(for model: any Model) -> Int { 0 }
  public func noiseCount(for model: any Model) -> Int {
    model.posterior?.closedTerms == nil ? model.dimension : 0
  }
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] { [] }

  public func obstacle(with model: any Model) -> SettingsProblem? {
    guard model.posterior == nil else { return nil }
    return SettingsProblem(
      path: ["family"], what: "the posterior of '\(model.modelName)' is not tractable",
      fix: "use another family, or a model with a tractable posterior: "
        + Registry.models.namesWithPosterior.joined(separator: ", "))
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let posterior = model.posterior else { preconditionFailure("the posterior is not tractable") }
    if let terms = posterior.closedTerms { return Variational(closedTerms: terms) }
    guard let noise else { preconditionFailure("a Gaussian posterior needs noise") }
    let moments = posterior.moments
    let factor = LowerFactor(moments.factor, on: tape)
    let logDeterminant = tape.constant(Matrix.logDeterminant(lower: moments.factor))
    return Variational(
      draw: tape.constant(moments.mean) + factor.times(noise),
      logDensity: noise.standardNormalLogDensity() - 0.5 * logDeterminant,
      gaussian: GaussianMoments(
        mean: tape.constant(moments.mean),
        variance: tape.constant(moments.variances),
        logDeterminant: logDeterminant, covariance: .factor(factor)))
  }
}
