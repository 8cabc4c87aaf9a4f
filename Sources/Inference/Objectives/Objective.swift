public import ReverseTape

/// What is maximised: a function of the importance weights of draws of q (``WeightObjective``), or of the two terms of the bound
/// where every datum has latents of its own (``RateObjective``).
public protocol Objective: Component {
  /// K, the draws of each term; a step has `samples` terms.
  var samplesPerTerm: Int { get }
  /// The estimators that its gradient has, the default one first.
  var estimators: [any Estimator.Type] { get }
  /// Whether it is a function of β, rather than of weights at β = 1 alone.
  var dependsOnBeta: Bool { get }
  /// Whether a model's parameters can be learned by it.
  var learnsModels: Bool { get }
}

extension Objective {
  public var dependsOnBeta: Bool { true }
  public var learnsModels: Bool { false }

  /// Whether it is the ELBO, a mean over draws, so that minibatches, closed forms and every writing of the bound apply.
  var isLinear: Bool { self is EvidenceLowerBound }
}

/// A function of the importance weights of draws of q, estimated from K of them at a time.
///
/// The value, whatever its estimator, and the coefficients of the gradients that it has: with log w the β-weighted log weight of a
/// draw and q its density, the gradient of each term is Σ c ∇ log w through the draw alone, q's own φ held fixed (path
/// coefficients), or Σ c ∇ log q at a fixed draw (score coefficients).
public protocol WeightObjective: Objective {
  /// What its value is to log p(x) at β = 1; nil where it is no bound.
  var bound: EvidenceBound? { get }
  /// The estimate of each term, `[terms]`.
  func estimate(_ weights: ImportanceTerms) -> Traced
  /// Path coefficients `[terms, K]`; nil where there are none.
  func pathCoefficients(_ weights: ImportanceTerms) -> Traced?
  /// Score coefficients `[terms, K]`; nil where there are none.
  func scoreCoefficients(_ weights: ImportanceTerms) -> Traced?
  /// The score coefficients without any control variate `[terms, K]`; nil where draws are always held against each other.
  func learningSignals(_ weights: ImportanceTerms) -> Traced?
}

/// How a function of the weights bounds log p(x).
public enum EvidenceBound: Sendable, Hashable {
  /// From below, as the expectation of the estimate by K draws: each K has a bound of its own.
  case lowerOfSamples
  /// From below, where K grows: few draws estimate it with a bias.
  case lower
  /// From above, where K grows: the estimate is its negative.
  case upper
}

extension WeightObjective {
  public var bound: EvidenceBound? { nil }
  public func pathCoefficients(_ weights: ImportanceTerms) -> Traced? { nil }
  public func scoreCoefficients(_ weights: ImportanceTerms) -> Traced? { nil }
  public func learningSignals(_ weights: ImportanceTerms) -> Traced? { nil }

  /// Whether its score coefficients can go without what the other draws say.
  var hasLearningSignals: Bool {
    let tape = Tape(draws: 1)
    return learningSignals(
      ImportanceTerms(logWeights: tape.constant([0], Shape(1, 1)), beta: tape.constant(1))) != nil
  }
}

extension Registry where Item == any Objective {
  /// The objectives: one line each.
  public static let objectives = Registry(
    kind: .objective,
    entries: [
      Entry(EvidenceLowerBound.self, as: .objective) { $0 },
      Entry(ImportanceWeightedBound.self, as: .objective) { $0 },
      Entry(RenyiBound.self, as: .objective) { $0 },
      Entry(ChiUpperBound.self, as: .objective) { $0 },
      Entry(ThermodynamicObjective.self, as: .objective) { $0 },
      Entry(ForwardDivergence.self, as: .objective) { $0 },
      Entry(TailAdaptive.self, as: .objective) { $0 },
      Entry(FreeBits.self, as: .objective) { $0 },
      Entry(CapacityObjective.self, as: .objective) { $0 },
      Entry(ConstrainedReconstruction.self, as: .objective) { $0 },
      Entry(TotalCorrelationObjective.self, as: .objective) { $0 },
    ])
}
