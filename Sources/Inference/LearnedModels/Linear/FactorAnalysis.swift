/// x = W z + b + ε with z ~ N(0, I) and ε ~ N(0, diag ψ), all of W, b and ψ learned (Rubin & Thayer 1982).
///
/// Below β = 1 the objective has no maximum: a latent that is given to one column lets its ψ fall to 0. EM then ends as
/// diverged and names the column.
public struct FactorAnalysis: LinearGaussianModel {
  public static let name = "factor-analysis"
  public static let summary = "linear latents, a noise variance for each column"
  public static var example: (options: LinearLatentOptions, data: DataArray) {
    (LinearLatentOptions(), .example)
  }
  let core: LinearGaussian

  public init(_ options: LinearLatentOptions, shape: LearningData.Shape) throws(SettingsProblem) {
    core = LinearGaussian(width: shape.width, latentCount: options.latents, noise: .perColumn)
  }
}
