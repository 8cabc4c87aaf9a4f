public import ReverseTape

/// No family but the posterior itself, by draws: Hamiltonian Monte Carlo whose trajectories end where they turn back (Hoffman &
/// Gelman 2014), with multinomial draws from them (Betancourt 2017, appendix A) and a diagonal metric that is learned as Stan does.
///
/// It has no bound and no φ. What it gives the others is a reference: means, standard deviations, and the evidence. A run's steps
/// are iterations of its chains; β < 1 or > 1 samples p(z) p(x|z)^(1/β), which the β-weighted bound is tight at.
public struct NoUTurn: Family {
  public static let name = "nuts"
  public static let summary =
    "draws from the posterior by the No-U-Turn sampler: the reference, without a bound"
  public var chains = 4
  public var warmUp = 0.5
  public var targetAcceptance = 0.8
  public var maxDepth = 10
  public var spread = 2.0
  public static var options: [Option<Self>] {
    [
      .integer("chains", \.chains, 1...1000, "Markov chains; R-hat needs two"),
      .number(
        "warm_up", \.warmUp, .decay, "the share of a run's steps in which step size and metric are learned"),
      .number(
        "target_acceptance", \.targetAcceptance,
        Bounds(lower: 0, upper: 1, includesLower: false, includesUpper: false),
        "the mean acceptance that the step size is learned for"),
      .integer("max_depth", \.maxDepth, 1...20, "doublings of a trajectory at most"),
      .number(
        "spread", \.spread, .nonNegative, "chains start uniformly within so much of the start's location"),
    ]
  }

  public init() {}

  public func parameterCount(for model: any Model) -> Int { 0 }
  public func noiseCount(for model: any Model) -> Int { 0 }
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] { [] }
  public var hasDensity: Bool { false }

  /// Nothing: there is no q on a tape.
  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    Variational()
  }
}
