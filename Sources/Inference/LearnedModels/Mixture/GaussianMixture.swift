import NumericArrays
public import ReverseTape

/// x ~ Σ_k π_k N(μ_k, Σ_k), the latent of a datum being which component it is of (McLachlan & Peel 2000, §2.2 and §3.2).
///
/// θ is without constraints, so that gradients can learn it too: `logits` `[K]` of the weights, `means` `[K, d]`, and
/// - full and tied: the lower triangular A with Σ⁻¹ = Aᵀ A, as the logs of its diagonal `log_precision_diagonal`
///   `[K, d]` and, row by row, the elements below it `precision_triangle` `[K, d (d − 1) / 2]`; `[1, …]` where tied;
/// - diagonal: the logs of the sds `log_scales` `[K, d]`; spherical: `[K]`.
public struct GaussianMixture: LearnedModel {
  public static let name = "gaussian-mixture"
  public static let summary = "a mixture of Gaussians: each datum is of one of K components"
  public static let hasTractablePosterior = true
  public static var example: (options: GaussianMixtureOptions, data: DataArray) {
    var options = GaussianMixtureOptions()
    options.covariance = .diagonal
    return (options, .example)
  }

  let options: GaussianMixtureOptions
  let shape: LearningData.Shape
  public let parameters: ParameterBlocks

  var count: Int { options.components }
  var width: Int { shape.width }

  public init(_ options: GaussianMixtureOptions, shape: LearningData.Shape) throws(SettingsProblem) {
    self.options = options
    self.shape = shape
    let (count, width) = (options.components, shape.width)
    func factors(_ rows: Int) -> [ParameterBlock] {
      [ParameterBlock("log_precision_diagonal", Shape(rows, width), isMatrix: true)]
        + (width > 1
          ? [ParameterBlock("precision_triangle", Shape(rows, width * (width - 1) / 2), isMatrix: true)] : [])
    }
    let spread: [ParameterBlock] =
      switch options.covariance {
      case .full: factors(count)
      case .tied: factors(1)
      case .diagonal: [ParameterBlock("log_scales", Shape(count, width), isMatrix: true)]
      case .spherical: [ParameterBlock("log_scales", Shape(count))]
      }
    parameters = ParameterBlocks(
      [
        ParameterBlock("logits", Shape(count)),
        ParameterBlock("means", Shape(count, width), isMatrix: true),
      ] + spread)
    try checkStart()
  }

  public var dataWidth: Int { width }
  /// Which component it is.
  public var latentCount: Int { 1 }
  public var tractable: (any TractableLatents)? { self }

  // MARK: Densities

  /// log π `[K]`.
  func logWeights(_ theta: ParameterView) -> Traced { theta["logits"].logSoftmax() }

  /// log N(x; μ_k, Σ_k) `[K]`.
  func logDensities(_ x: Traced, _ theta: ParameterView) -> Traced {
    let means = theta["means"]
    let distances = (0..<count).map { component in
      distance(x - means[component * width..<(component + 1) * width], component, theta)
    }
    return halfLogPrecision(theta) - 0.5 * Traced.concatenated(distances)
      - 0.5 * Double(width) * LogDensity.logTwoPi
  }

  /// δᵀ Σ_k⁻¹ δ for an offset δ `[d]` from the mean.
  private func distance(_ offset: Traced, _ component: Int, _ theta: ParameterView) -> Traced {
    switch options.covariance {
    case .full:
      return precisionFactor(component, theta).times(offset).square().sum()
    case .tied:
      return precisionFactor(0, theta).times(offset).square().sum()
    case .diagonal:
      let scales = theta["log_scales"][component * width..<(component + 1) * width]
      return (offset * (-scales).exp()).square().sum()
    case .spherical:
      return offset.square().sum() * (-2 * theta["log_scales"][component]).exp()
    }
  }

  /// −½ log |Σ_k| `[K]`, a scalar where tied.
  private func halfLogPrecision(_ theta: ParameterView) -> Traced {
    switch options.covariance {
    case .full: theta["log_precision_diagonal"].sumRows()
    case .tied: theta["log_precision_diagonal"].sum()
    case .diagonal: -theta["log_scales"].sumRows()
    case .spherical: -Double(width) * theta["log_scales"]
    }
  }

  /// The lower triangular A `[d, d]` of a covariance.
  func precisionFactor(_ index: Int, _ theta: ParameterView) -> Traced {
    let diagonal = theta["log_precision_diagonal"][index * width..<(index + 1) * width].exp()
    let square = Shape(width, width)
    let places = (0..<width).map { $0 * (width + 1) }
    if width == 1 { return diagonal.scattered(places, into: square) }
    let size = width * (width - 1) / 2
    let triangle = theta["precision_triangle"][index * size..<(index + 1) * size]
    let below = (1..<width).flatMap { row in (0..<row).map { row * width + $0 } }
    return Traced.concatenated([diagonal, triangle]).scattered(places + below, into: square)
  }

  // MARK: The terms of the bound

  /// log p(x given z) of a latent as K indicators.
  public func logLikelihood(_ x: Traced, _ z: Traced, _ theta: ParameterView) -> Traced {
    (z * logDensities(x, theta)).sum()
  }
  public func expectedLogLikelihood(_ x: Traced, _ q: LatentDistribution, _ theta: ParameterView) -> Traced? {
    q.logProbabilities.map { ($0.exp() * logDensities(x, theta)).sum() }
  }
  public func logPrior(_ z: Traced, _ theta: ParameterView, encode: (Traced) -> Traced) -> Traced {
    (z * logWeights(theta)).sum()
  }
  public func expectedLogPrior(_ q: LatentDistribution, _ theta: ParameterView) -> Traced? {
    q.logProbabilities.map { ($0.exp() * logWeights(theta)).sum() }
  }
  /// Σ r (log r − log π).
  public func priorDivergence(_ q: LatentDistribution, _ theta: ParameterView) -> Traced? {
    q.logProbabilities.map { ($0.exp() * ($0 - logWeights(theta))).sum() }
  }
  public func mean(_ z: Traced, _ theta: ParameterView) -> Traced { theta["means"].transposedTimes(z) }
}
