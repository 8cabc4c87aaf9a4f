/// The posterior and its evidence by sequential Monte Carlo (Del Moral, Doucet & Jasra 2006): particles that are weighted, resampled
/// and moved from a Gaussian to the posterior, at temperatures of one conditional effective sample size (Zhou, Johansen & Aston 2016).
///
/// A pilot learns the temperatures, step sizes and metrics; the repetitions that follow it with other random numbers each estimate
/// the evidence without bias. A run's steps are the temperatures, `steps` of them at most.
public struct SequentialMonteCarlo: PosteriorSampler {
  public static let name = "sequential-monte-carlo"
  public static let summary =
    "the posterior and its evidence by particles that are resampled and moved (Del Moral et al. 2006), in a bracket"
  public var repetitions = 16
  public var particles = 128
  public var conditionalSize = 0.9
  public var moves = 2
  public var leapfrogSteps = 5
  public var start = AnnealingStart.fitted
  public var spread = 1.5
  public var isBracketed = true
  public static var options: [Option<Self>] {
    [
      .integer("repetitions", \.repetitions, 4...1000, "independent systems of particles"),
      .integer("particles", \.particles, 2...1_000_000, "particles of a system"),
      .number(
        "conditional_ess", \.conditionalSize,
        Bounds(lower: 0, upper: 1, includesLower: false, includesUpper: false),
        "the share of the particles that a temperature's weights leave, by which the next is chosen"),
      .integer("moves", \.moves, 1...1000, "Hamiltonian transitions of a particle at each temperature"),
      .integer("leapfrog_steps", \.leapfrogSteps, 1...10_000, "leapfrog steps of a transition"),
      .choice("start", \.start, AnnealingStart.help),
      .number("spread", \.spread, .positive, "sd of the start in units of the fitted Gaussian's"),
      .boolean(
        "bracket", \.isBracketed,
        "systems that hold a path back from a draw of the No-U-Turn sampler, for the upper bound"),
    ]
  }

  public init() {}

  public func execute(_ run: FitRun, _ task: InferenceTask, _ source: any FitSource) -> FitResult {
    let plan = AnnealingPlan(
      systems: repetitions, particles: particles, moves: moves, leapfrogSteps: leapfrogSteps, start: start,
      spread: spread, conditionalSize: conditionalSize, temperatures: nil, isBracketed: isBracketed)
    return AnnealingRun(run, task, plan).execute(source)
  }
}
