/// The posterior of up to three latents and its evidence by the trapezoidal rule, on a lattice that is refined until two levels agree.
///
/// A run's steps are levels of refinement, `steps` of them at most. Nothing is drawn: every seed gives the same numbers.
public struct LatticeQuadrature: PosteriorSampler {
  public static let name = "quadrature"
  public static let summary = "the posterior of up to three latents and its evidence, by the trapezoidal rule"
  public var tolerance = 1e-8
  public var mostPoints = 1_000_000
  public static var options: [Option<Self>] {
    [
      .number(
        "tolerance", \.tolerance, .positive,
        "the largest error by two levels of refinement, relative to the evidence"),
      .integer("most_points", \.mostPoints, 1000...100_000_000, "points of a level at most"),
    ]
  }

  private static let mostLatents = 3

  public init() {}

  public func obstacle(with model: any Model) -> SettingsProblem? {
    guard model.dimension > Self.mostLatents else { return nil }
    return SettingsProblem(
      path: ["family"],
      what:
        "'\(Self.name)' takes \(Self.mostLatents) latents at most, and '\(model.modelName)' has \(model.dimension)",
      fix: "use \(NoUTurn.name), \(SequentialMonteCarlo.name) or \(AnnealedImportanceSampling.name)")
  }

  public func execute(_ run: FitRun, _ task: InferenceTask, _ source: any FitSource) -> FitResult {
    QuadratureRun(run, task, self).execute(source)
  }
}
