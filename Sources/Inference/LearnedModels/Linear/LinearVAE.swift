/// A VAE with an affine decoder W z + b, one noise variance, and an affine encoder whose covariance is that of the family
/// (Lucas, Tucker, Grosse & Norouzi 2019).
public struct LinearVAE: LinearGaussianModel {
  public struct Options: LearnedModelOptions {
    public var source = DataOptions()
    public var latents = 2
    public var noiseSD: Double?
    public static var options: [Option<Self>] {
      Option.dataOptions + [
        .integer("latents", \.latents, 1...10_000, "number of latents of a datum"),
        .number("noise_sd", \.noiseSD, .positive, "sd of the noise of x given z; null: learned"),
      ]
    }
    public init() {}
  }

  public static let name = "linear-vae"
  public static let summary = "an affine decoder and encoder: the VAE whose optimum is known"
  public static var example: (options: Options, data: DataArray) {
    var options = Options()
    options.noiseSD = 0.5
    return (options, .example)
  }
  let core: LinearGaussian

  public init(_ options: Options, shape: LearningData.Shape) throws(SettingsProblem) {
    core = LinearGaussian(
      width: shape.width, latentCount: options.latents,
      noise: options.noiseSD.map { .fixed($0 * $0) } ?? .shared)
  }

  public var derivedConfiguration: ConfigMapping {
    guard case .fixed(let variance) = core.noise else { return [:] }
    return ["noise_variance": .number(variance)]
  }
}
