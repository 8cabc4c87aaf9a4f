import NumericArrays
public import ReverseTape

/// −KL[p(z given x) ‖ q], by K draws of q with their shares u = w / Σ w: −Σ u log (K u). With the score function it is the wake phase
/// of q in reweighted wake–sleep (Bornschein & Bengio 2015; "wake-φ", Le et al. 2019, eq. 7).
public struct ForwardDivergence: WeightObjective {
  public static let name = "forward-kl"
  public static let summary = "minus KL[p(z|x) ‖ q], by self-normalised weights (Bornschein & Bengio 2015)"
  public var samplesPerTerm = 16
  public static var options: [Option<Self>] { [.samplesPerTerm(\.samplesPerTerm)] }

  public init() {}

  public var estimators: [any Estimator.Type] { [ScoreFunction.self, DoublyReparameterized.self] }
  public var dependsOnBeta: Bool { false }

  public func estimate(_ weights: ImportanceTerms) -> Traced {
    let logMean = weights.logWeights.logSumExpRows() - SpecialFunctions.log(Double(weights.samples))
    return logMean - (weights.shares(power: 1) * weights.logWeights).sumRows()
  }

  /// u less its mean 1/K, whose part has expectation 0 and takes the noise away where q is the posterior.
  public func scoreCoefficients(_ weights: ImportanceTerms) -> Traced? {
    weights.shares(power: 1) - 1 / Double(weights.samples)
  }

  /// u − u² (Tucker, Lawson, Gu & Maddison 2019, eq. 12).
  public func pathCoefficients(_ weights: ImportanceTerms) -> Traced? {
    let shares = weights.shares(power: 1)
    return shares * (1 - shares)
  }
}
