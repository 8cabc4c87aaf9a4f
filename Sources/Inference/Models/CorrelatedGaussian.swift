import NumericArrays
public import ReverseTape

/// A Gaussian with unit variances and one correlation between all pairs; a density without data, so the posterior is the
/// prior and the evidence is 1.
public struct CorrelatedGaussian: Model {
  public struct Options: Configurable {
    public var dimension = 2
    public var correlation = 0.9
    public static var options: [Option<Self>] {
      [
        .integer("dimension", \.dimension, 1...1000, "number of variables"),
        .number(
          "correlation", \.correlation,
          Bounds(lower: -1, upper: 1, includesLower: false, includesUpper: false),
          "correlation between every two variables, above −1/(dimension − 1)"),
      ]
    }
    public init() {}
  }

  public static let name = "correlated-gaussian"
  public static let summary = "a Gaussian target with equal correlations; everything is exact"
  public static let hasTractablePosterior = true
  public static var example: (options: Options, data: ModelData)? { (Options(), ModelData()) }

  public let latents: [Latent]
  /// The posterior's: with no data it is the prior.
  public let moments: GaussianStart
  /// The inverse of Σ's lower Cholesky factor, which makes z independent and of unit variance.
  private let whitening: Matrix
  /// log |Σ|.
  private let logDeterminant: Double

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let (dimension, correlation) = (options.dimension, options.correlation)
    latents = [Latent("z", count: dimension)]
    // The eigenvalues of Σ.
    guard dimension == 1 || min(1 - correlation, 1 + Double(dimension - 1) * correlation) > 1e-12 else {
      throw SettingsProblem(
        path: ["correlation"], what: "is \(correlation.shortest)",
        fix:
          "use a number above \((-1 / Double(dimension - 1)).shortest) and below 1 for \(dimension) variables"
      )
    }
    let covariance = Matrix(
      rows: dimension, columns: dimension,
      elements: (0..<dimension * dimension).map { $0 / dimension == $0 % dimension ? 1 : correlation })
    let prior: GaussianStart
    do {
      prior = try GaussianStart(mean: [Double](repeating: 0, count: dimension), covariance: covariance)
    } catch {
      throw SettingsProblem(
        path: ["correlation"], what: "makes the covariance singular", fix: "use a smaller one")
    }
    moments = prior
    logDeterminant = Matrix.logDeterminant(lower: prior.factor)
    let identity = Matrix.identity(dimension)
    let columns = (0..<dimension).map { Matrix.forwardSubstitution(lower: prior.factor, identity.column($0)) }
    whitening = Matrix(columns).transposed
  }

  public var observationCount: Int { 0 }
  public var evidence: Evidence? { Evidence(logValue: 0) }
  public var posterior: (any TractablePosterior)? { self }
  public var priorMoments: GaussianStart? { moments }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    draw.unconstrained.tape.constant(0)
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    let z = draw["z"]
    return -0.5 * LowerFactor(whitening, on: z.tape).times(z).square().sum() - normalizer
  }

  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    q.mean.tape.constant(0)
  }

  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? { -0.5 * whitenedSquare(q) - normalizer }

  /// ½ (tr(Σ⁻¹ Σ_q) + mᵀ Σ⁻¹ m − D + log |Σ| − log |Σ_q|) (Kullback 1959).
  public func priorDivergence(_ q: GaussianMoments) -> Traced? {
    0.5 * (whitenedSquare(q) + (logDeterminant - Double(dimension)) - q.logDeterminant)
  }

  /// E_q[zᵀ Σ⁻¹ z].
  private func whitenedSquare(_ q: GaussianMoments) -> Traced {
    let whitening = LowerFactor(whitening, on: q.mean.tape)
    return q.totalVariance(through: whitening) + whitening.times(q.mean).square().sum()
  }

  private var normalizer: Double { 0.5 * (Double(dimension) * LogDensity.logTwoPi + logDeterminant) }
}

/// Without data p_β is the prior for every β.
extension CorrelatedGaussian: TractablePosterior {
  public func logNormalizer(beta: Traced) -> Traced { beta.tape.constant(0) }

  public func divergence(_ q: GaussianMoments, beta: Traced) -> Traced? { priorDivergence(q) }

  public var closedTerms: ClosedTerms? { nil }
}
