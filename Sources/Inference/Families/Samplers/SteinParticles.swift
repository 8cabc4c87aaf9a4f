/// Particles that are moved together towards the posterior (Liu & Wang 2016): by the optimizer's steps along the direction in which
/// KL[q ‖ p(z|x)] falls fastest among the functions of a kernel's space.
///
/// A run's steps are updates of all particles. Given where they start, nothing is drawn.
public struct SteinParticles: PosteriorSampler {
  public static let name = "stein"
  public static let summary =
    "Stein variational gradient descent: particles without a density (Liu & Wang 2016)"
  public var particles = 100
  public var kernel = SteinKernel.Shape.gaussian
  public var bandwidth: Double?
  public static var options: [Option<Self>] {
    [
      .integer("particles", \.particles, 1...2000, "points that stand for the posterior"),
      .choice("kernel", \.kernel, "how near particles share their gradients and repel each other"),
      .number(
        "bandwidth", \.bandwidth, .positive,
        "h, in squares of the distance; null: the squared median distance over log n, at every step"),
    ]
  }

  public init() {}

  public func execute(_ run: FitRun, _ task: InferenceTask, _ source: any FitSource) -> FitResult {
    SteinRun(run, task, self).execute(source)
  }
}
