import Foundation
import NumericArrays
public import ReverseTape

/// x_n ~ N(mean, noise_sd²) with known noise, mean ~ N(prior_mean, prior_sd²) (Gelman et al. 2013, §2.5).
public struct ConjugateNormal: Model {
  public struct Options: ObservationOptions {
    public var observations: [Double] = []
    public var data: String?
    public var target: String?
    public var noiseSD = 1.0
    public var priorMean = 0.0
    public var priorSD = 10.0
    public static var options: [Option<Self>] {
      Option.observationOptions + [
        .number("noise_sd", \.noiseSD, .positive, "sd of an observation around the mean"),
        .number("prior_mean", \.priorMean, .any, "mean of the prior"),
        .number("prior_sd", \.priorSD, .positive, "sd of the prior"),
      ]
    }
    public init() {}
  }

  public static let name = "conjugate-normal"
  public static let summary = "normal observations with an unknown mean; everything is exact"
  public static let hasTractablePosterior = true
  public static var example: (options: Options, data: ModelData)? {
    var options = Options()
    options.observations = [1, 2, 3, 4, 5]
    return (options, ModelData())
  }

  public let latents = [Latent("mean")]
  public let rows: RowData?
  let prior: GaussianPrior
  let noiseSD: Double
  private let gaussian: GaussianPosterior

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let x = try options.observed(in: data.tables["data"])
    noiseSD = options.noiseSD
    prior = GaussianPrior(mean: options.priorMean, sd: options.priorSD)
    rows = RowData(rowCount: x.count, columns: [RowData.Column(name: "x", width: 1, values: x)])
    let precision = 1 / (noiseSD * noiseSD)
    let count = Double(x.count)
    let mean = Statistics.mean(x)
    let squares = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    do {
      gaussian = try GaussianPosterior(
        axes: .identity(1), priorMean: [prior.mean], priorPrecision: [1 / (prior.sd * prior.sd)],
        curvature: [precision * count], peak: [mean],
        maximum: -count * (0.5 * LogDensity.logTwoPi + Foundation.log(noiseSD)) - 0.5 * precision * squares)
    } catch {
      throw SettingsProblem(
        path: [], what: "the posterior is singular", fix: "use less extreme sds (\(error))")
    }
  }

  public var observationCount: Int { rows?.rowCount ?? 0 }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    guard rows.isMinibatch else { return gaussian.logLikelihood(draw.unconstrained) }
    return LogDensity.normal(rows["x"], mean: draw["mean"], sd: noiseSD).sum()
  }

  public func logPrior(_ draw: LatentDraw) -> Traced { prior.logDensity(draw["mean"]) }

  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    guard rows.isMinibatch else { return gaussian.expectedLogLikelihood(q) }
    let spread = (-0.5 * Double(rows.count) / (noiseSD * noiseSD)) * q.variance[0]
    return LogDensity.normal(rows["x"], mean: q.mean[0], sd: noiseSD).sum() + spread
  }

  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? { prior.expectedLogDensity(q) }
  public func priorDivergence(_ q: GaussianMoments) -> Traced? { prior.divergence(q) }
  public var evidence: Evidence? { Evidence(logValue: gaussian.logEvidence) }
  public var posterior: (any TractablePosterior)? { gaussian }
  public var priorMoments: GaussianStart? { prior.moments(dimension: 1) }
}

extension ConjugateNormal: ConditionallyConjugate {
  public func logLikelihood(_ statistics: LatentStatistics, _ rows: ObservedRows) -> Traced {
    guard rows.isMinibatch else { return gaussian.logLikelihood(statistics, of: "mean") }
    let ones = rows["x"].tape.constant([Double](repeating: 1, count: rows.count), Shape(rows.count, 1))
    return (-0.5 / (noiseSD * noiseSD)) * statistics.squaredDistance("mean", from: rows["x"], through: ones)
      - Double(rows.count) * (0.5 * LogDensity.logTwoPi + Foundation.log(noiseSD))
  }

  public func logPrior(_ statistics: LatentStatistics) -> Traced {
    prior.logDensity(statistics, of: "mean", count: 1)
  }
}
