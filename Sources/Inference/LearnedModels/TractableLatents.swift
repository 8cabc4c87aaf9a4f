public import ReverseTape

/// The latents of a model whose posterior given a datum is tractable, and so are its tempered versions
/// p_β(z) ∝ p(z) p(x given z)^(1/β): what EM, the exact family and the evidence gap rest on.
public protocol TractableLatents: Sendable {
  /// p_β(z given x; θ) for the inverse temperature 1/β; 0 gives the prior.
  func posterior(_ x: Traced, _ theta: ParameterView, inverseTemperature: Traced) -> LatentDistribution
  /// log Z_β(x; θ): at β = 1 the log evidence of a datum.
  func logNormalizer(_ x: Traced, _ theta: ParameterView, beta: Traced) -> Traced
  /// KL[q ‖ p_β(z given x; θ)] in closed form.
  func divergence(_ q: LatentDistribution, _ x: Traced, _ theta: ParameterView, beta: Traced) -> Traced

  /// The expected sufficient statistics under q, averaged over the data: what an M-step needs (Dempster, Laird & Rubin
  /// 1977, §2). A shared vector.
  func statistics(_ x: Traced, _ q: LatentDistribution) -> Traced
  /// The θ that maximises the expected log joint of these statistics.
  ///
  /// - Throws: which part of the model degenerated.
  func maximized(_ statistics: [Double], current: [Double]) throws(DegenerateModel) -> [Double]

  /// A faster way to the normalizer and the statistics, where the model has one.
  var direct: (any DirectLatents)? { get }
}

extension TractableLatents {
  public var direct: (any DirectLatents)? { nil }
}

/// A distribution of the latent of a datum on a tape.
public enum LatentDistribution {
  case gaussian(GaussianMoments)
  /// One of K components, by log probabilities `[K]`: finite, so that a probability of 0 times its log is 0.
  case categorical(logProbabilities: Traced)

  public var entropy: Traced {
    switch self {
    case .gaussian(let moments): moments.entropy
    case .categorical(let logProbabilities): -(logProbabilities.exp() * logProbabilities).sum()
    }
  }

  var gaussian: GaussianMoments? {
    if case .gaussian(let moments) = self { moments } else { nil }
  }

  /// The log probabilities of a categorical latent.
  var logProbabilities: Traced? {
    if case .categorical(let logProbabilities) = self { logProbabilities } else { nil }
  }
}
