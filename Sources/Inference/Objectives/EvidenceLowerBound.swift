public import ReverseTape

/// The ELBO, E_q[log w] (Jordan, Ghahramani, Jaakkola & Saul 1999), its KL to the prior weighted by β (Higgins et al. 2017).
public struct EvidenceLowerBound: WeightObjective {
  public static let name = "elbo"
  public static let summary = "the evidence lower bound, its KL to the prior weighted by β"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var samplesPerTerm: Int { 1 }
  public var estimators: [any Estimator.Type] {
    [
      Reparameterization.self, StickingTheLanding.self, Enumeration.self, ScoreFunction.self,
      GumbelSoftmax.self,
      StraightThrough.self,
    ]
  }
  public var learnsModels: Bool { true }

  public func estimate(_ weights: ImportanceTerms) -> Traced { weights.logWeights.sumRows() }

  public func pathCoefficients(_ weights: ImportanceTerms) -> Traced? {
    weights.tape.constant([Double](repeating: 1, count: weights.termCount), weights.logWeights.shape)
  }

  /// Each draw's log weight less the mean of the others' (Mnih & Rezende 2016, eq. 8 to 10; the gradient of VarGrad, Richter et al.
  /// 2020, eq. 10).
  public func scoreCoefficients(_ weights: ImportanceTerms) -> Traced? {
    let count = Double(weights.termCount)
    let logWeights = weights.logWeights
    return (logWeights - logWeights.sum() * (1 / count)) * (count / (count - 1))
  }

  /// log w (Ranganath, Gerrish & Blei 2014, eq. 2): the mean of −β ∇ log q, through log q in the weights, is 0.
  public func learningSignals(_ weights: ImportanceTerms) -> Traced? { weights.logWeights }
}
