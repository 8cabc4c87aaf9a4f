import Foundation
import NumericArrays
public import ReverseTape

/// x_n ~ N(mean, 1/precision), mean ~ N(prior_mean, 1/(prior_count · precision)), precision ~ Gamma(shape, rate) (Bishop 2006, §10.1.3;
/// Murphy 2007, "Conjugate Bayesian analysis of the Gaussian distribution", §3).
public struct NormalGamma: ConditionallyConjugate {
  public struct Options: ObservationOptions {
    public var observations: [Double] = []
    public var data: String?
    public var target: String?
    public var priorMean = 0.0
    public var priorCount = 0.01
    public var shape = 1.0
    public var rate = 1.0
    public static var options: [Option<Self>] {
      Option.observationOptions + [
        .number("prior_mean", \.priorMean, .any, "mean of the prior of the mean"),
        .number("prior_count", \.priorCount, .positive, "how many observations that prior is worth"),
        .number("shape", \.shape, .positive, "shape of the Gamma prior of the precision"),
        .number("rate", \.rate, .positive, "rate (inverse scale) of the Gamma prior of the precision"),
      ]
    }
    public init() {}
  }

  public static let name = "normal-gamma"
  public static let summary =
    "normal observations with an unknown mean and precision; evidence and posterior are exact"
  public static let hasTractablePosterior = true
  public static var example: (options: Options, data: ModelData)? {
    var options = Options()
    options.observations = [1.3, 0.4, 2.1, 1.7, -0.2, 1.1]
    (options.priorMean, options.priorCount, options.shape, options.rate) = (0.5, 0.5, 2, 1.5)
    return (options, ModelData())
  }

  public let latents = [Latent("mean"), Latent("precision", .positive)]
  public let rows: RowData?
  let conjugate: NormalGammaPosterior

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let x = try options.observed(in: data.tables["data"])
    rows = RowData(rowCount: x.count, columns: [RowData.Column(name: "x", width: 1, values: x)])
    let mean = Statistics.mean(x)
    conjugate = NormalGammaPosterior(
      prior: NormalGammaDensity(
        mean: options.priorMean, count: options.priorCount, shape: options.shape, rate: options.rate),
      observations: Double(x.count), average: mean, squares: x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
  }

  public var observationCount: Int { rows?.rowCount ?? 0 }

  public func logLikelihood(_ statistics: LatentStatistics, _ rows: ObservedRows) -> Traced {
    let (log, precision) = (statistics.log("precision"), statistics.value("precision"))
    guard rows.isMinibatch else {
      let distance = distance(statistics, from: conjugate.average)
      return likelihood(
        log: log, scatter: precision * (conjugate.observations * distance + conjugate.squares),
        count: conjugate.observations)
    }
    let ones = log.tape.constant([Double](repeating: 1, count: rows.count), Shape(rows.count, 1))
    let squares = statistics.squaredDistance("mean", from: rows["x"], through: ones)
    return likelihood(log: log, scatter: precision * squares, count: Double(rows.count))
  }

  public func logPrior(_ statistics: LatentStatistics) -> Traced {
    let (log, precision) = (statistics.log("precision"), statistics.value("precision"))
    return prior(
      log: log, precision: precision, distance: precision * distance(statistics, from: conjugate.prior.mean))
      - log
  }

  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    let precision = q.expectedExponential(1, of: 1)
    guard rows.isMinibatch else {
      return likelihood(
        log: q.mean[1],
        scatter: conjugate.observations * NormalGammaDensity.weightedDistance(q, from: conjugate.average)
          + conjugate.squares * precision, count: conjugate.observations)
    }
    let squares = (rows["x"] - NormalGammaDensity.tiltedMean(q)).square().sum()
    return likelihood(
      log: q.mean[1], scatter: precision * (squares + Double(rows.count) * q.variance[0]),
      count: Double(rows.count))
  }

  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? {
    prior(
      log: q.mean[1], precision: q.expectedExponential(1, of: 1),
      distance: NormalGammaDensity.weightedDistance(q, from: conjugate.prior.mean))
  }

  public var evidence: Evidence? { Evidence(logValue: conjugate.logEvidence) }
  public var posterior: (any TractablePosterior)? { conjugate }
  public var priorMoments: GaussianStart? { conjugate.prior.moments }

  /// (mean − c)².
  private func distance(_ statistics: LatentStatistics, from point: Double) -> Traced {
    let tape = statistics.value("mean").tape
    return statistics.squaredDistance(
      "mean", from: tape.constant([point]), through: tape.constant([1], Shape(1, 1)))
  }

  /// ½ Σ (log τ − log 2π) − ½ τ Σ (x − μ)².
  private func likelihood(log: Traced, scatter: Traced, count: Double) -> Traced {
    (0.5 * count) * (log - LogDensity.logTwoPi) - 0.5 * scatter
  }

  /// log p(μ, u) of u = log τ, with its log-Jacobian.
  private func prior(log: Traced, precision: Traced, distance: Traced) -> Traced {
    let prior = conjugate.prior
    return (prior.shape + 0.5) * log - prior.rate * precision - (0.5 * prior.count) * distance
      - prior.logNormalizer
  }
}

