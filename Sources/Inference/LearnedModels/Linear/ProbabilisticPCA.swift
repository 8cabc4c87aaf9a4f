/// x = W z + b + ε with z ~ N(0, I) and ε ~ N(0, σ² I), all of W, b and σ² learned (Tipping & Bishop 1999).
public struct ProbabilisticPCA: LinearGaussianModel {
  public static let name = "ppca"
  public static let summary = "probabilistic principal components: linear latents, one noise variance"
  public static var example: (options: LinearLatentOptions, data: DataArray) {
    (LinearLatentOptions(), .example)
  }
  let core: LinearGaussian

  public init(_ options: LinearLatentOptions, shape: LearningData.Shape) throws(SettingsProblem) {
    core = LinearGaussian(width: shape.width, latentCount: options.latents, noise: .shared)
  }
}
