/// The variational Rényi bound log E[w^(1 − α)] / (1 − α) (Li & Turner 2016, eq. 7) by K draws: the ELBO at α = 1, IWAE's at 0.
public struct RenyiBound: PowerMeanObjective {
  public static let name = "renyi"
  public static let summary = "the variational Rényi bound log E[w^(1-α)] / (1-α) (Li & Turner 2016)"
  public var alpha = 0.5
  public var samplesPerTerm = 16
  public static var options: [Option<Self>] {
    [
      .number(
        "alpha", \.alpha, .nonNegative, "order of the divergence: 0 is IWAE, 1 the ELBO; below 0 see cubo"),
      .samplesPerTerm(\.samplesPerTerm),
    ]
  }

  public init() {}

  public var power: Double { 1 - alpha }
  public var sign: Double { 1 }
  public var bound: EvidenceBound? { .lower }
  public var estimators: [any Estimator.Type] {
    [Reparameterization.self, DoublyReparameterized.self, ScoreFunction.self]
  }
  public var learnsModels: Bool { true }
}
