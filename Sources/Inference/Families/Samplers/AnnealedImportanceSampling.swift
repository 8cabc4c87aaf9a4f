/// The evidence by annealed importance sampling (Neal 2001), between bounds from both sides (Grosse, Ghahramani & Adams 2015).
///
/// Independent chains start at draws from a Gaussian and follow the geometric path to the posterior by Hamiltonian transitions. A
/// run's steps are the temperatures of the path, every chain taking one of them at a time.
public struct AnnealedImportanceSampling: PosteriorSampler {
  public static let name = "annealed-importance-sampling"
  public static let summary =
    "the evidence by chains from a Gaussian to the posterior (Neal 2001), in a bracket"
  public var chains = 64
  public var moves = 1
  public var leapfrogSteps = 5
  public var start = AnnealingStart.fitted
  public var spread = 1.5
  public var isBracketed = true
  public static var options: [Option<Self>] {
    [
      .integer("chains", \.chains, 4...1_000_000, "independent chains, each with a weight"),
      .integer("moves", \.moves, 1...1000, "Hamiltonian transitions of a chain at each temperature"),
      .integer("leapfrog_steps", \.leapfrogSteps, 1...10_000, "leapfrog steps of a transition"),
      .choice("start", \.start, AnnealingStart.help),
      .number("spread", \.spread, .positive, "sd of the start in units of the fitted Gaussian's"),
      .boolean(
        "bracket", \.isBracketed, "chains back from draws of the No-U-Turn sampler, for the upper bound"),
    ]
  }

  public init() {}

  public func execute(_ run: FitRun, _ task: InferenceTask, _ source: any FitSource) -> FitResult {
    let plan = AnnealingPlan(
      systems: chains, particles: 1, moves: moves, leapfrogSteps: leapfrogSteps, start: start, spread: spread,
      conditionalSize: 0.9, temperatures: run.settings.steps, isBracketed: isBracketed)
    return AnnealingRun(run, task, plan).execute(source)
  }
}