/// N(mean | m, 1/(count · precision)) Gamma(precision | shape, rate).
struct NormalGammaDensity: Hashable, Sendable {
  var mean: Double
  var count: Double
  var shape: Double
  var rate: Double

  /// log ∫ exp((shape + ½) u − rate τ − ½ count τ (μ − m)²) dμ du with u = log τ.
  var logNormalizer: Double {
    SpecialFunctions.logGamma(shape) - shape * Foundation.log(rate)
      + 0.5 * (LogDensity.logTwoPi - Foundation.log(count))
  }

  /// E[log τ] and E[τ].
  var expectedLog: Double { SpecialFunctions.digamma(shape) - Foundation.log(rate) }
  var expectedPrecision: Double { shape / rate }

  /// E[τ (μ − c)²].
  func weightedDistance(from point: Double) -> Double {
    1 / count + expectedPrecision * (mean - point) * (mean - point)
  }

  /// H[μ | u] + H[u].
  var entropy: Double {
    0.5 * (1 + LogDensity.logTwoPi - Foundation.log(count) - expectedLog)
      + shape + SpecialFunctions.logGamma(shape) - shape * SpecialFunctions.digamma(shape)
  }

  /// Of the mean and the log of the precision, which are uncorrelated. The mean, which is a t of 2 shape degrees, has its squared scale
  /// where it has no variance.
  var moments: GaussianStart {
    let spread = rate / (count * (shape > 1 ? shape - 1 : shape))
    return GaussianStart(
      mean: [mean, expectedLog],
      sd: [spread.squareRoot(), SpecialFunctions.trigamma(shape).squareRoot()])
  }

  /// E_q[τ (μ − c)²] of a Gaussian q of μ and log τ: exp(log τ) moves the mean of μ by its covariance with log τ.
  static func weightedDistance(_ q: GaussianMoments, from point: Double) -> Traced {
    q.expectedExponential(1, of: 1) * ((tiltedMean(q) - point).square() + q.variance[0])
  }

  static func tiltedMean(_ q: GaussianMoments) -> Traced { q.mean[0] + q.covariance(of: 0..<1, with: 1) }
}

/// The posterior of a normal-gamma prior, with count, shape and the observations' pull tempered by 1/β (Murphy 2007, eqs. 85 to 89).
struct NormalGammaPosterior: TractablePosterior {
  let prior: NormalGammaDensity
  /// The number of observations, their average and Σ (x − average)².
  let observations: Double
  let average: Double
  let squares: Double

  private var density: NormalGammaDensity {
    let count = prior.count + observations
    let offset = average - prior.mean
    return NormalGammaDensity(
      mean: prior.mean + offset * observations / count, count: count, shape: prior.shape + 0.5 * observations,
      rate: prior.rate + 0.5 * (squares + prior.count * observations / count * offset * offset))
  }

  /// Murphy 2007, eq. 95.
  var logEvidence: Double {
    density.logNormalizer - prior.logNormalizer - 0.5 * observations * LogDensity.logTwoPi
  }

  func logNormalizer(beta: Traced) -> Traced {
    let (_, count, shape, rate) = tempered(beta)
    let normalizer = shape.logGamma() - shape * rate.log() + 0.5 * (LogDensity.logTwoPi - count.log())
    return normalizer - prior.logNormalizer
      - beta.tape.constant(0.5 * observations * LogDensity.logTwoPi) / beta
  }

  /// −H[q] − E_q[log p_β].
  func divergence(_ q: GaussianMoments, beta: Traced) -> Traced? {
    let (mean, count, shape, rate) = tempered(beta)
    let precision = q.expectedExponential(1, of: 1)
    let distance =
      precision * ((NormalGammaDensity.tiltedMean(q) - mean).square() + q.variance[0])
    let normalizer = shape.logGamma() - shape * rate.log() + 0.5 * (LogDensity.logTwoPi - count.log())
    return normalizer - q.entropy - (shape + 0.5) * q.mean[1] + rate * precision + 0.5 * count * distance
  }

  var moments: GaussianStart { density.moments }

  var closedTerms: ClosedTerms? {
    let own = density
    let scatter = observations * own.weightedDistance(from: average) + squares * own.expectedPrecision
    return ClosedTerms(
      reconstruction: 0.5 * observations * (own.expectedLog - LogDensity.logTwoPi) - 0.5 * scatter,
      logPrior: (prior.shape + 0.5) * own.expectedLog - prior.rate * own.expectedPrecision
        - 0.5 * prior.count * own.weightedDistance(from: prior.mean) - prior.logNormalizer,
      entropy: own.entropy)
  }

  private func tempered(_ beta: Traced) -> (mean: Traced, count: Traced, shape: Traced, rate: Traced) {
    let tape = beta.tape
    let weight = tape.constant(observations) / beta
    let count = weight + prior.count
    let offset = average - prior.mean
    return (
      prior.mean + offset * (weight / count), count, 0.5 * weight + prior.shape,
      tape.constant(0.5 * squares) / beta + (0.5 * prior.count * offset * offset) * (weight / count)
        + prior.rate
    )
  }
}
