import Foundation
import NumericArrays
public import ReverseTape

/// Which of K known Gaussians each observation is from, the weights integrated out: x_n ~ N(means_k, sd²) where z_nk = 1, weights ~
/// Dirichlet(α/K) (Neal 2000, eq. 2.2), so that p(z) = Γ(α)/Γ(α + N) Π_k Γ(α/K + n_k)/Γ(α/K) and the observations' allocations depend on
/// each other.
public struct MixtureAllocation: DiscreteModel {
  public struct Options: ObservationOptions {
    public var observations: [Double] = []
    public var data: String?
    public var target: String?
    public var means: [Double] = [-1, 1]
    public var sd = 1.0
    public var concentration = 1.0
    public static var options: [Option<Self>] {
      Option.observationOptions + [
        .numbers("means", \.means, .any, "the mean of each component, two or more"),
        .number("sd", \.sd, .positive, "the sd of every component"),
        .number(
          "concentration", \.concentration, .positive,
          "α: small ones put all observations into few components"),
      ]
    }
    public init() {}
  }

  public static let name = "mixture-allocation"
  public static let summary =
    "which component each observation is from, the weights integrated out; exact by enumeration"
  public static var example: (options: Options, data: ModelData)? {
    var options = Options()
    options.observations = [-1.4, 0.2, 0.6, 2.1]
    options.means = [-1, 0.5, 2]
    return (options, ModelData())
  }

  public let latents: [Latent]
  public private(set) var states = StateTable()
  private let x: [Double]
  private let options: Options

  public init(_ options: Options, data: ModelData) throws(SettingsProblem) {
    let x = try options.observed(in: data.tables["data"])
    let components = options.means.count
    guard components > 1 else {
      throw SettingsProblem(
        path: ["means"], what: "is a list of \(components)", fix: "give the means of two components or more")
    }
    try StateTable.check(values: components, latents: x.count, option: "observations")
    self.x = x
    self.options = options
    latents = [Latent("z", count: x.count * components, .category(of: components))]
    states = StateTable(of: self)
  }

  public var observationCount: Int { x.count }

  /// z.2.1 is whether the second observation is from the first component.
  public var variableNames: [String] {
    x.indices.flatMap { n in options.means.indices.map { "z.\(n + 1).\($0 + 1)" } }
  }

  public func logLikelihood(_ draw: LatentDraw, _ rows: ObservedRows) -> Traced {
    let z = draw["z"]
    let densities = x.flatMap { x in
      options.means.map { mean in
        -0.5 * LogDensity.logTwoPi - Foundation.log(options.sd)
          - 0.5 * (x - mean) * (x - mean) / (options.sd * options.sd)
      }
    }
    return (z.tape.constant(densities) * z).sum()
  }

  public func logPrior(_ draw: LatentDraw) -> Traced {
    let (count, components) = (x.count, options.means.count)
    let share = options.concentration / Double(components)
    let byComponent = (0..<components).flatMap { k in (0..<count).map { $0 * components + k } }
    let counts = draw["z"].gathered(byComponent, Shape(components, count)).sumRows()
    return (counts + share).logGamma().sum() - Double(components) * lgamma(share)
      + lgamma(options.concentration) - lgamma(options.concentration + Double(count))
  }
}
