import Foundation
import NumericArrays
public import ReverseTape

/// x_n ~ Bernoulli(p), p ~ Beta(a, b) (Gelman et al. 2013, §2.4).
public struct BetaBernoulli: Model {
  public struct Options: ObservationOptions {
    public var observations: [Double] = []
    public var data: String?
    public var target: String?
    public var a = 1.0
    public var b = 1.0
    public static var options: [Option<Self>] {
      Option.observationOptions + [
        .number("a", \.a, .positive, "first parameter of the Beta prior: prior successes"),
        .number("b", \.b, .positive, "second parameter of the Beta prior: prior failures"),
      ]
    }
    public init() {}
  }

  public static let name = "beta-bernoulli"
  public static let summary = "coin tosses with an unknown probability; evidence and posterior are exact"
  public static let hasTractablePosterior = true
  public static var example: (options: Options, data: ModelData)? {
    var options = Options()
    options.observations = [0, 1, 0, 0, 0]
    return (options, ModelData())
  }

  public let latents = [Latent("probability", .interval(lower: 0, upper: 1))]
  public let rows: RowData?
  let conjugate: BetaPosterior

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let x = try options.observed(in: data.tables["data"])
    try requireAll(x, { $0 == 0 || $0 == 1 }, "a Bernoulli observation is 0 or 1")
    rows = RowData(rowCount: x.count, columns: [RowData.Column(name: "x", width: 1, values: x)])
    conjugate = BetaPosterior(
      a: options.a, b: options.b, successes: x.reduce(0, +), failures: Double(x.count) - x.reduce(0, +))
  }

  public var observationCount: Int { rows?.rowCount ?? 0 }

  // log p = −softplus(−u) and log(1 − p) = −softplus(u) for p = 1 / (1 + exp(−u)).
  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    let logit = draw.unconstrained("probability")
    let (successes, failures) = counts(rows, on: logit.tape)
    return -(successes * (-logit).softplus() + failures * logit.softplus())
  }

  public func expectedLogLikelihood(_ q: GaussianMoments, _ rows: ObservedRows) -> Traced? {
    let (successes, failures) = counts(rows, on: q.mean.tape)
    let (logP, logQ) = conjugate.expectedLogs(q)
    return successes * logP + failures * logQ
  }

  // With the log-Jacobian p (1 − p) the exponents are a and b rather than a − 1 and b − 1.
  public func expectedLogPrior(_ q: GaussianMoments) -> Traced? {
    let (logP, logQ) = conjugate.expectedLogs(q)
    return conjugate.a * logP + conjugate.b * logQ - SpecialFunctions.logBeta(conjugate.a, conjugate.b)
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    let logit = draw.unconstrained("probability")
    let weighted = (conjugate.a - 1) * (-logit).softplus() + (conjugate.b - 1) * logit.softplus()
    return -weighted - SpecialFunctions.logBeta(conjugate.a, conjugate.b)
  }

  private func counts(_ rows: ObservedRows, on tape: Tape) -> (successes: Traced, failures: Traced) {
    guard rows.isMinibatch else {
      return (tape.constant(conjugate.successes), tape.constant(conjugate.failures))
    }
    let successes = rows["x"].sum()
    return (successes, Double(rows.count) - successes)
  }

  public var evidence: Evidence? { Evidence(logValue: conjugate.logEvidence) }
  public var posterior: (any TractablePosterior)? { conjugate }
  public var priorMoments: GaussianStart? {
    BetaPosterior(a: conjugate.a, b: conjugate.b, successes: 0, failures: 0).moments
  }
}

extension BetaBernoulli: ConditionallyConjugate {
  public func logLikelihood(_ statistics: LatentStatistics, _ rows: ObservedRows) -> Traced {
    let log = statistics.log("probability")
    let (successes, failures) = counts(rows, on: log.tape)
    return successes * log + failures * statistics.logComplement("probability")
  }

  public func logPrior(_ statistics: LatentStatistics) -> Traced {
    (conjugate.a - 1) * statistics.log("probability")
      + (conjugate.b - 1) * statistics.logComplement("probability")
      - SpecialFunctions.logBeta(conjugate.a, conjugate.b)
  }
}

/// Beta(a + successes/β, b + failures/β), on the logit scale.
struct BetaPosterior: TractablePosterior {
  let a: Double
  let b: Double
  let successes: Double
  let failures: Double

  private var posteriorA: Double { a + successes }
  private var posteriorB: Double { b + failures }

  var logEvidence: Double {
    SpecialFunctions.logBeta(posteriorA, posteriorB) - SpecialFunctions.logBeta(a, b)
  }

  func logNormalizer(beta: Traced) -> Traced {
    let alpha = beta.tape.constant(successes) / beta + a
    let gamma = beta.tape.constant(failures) / beta + b
    return alpha.logGamma() + gamma.logGamma() - (alpha + gamma).logGamma()
      - SpecialFunctions.logBeta(a, b)
  }

  /// −H[q] − E_q[log p_β].
  func divergence(_ q: GaussianMoments, beta: Traced) -> Traced? {
    let alpha = beta.tape.constant(successes) / beta + a
    let gamma = beta.tape.constant(failures) / beta + b
    let (logP, logQ) = expectedLogs(q)
    let logBeta = alpha.logGamma() + gamma.logGamma() - (alpha + gamma).logGamma()
    return logBeta - q.entropy - alpha * logP - gamma * logQ
  }

  /// E_q[log p] and E_q[log(1 − p)] for a Gaussian q of the logit.
  func expectedLogs(_ q: GaussianMoments) -> (logP: Traced, logQ: Traced) {
    let logQ = -Traced.meanSoftplus(mean: q.mean[0], variance: q.variance[0])
    // log p − log(1 − p) is the logit itself.
    return (q.mean[0] + logQ, logQ)
  }

  func probability(below z: Double) -> Double? {
    z < 0
      ? SpecialFunctions.regularizedBeta(posteriorA, posteriorB, 1 / (1 + exp(-z)))
      : 1 - SpecialFunctions.regularizedBeta(posteriorB, posteriorA, 1 / (1 + exp(z)))
  }

  /// The mean ψ(a) − ψ(b) and variance ψ′(a) + ψ′(b) of the logit of a Beta variate.
  var moments: GaussianStart {
    let mean = SpecialFunctions.digamma(posteriorA) - SpecialFunctions.digamma(posteriorB)
    let variance = SpecialFunctions.trigamma(posteriorA) + SpecialFunctions.trigamma(posteriorB)
    return GaussianStart(mean: [mean], sd: [variance.squareRoot()])
  }

  /// E[log p] = ψ(a) − ψ(a + b) and E[log(1 − p)] = ψ(b) − ψ(a + b) under Beta(a, b).
  var closedTerms: ClosedTerms? {
    let total = SpecialFunctions.digamma(posteriorA + posteriorB)
    let logP = SpecialFunctions.digamma(posteriorA) - total
    let logQ = SpecialFunctions.digamma(posteriorB) - total
    // On the logit scale the densities gain p (1 − p), so exponents are a and b rather than a − 1 and b − 1.
    return ClosedTerms(
      reconstruction: successes * logP + failures * logQ,
      logPrior: a * logP + b * logQ - SpecialFunctions.logBeta(a, b),
      entropy: SpecialFunctions.logBeta(posteriorA, posteriorB) - posteriorA * logP - posteriorB * logQ)
  }
}
