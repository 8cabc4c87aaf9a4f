import Foundation
public import NumericArrays
public import ReverseTape

/// A network decodes z ~ p(z) to the distribution of x, and another encodes x to q(z given x) (Kingma & Welling 2014;
/// Rezende, Mohamed & Wierstra 2014).
public struct VariationalAutoencoder: LearnedModel {
  public static let name = "vae"
  public static let summary = "a neural decoder and encoder: Bernoulli or Gaussian data"
  public static let defaultPrecision = Precision.float32
  public static var example: (options: VAEOptions, data: DataArray) {
    var options = VAEOptions()
    options.hidden = [3]
    options.source.binarize = .threshold
    options.source.divideBy = 7
    return (options, .example)
  }

  let options: VAEOptions
  private let width: Int
  let likelihood: DecoderLikelihood
  private let decoder: MultilayerPerceptron
  public let parameters: ParameterBlocks

  public init(_ options: VAEOptions, shape: LearningData.Shape) throws(SettingsProblem) {
    self.options = options
    width = shape.width
    likelihood = DecoderLikelihood(options, width: width)
    decoder = MultilayerPerceptron(
      "decoder", sizes: [options.latents] + (options.decoderHidden ?? options.hidden.reversed()) + [width],
      activation: options.activation)
    let pseudoInputs =
      options.prior == .vamp
      ? [ParameterBlock("prior.pseudo_inputs", Shape(width, options.components), isMatrix: true)] : []
    parameters = ParameterBlocks(decoder.blocks + likelihood.blocks + pseudoInputs)
  }

  public var dataWidth: Int { width }
  public var latentCount: Int { options.latents }

  public func check(_ data: LearningData) throws(SettingsProblem) {
    for (option, rows) in [("data", data.training), ("validation", data.validation), ("test", data.test)] {
      if let rows { try check(rows, shape: data.shape, option: option) }
    }
  }
  public func check(_ rows: DataRows, shape: LearningData.Shape, option: String) throws(SettingsProblem) {
    try likelihood.check(rows, shape: shape, option: option)
  }

  public func encoder(for family: any EncodedFamily) -> Encoder? {
    Encoder(
      hidden: options.hidden, activation: options.activation, width: width,
      parameterCount: family.parameterCount(dimension: latentCount))
  }

  /// The vamp prior is made of mean-field posteriors.
  public func obstacle(with family: any Family) -> SettingsProblem? {
    guard options.prior == .vamp, !(family is MeanField) else { return nil }
    return SettingsProblem(
      path: ["family"],
      what: "is '\(type(of: family).name)', and the vamp prior is made of mean-field posteriors",
      fix: "use family: mean-field, or prior: standard-normal")
  }

  /// Random weights; the decoder's last bias gives the mean of the data, the pseudo-inputs are data.
  public func initialParameters(_ data: DataRows, noise: NoiseStream, start: Int) throws(DegenerateModel)
    -> [Double]
  {
    let mean = data.columnMoments.mean
    let network = decoder.initial(noise, firstStep: 1000, lastBias: likelihood.outputs(forMean: mean))
    let pseudoInputs =
      options.prior == .vamp
      ? VampPrior.initial(
        data, count: options.components, isBernoulli: likelihood.isBernoulli, noise: noise) : []
    return network + likelihood.initial(data) + pseudoInputs
  }

  public func mean(_ z: Traced, _ theta: ParameterView) -> Traced {
    likelihood.mean(decoder(z, theta))
  }
  public func priorDraw(
    _ noise: GenerationNoise, _ theta: ParameterView, posteriorDraw: (Traced) -> Traced
  ) -> Traced {
    switch options.prior {
    case .standardNormal: noise.latentNormals
    case .vamp: posteriorDraw(VampPrior.chosenInput(theta, likelihood, noise.latentUniform))
    }
  }
  public func draw(_ z: Traced, _ noise: GenerationNoise, _ theta: ParameterView) -> Traced? {
    likelihood.draw(decoder(z, theta), noise, theta)
  }
  public func logLikelihood(_ x: Traced, _ z: Traced, _ theta: ParameterView) -> Traced {
    likelihood.logDensity(x, decoder(z, theta), theta)
  }
  public func logPrior(_ z: Traced, _ theta: ParameterView, encode: (Traced) -> Traced) -> Traced {
    switch options.prior {
    case .standardNormal: StandardNormalLatents.logPrior(z)
    case .vamp: VampPrior.logDensity(z, pseudoPosteriors: encode(VampPrior.inputs(theta, likelihood)))
    }
  }
  public func expectedLogPrior(_ q: LatentDistribution, _ theta: ParameterView) -> Traced? {
    options.prior == .standardNormal ? StandardNormalLatents.expectedLogPrior(q) : nil
  }
  public func priorDivergence(_ q: LatentDistribution, _ theta: ParameterView) -> Traced? {
    options.prior == .standardNormal ? StandardNormalLatents.divergence(q) : nil
  }
  public func latentDivergences(_ q: LatentDistribution) -> Traced? {
    options.prior == .standardNormal ? StandardNormalLatents.divergences(q) : nil
  }
}
