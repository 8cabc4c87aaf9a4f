import Foundation
import NumericArrays
public import ReverseTape

/// Causes that may each bring about findings: z_c ~ Bernoulli(prior_c), p(x_f = 0 given z) = (1 − leak) Π_c (1 − w_fc)^z_c (Pearl 1988,
/// §4.3.2; the QMR network of Shwe et al. 1991). Causes of one finding explain each other away.
public struct NoisyOr: DiscreteModel {
  public struct Options: Configurable {
    public var prior: [Double] = [0.1, 0.2, 0.05]
    public var links: [Double] = [0.8, 0.6, 0, 0.7, 0, 0.9, 0.1, 0.5, 0.4]
    public var leak = 0.01
    public var findings: [Double] = [1, 1, 0]
    public static var options: [Option<Self>] {
      let open = Bounds(lower: 0, upper: 1, includesLower: false, includesUpper: false)
      return [
        .numbers("prior", \.prior, open, "the probability of each cause"),
        .numbers(
          "links", \.links, Bounds(lower: 0, upper: 1, includesUpper: false),
          "w, the probability that a cause brings about a finding: finding after finding, a number for each cause"
        ),
        .number("leak", \.leak, open, "the probability of a finding without a cause"),
        .numbers(
          "findings", \.findings, Bounds(lower: 0, upper: 1),
          "1 for a finding that is there, 0 for one that is not"),
      ]
    }
    public init() {}
  }

  public static let name = "noisy-or"
  public static let summary = "causes that explain findings, and each other away; exact by enumeration"
  public static var example: (options: Options, data: ModelData)? { (Options(), ModelData()) }

  public let latents: [Latent]
  public private(set) var states = StateTable()
  private let options: Options
  /// −log(1 − w) `[findings, causes]`, and of the leak.
  private let rates: [Double]
  private let leakRate: Double

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let (causes, findings) = (options.prior.count, options.findings.count)
    guard causes > 0, findings > 0 else {
      throw SettingsProblem(
        path: [causes > 0 ? "findings" : "prior"], what: "is a list of 0", fix: "give one number or more")
    }
    guard options.links.count == causes * findings else {
      throw SettingsProblem(
        path: ["links"], what: "is a list of \(options.links.count)",
        fix: "give \(causes * findings) numbers: \(causes) causes for each of \(findings) findings")
    }
    if let index = options.findings.firstIndex(where: { $0 != 0 && $0 != 1 }) {
      throw SettingsProblem(
        path: ["findings", String(index)], what: "is \(options.findings[index].shortest)", fix: "use 0 or 1")
    }
    try StateTable.check(values: 2, latents: causes, option: "prior")
    self.options = options
    latents = [Latent("cause", count: causes, .binary)]
    rates = options.links.map { -Foundation.log1p(-$0) }
    leakRate = -Foundation.log1p(-options.leak)
    states = StateTable(of: self)
  }

  public var observationCount: Int { options.findings.count }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    let z = draw["cause"]
    let tape = z.tape
    // −log p(x_f = 0 given z).
    let rate = tape.constant(rates, Shape(options.findings.count, options.prior.count)).times(z) + leakRate
    let present = tape.constant(options.findings)
    return (present * (-rate).log1mExp() - (1 - present) * rate).sum()
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    let z = draw["cause"]
    let logits = options.prior.map { Foundation.log($0) - Foundation.log1p(-$0) }
    return (z.tape.constant(logits) * z).sum()
      + options.prior.reduce(0) { $0 + Foundation.log1p(-$1) }
  }
}
