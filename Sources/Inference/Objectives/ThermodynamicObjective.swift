import Foundation
public import ReverseTape

/// The thermodynamic variational objective (Masrani, Le & Wood 2019, eq. 8): the left Riemann sum of log E[w] = ∫₀¹ E_λ[log w] dλ
/// over the path of densities proportional to q w^λ, each expectation by the K draws with shares w^λ / Σ w^λ. One partition is
/// the ELBO.
public struct ThermodynamicObjective: WeightObjective {
  public static let name = "tvo"
  public static let summary =
    "the thermodynamic variational objective, a left Riemann sum (Masrani et al. 2019)"
  public var partitions = 2
  public var first: Double?
  public var samplesPerTerm = 16
  public static var options: [Option<Self>] {
    [
      .integer("partitions", \.partitions, 1...1000, "the parts of the path from q to the posterior"),
      .number(
        "first", \.first, Bounds(lower: 0, upper: 1, includesLower: false, includesUpper: false),
        "the first point above 0, from which points are spaced logarithmically to 1; null: equally spaced"),
      .samplesPerTerm(\.samplesPerTerm),
    ]
  }

  public init() {}

  public var bound: EvidenceBound? { .lower }
  public var estimators: [any Estimator.Type] { [ScoreFunction.self, Reparameterization.self] }
  public var learnsModels: Bool { true }

  /// Where the integrand is taken, ascending from 0, and the length of the part that follows.
  package var points: [(inverseTemperature: Double, width: Double)] {
    var ends = (0...partitions).map { Double($0) / Double(partitions) }
    if let first, partitions > 1 {
      ends = [0] + (0..<partitions).map { pow(first, 1 - Double($0) / Double(partitions - 1)) }
    }
    return zip(ends, ends.dropFirst()).map { ($0, $1 - $0) }
  }

  public func estimate(_ weights: ImportanceTerms) -> Traced {
    sum { width, shares, _ in width * (shares(weights) * weights.logWeights).sumRows() }
  }

  /// The covariance gradient (eq. 10): under the density at λ, E[∇ log w] + Cov[∇ log (q w^λ), log w], with ∇ log w = −β ∇ log q at
  /// a fixed draw. Its bias falls with K, as that of the shares.
  public func scoreCoefficients(_ weights: ImportanceTerms) -> Traced? {
    sum { width, shares, inverseTemperature in
      let shares = shares(weights)
      let center = (shares * weights.logWeights).sumRows()
      let covariance =
        (1 - inverseTemperature * weights.beta) * (weights.logWeights - weights.spread(center))
      return width * (shares * (covariance - weights.beta))
    }
  }

  private func sum(
    _ term: (_ width: Double, _ shares: (ImportanceTerms) -> Traced, _ inverseTemperature: Double) -> Traced
  ) -> Traced {
    let terms = points.map { point in
      term(point.width, { $0.shares(power: point.inverseTemperature) }, point.inverseTemperature)
    }
    return terms.dropFirst().reduce(terms[0], +)
  }
}
