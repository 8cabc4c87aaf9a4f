/// The options of a VAE.
public struct VAEOptions: LearnedModelOptions {
  public var source = DataOptions()
  public var latents = 2
  public var hidden = [200]
  public var decoderHidden: [Int]?
  public var activation = Activation.tanh
  public var likelihood = DecoderLikelihood.Kind.bernoulli
  public var noise = DecoderLikelihood.Noise.shared
  public var noiseSD = 1.0
  public var prior = LatentPrior.standardNormal
  public var components = 100

  public static var options: [Option<Self>] {
    Option.dataOptions + [
      .integer("latents", \.latents, 1...10_000, "number of latents of a datum"),
      .integers("hidden", \.hidden, 1...100_000, "widths of the encoder's hidden layers"),
      .integers(
        "decoder_hidden", \.decoderHidden, 1...100_000,
        "widths of the decoder's hidden layers; null: the encoder's, reversed"),
      .choice("activation", \.activation, "what stands between the layers"),
      .choice("likelihood", \.likelihood, "the distribution of x given z"),
      .choice("noise", \.noise, "whose variance the Gaussian likelihood has"),
      .number(
        "noise_sd", \.noiseSD, .positive, "the sd of fixed Gaussian noise, and where learned ones start"),
      .choice("prior", \.prior, "the distribution of z"),
      .integer("components", \.components, 1...100_000, "number of pseudo-inputs of the vamp prior"),
    ]
  }
  public init() {}
}

/// The distribution of the latents of a VAE.
public enum LatentPrior: String, CaseIterable, Sendable {
  case standardNormal = "standard-normal"
  /// A mixture of the posteriors of learned pseudo-inputs (Tomczak & Welling 2018).
  case vamp
}
