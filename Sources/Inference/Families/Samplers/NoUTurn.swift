/// No family but the posterior itself, by draws: Hamiltonian Monte Carlo whose trajectories end where they turn back (Hoffman &
/// Gelman 2014), with multinomial draws from them (Betancourt 2017, appendix A) and a diagonal metric that is learned as Stan does.
///
/// A run's steps are iterations of its chains.
public struct NoUTurn: PosteriorSampler {
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

  public func execute(_ run: FitRun, _ task: InferenceTask, _ source: any FitSource) -> FitResult {
    var chains = SamplerRun(run, task, self)
    return chains.execute(source)
  }
}
