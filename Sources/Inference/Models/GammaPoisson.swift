import Foundation
import NumericArrays
public import ReverseTape

/// y_n ~ Poisson(rate), rate ~ Gamma(shape, rate) (Gelman et al. 2013, §2.6).
public struct GammaPoisson: Model {
  public struct Options: ObservationOptions {
    public var observations: [Double] = []
    public var data: String?
    public var target: String?
    public var shape = 1.0
    public var rate = 1.0
    public static var options: [Option<Self>] {
      Option.observationOptions + [
        .number("shape", \.shape, .positive, "shape of the Gamma prior"),
        .number("rate", \.rate, .positive, "rate (inverse scale) of the Gamma prior"),
      ]
    }
    public init() {}
  }

  public static let name = "gamma-poisson"
  public static let summary = "counts with an unknown rate; evidence and posterior are exact"
  public static let hasTractablePosterior = true
  public static var example: (options: Options, data: ModelData)? {
    var options = Options()
    options.observations = [3, 1, 4, 1, 5, 9, 2, 6]
    options.shape = 2
    return (options, ModelData())
  }

  public let latents = [Latent("rate", .positive)]
  public let rows: RowData?
  let conjugate: GammaPosterior

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let y = try options.observed(in: data.tables["data"])
    try requireAll(y, { $0 >= 0 && $0 == $0.rounded() }, "a count is an integer from 0")
    let logFactorials = y.map { SpecialFunctions.logGamma($0 + 1) }
    rows = RowData(
      rowCount: y.count,
      columns: [
        RowData.Column(name: "y", width: 1, values: y),
        RowData.Column(name: "log_factorial", width: 1, values: logFactorials),
      ])
    conjugate = GammaPosterior(
      shape: options.shape, rate: options.rate, total: y.reduce(0, +), count: Double(y.count),
      logFactorials: logFactorials.reduce(0, +))
  }

  public var observationCount: Int { rows?.rowCount ?? 0 }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    let log = draw.unconstrained("rate")
    return likelihood(log: log, rate: log.exp(), rows)
  }

  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    likelihood(log: q.mean[0], rate: q.expectedExponential(1, of: 0), rows)
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    let log = draw.unconstrained("rate")
    return (conjugate.shape - 1) * log - conjugate.rate * log.exp() + conjugate.priorConstant
  }

  // The log-Jacobian of rate = exp(u) is u.
  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? {
    conjugate.shape * q.mean[0] - conjugate.rate * q.expectedExponential(1, of: 0)
      + conjugate.priorConstant
  }

  /// Σ (y log λ − λ − log y!), linear in log λ and λ.
  private func likelihood(log: Traced, rate: Traced, _ rows: ObservedRows) -> Traced {
    if rows.isMinibatch {
      return rows["y"].sum() * log - Double(rows.count) * rate - rows["log_factorial"].sum()
    }
    return conjugate.total * log - conjugate.count * rate - conjugate.logFactorials
  }

  public var evidence: Evidence? { Evidence(logValue: conjugate.logEvidence) }
  public var posterior: (any TractablePosterior)? { conjugate }
  public var priorMoments: GaussianStart? {
    GammaPosterior(
      shape: conjugate.shape, rate: conjugate.rate, total: 0, count: 0, logFactorials: 0
    ).moments
  }
}

extension GammaPoisson: ConditionallyConjugate {
  public func logLikelihood(_ statistics: LatentStatistics, _ rows: ObservedRows) -> Traced {
    likelihood(log: statistics.log("rate"), rate: statistics.value("rate"), rows)
  }

  public func logPrior(_ statistics: LatentStatistics) -> Traced {
    (conjugate.shape - 1) * statistics.log("rate") - conjugate.rate * statistics.value("rate")
      + conjugate.priorConstant
  }
}

/// Gamma(shape + total/β, rate + count/β), on the log scale.
struct GammaPosterior: TractablePosterior {
  let shape: Double
  let rate: Double
  let total: Double
  let count: Double
  let logFactorials: Double

  private var posteriorShape: Double { shape + total }
  private var posteriorRate: Double { rate + count }

  /// The log of the prior's normalising constant.
  var priorConstant: Double { shape * Foundation.log(rate) - SpecialFunctions.logGamma(shape) }

  var logEvidence: Double {
    priorConstant + SpecialFunctions.logGamma(posteriorShape)
      - posteriorShape * Foundation.log(posteriorRate) - logFactorials
  }

  func logNormalizer(beta: Traced) -> Traced {
    let (shape, rate) = tempered(beta)
    return priorConstant + shape.logGamma() - shape * rate.log()
      - beta.tape.constant(logFactorials) / beta
  }

  /// −H[q] − E_q[log p_β] with E_q[exp(u)] the mean of a log-normal.
  func divergence(_ q: GaussianMoments, beta: Traced) -> Traced? {
    let (shape, rate) = tempered(beta)
    let constant = shape * rate.log() - shape.logGamma()
    let expected = shape * q.mean[0] - rate * q.expectedExponential(1, of: 0) + constant
    return -q.entropy - expected
  }

  func probability(below z: Double) -> Double? {
    SpecialFunctions.regularizedGammaP(posteriorShape, posteriorRate * exp(z))
  }

  /// The mean ψ(shape) − log rate and variance ψ′(shape) of the log of a Gamma variate.
  var moments: GaussianStart {
    let mean = SpecialFunctions.digamma(posteriorShape) - Foundation.log(posteriorRate)
    return GaussianStart(mean: [mean], sd: [SpecialFunctions.trigamma(posteriorShape).squareRoot()])
  }

  var closedTerms: ClosedTerms? {
    let expectedLog = SpecialFunctions.digamma(posteriorShape) - Foundation.log(posteriorRate)
    let expectedRate = posteriorShape / posteriorRate
    // On the log scale the densities gain λ, so exponents are shape rather than shape − 1.
    return ClosedTerms(
      reconstruction: total * expectedLog - count * expectedRate - logFactorials,
      logPrior: shape * expectedLog - rate * expectedRate + priorConstant,
      entropy: SpecialFunctions.logGamma(posteriorShape) - posteriorShape * Foundation.log(posteriorRate)
        - posteriorShape * expectedLog + posteriorRate * expectedRate)
  }

  private func tempered(_ beta: Traced) -> (shape: Traced, rate: Traced) {
    (beta.tape.constant(total) / beta + shape, beta.tape.constant(count) / beta + rate)
  }
}
