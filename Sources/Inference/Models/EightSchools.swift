import Foundation
import NumericArrays
public import ReverseTape

/// Effects of coaching in eight schools (Rubin 1981): y_j ~ N(θ_j, σ_j²), θ_j ~ N(μ, τ²), μ ~ N(0, mu_prior_sd²), τ from a
/// half distribution.
public struct EightSchools: Model {
  public enum Parameterization: String, CaseIterable, Sendable { case centered, noncentered }
  public enum ScalePrior: String, CaseIterable, Sendable {
    case halfCauchy = "half-cauchy"
    case halfNormal = "half-normal"
    case exponential
  }

  public struct Options: Configurable {
    public var parameterization = Parameterization.noncentered
    public var muPriorSD = 5.0
    public var tauPrior = ScalePrior.halfCauchy
    public var tauPriorScale = 5.0
    public var data: String?
    public static var options: [Option<Self>] {
      [
        .choice("parameterization", \.parameterization, "latent effects as they are, or standardised"),
        .number("mu_prior_sd", \.muPriorSD, .positive, "sd of the prior on the mean effect"),
        .choice("tau_prior", \.tauPrior, "the prior on the sd of the effects"),
        .number(
          "tau_prior_scale", \.tauPriorScale, .positive, "scale of that prior (mean of an exponential)"),
        .table("data", \.data, "a table with columns y and sigma; default: Rubin's eight schools"),
      ]
    }
    public init() {}
  }

  public static let name = "eight-schools"
  public static let summary =
    "hierarchical effects (Rubin 1981), centered or noncentered; evidence by quadrature"
  public static var example: (options: Options, data: ModelData)? { (Options(), ModelData()) }

  public let latents: [Latent]
  public let evidence: Evidence?
  let options: Options
  /// The observed effects, and their standard errors.
  let effects: [Double]
  let errors: [Double]

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    guard let table = data.tables["data"] else {
      try self.init(
        options, effects: [28, 8, -3, 7, -1, 1, 18, 12], errors: [15, 10, 16, 11, 9, 11, 10, 18])
      return
    }
    let effects = try table.values(of: "y", option: "data")
    let errors = try table.values(of: "sigma", option: "data")
    guard !effects.isEmpty, errors.allSatisfy({ $0 > 0 }) else {
      throw SettingsProblem(
        path: ["data"], what: "\(table.name) has no rows or a sigma that is not positive",
        fix: "give one row a school, with sigma above 0")
    }
    try self.init(options, effects: effects, errors: errors)
  }

  init(_ options: Options, effects: [Double], errors: [Double]) throws(SettingsProblem) {
    self.options = options
    self.effects = effects
    self.errors = errors
    let centered = options.parameterization == .centered
    latents = [
      Latent(centered ? "theta" : "theta_raw", count: effects.count), Latent("mu"), Latent("tau", .positive),
    ]
    do {
      evidence = Evidence(logValue: try Self.logEvidence(options, effects: effects, errors: errors))
    } catch {
      throw SettingsProblem(
        path: ["data"], what: "log p(y) cannot be computed (\(error))", fix: "check y and sigma")
    }
  }

  public var observationCount: Int { effects.count }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    let tape = draw.unconstrained.tape
    let theta =
      options.parameterization == .centered
      ? draw["theta"] : draw["mu"] + draw["tau"] * draw["theta_raw"]
    let residual = (tape.constant(effects) - theta) * tape.constant(errors.map { 1 / $0 })
    let constant = errors.reduce(0) { $0 + 0.5 * LogDensity.logTwoPi + Foundation.log($1) }
    return -0.5 * residual.square().sum() - constant
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    let effects =
      options.parameterization == .centered
      ? LogDensity.normal(draw["theta"], mean: draw["mu"], logSD: draw.unconstrained("tau"))
      : LogDensity.normal(draw["theta_raw"], mean: 0, sd: 1)
    return effects.sum() + LogDensity.normal(draw["mu"], mean: 0, sd: options.muPriorSD)
      + scalePrior(draw["tau"])
  }

  private func scalePrior(_ tau: Traced) -> Traced {
    switch options.tauPrior {
    case .halfCauchy: LogDensity.halfCauchy(tau, scale: options.tauPriorScale)
    case .halfNormal: LogDensity.halfNormal(tau, scale: options.tauPriorScale)
    case .exponential: LogDensity.exponential(tau, mean: options.tauPriorScale)
    }
  }

  /// Independent moments of the noncentered prior; the centered one is a hierarchy, so no Gaussian to start from.
  public var priorMoments: GaussianStart? {
    guard options.parameterization == .noncentered else { return nil }
    let log = logScaleMoments
    return GaussianStart(
      mean: effects.map { _ in 0 } + [0, log.mean], sd: effects.map { _ in 1 } + [options.muPriorSD, log.sd])
  }

  /// The mean and sd of log τ under its prior.
  private var logScaleMoments: (mean: Double, sd: Double) {
    let scale = Foundation.log(options.tauPriorScale)
    switch options.tauPrior {
    // log|C| of a Cauchy variate is hyperbolic secant with variance π²/4.
    case .halfCauchy: return (scale, .pi / 2)
    // log|N| is half the log of a χ²₁ variate.
    case .halfNormal:
      let mean = 0.5 * (SpecialFunctions.digamma(0.5) + Foundation.log(2))
      return (scale + mean, 0.5 * SpecialFunctions.trigamma(0.5).squareRoot())
    case .exponential:
      return (scale + SpecialFunctions.digamma(1), SpecialFunctions.trigamma(1).squareRoot())
    }
  }
}
