public import ReverseTape

/// The χ upper bound CUBO_n = log E[w^n] / n (Dieng, Tran, Ranganath, Paisley & Blei 2017, eq. 4) by K draws. It is minimised: what
/// is maximised, and recorded, is −CUBO_n.
///
/// The estimate has no minimum by few draws: a q that shrinks to a point has small weights wherever it is. Its own derivative runs
/// there. So the gradients by coefficients are of CUBO_n itself, with the K draws' shares u = w^n / Σ w^n for its expectations:
/// ∇ log E[w^n] = (1 − β n) E[u ∇ log q], and E[u ∇ log q] = n E[u ∇ log w] through the draw.
public struct ChiUpperBound: PowerMeanObjective {
  public static let name = "cubo"
  public static let summary = "minus the χ upper bound log E[w^n] / n, which is minimised (Dieng et al. 2017)"
  public var order = 2.0
  public var samplesPerTerm = 16
  public static var options: [Option<Self>] {
    [
      .number("order", \.order, Bounds(lower: 1, includesLower: false), "n, the order of the χ divergence"),
      .samplesPerTerm(\.samplesPerTerm),
    ]
  }

  public init() {}

  public var power: Double { order }
  public var sign: Double { -1 }
  public var bound: EvidenceBound? { .upper }
  public var estimators: [any Estimator.Type] {
    [ScoreFunction.self, DoublyReparameterized.self, Reparameterization.self]
  }

  /// (β n − 1) u.
  public func pathCoefficients(_ weights: ImportanceTerms) -> Traced? {
    (order * weights.beta - 1) * weights.shares(power: order)
  }

  /// (β n − 1) (u − 1/K) / n: the mean of ∇ log q, whose expectation is 0, takes the noise away where the weights are alike.
  public func scoreCoefficients(_ weights: ImportanceTerms) -> Traced? {
    let centered = weights.shares(power: order) - 1 / Double(weights.samples)
    return (weights.beta - 1 / order) * centered
  }

  /// Shares are of all draws together.
  public func learningSignals(_ weights: ImportanceTerms) -> Traced? { nil }
}
