/// Several Pathfinders together: draws of the mixture of their Gaussians, weighted to the posterior (Zhang, Carpenter, Gelman & Vehtari
/// 2022, algorithm 2).
///
/// A run's steps are paths; `steps` is the number of updates of each ascent at most.
public struct MultiPathfinder: PosteriorSampler {
  public static let name = "multi-pathfinder"
  public static let summary =
    "the Gaussians of several Pathfinders, weighted to the posterior (Zhang, Carpenter, Gelman & Vehtari 2022)"
  public var paths = 8
  public var draws = 250
  public var history = 6
  public var spread = 2.0
  public static var options: [Option<Self>] {
    [
      .integer("paths", \.paths, 1...100, "ascents, each from a start of its own"),
      .integer("draws", \.draws, 25...100_000, "draws of each path's Gaussian"),
      .integer("history", \.history, 1...1000, "steps whose slopes make a covariance"),
      .number(
        "spread", \.spread, .nonNegative, "an ascent starts uniformly within so much of the start's location"),
    ]
  }

  public init() {}

  public func execute(_ run: FitRun, _ task: InferenceTask, _ source: any FitSource) -> FitResult {
    MultiPathRun(run, task, self).execute(source)
  }
}
