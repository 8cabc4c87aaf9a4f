/// The bound of importance-weighted autoencoders, E[log 1/K Σ w] (Burda, Grosse & Salakhutdinov 2016, eq. 8): it rises with K from
/// the ELBO to the evidence.
public struct ImportanceWeightedBound: PowerMeanObjective {
  public static let name = "iwae"
  public static let summary = "the importance-weighted bound E[log 1/K Σ w] (Burda et al. 2016)"
  public var samplesPerTerm = 16
  public static var options: [Option<Self>] { [.samplesPerTerm(\.samplesPerTerm)] }

  public init() {}

  public var power: Double { 1 }
  public var sign: Double { 1 }
  public var bound: EvidenceBound? { .lowerOfSamples }
  public var estimators: [any Estimator.Type] {
    [Reparameterization.self, DoublyReparameterized.self, ScoreFunction.self]
  }
  public var learnsModels: Bool { true }
}

extension Option {
  /// K of an objective.
  static func samplesPerTerm(_ property: Property<Int>) -> Self {
    .integer("k", property, 1...10_000, "K, the importance samples of each of a step's terms")
  }
}
