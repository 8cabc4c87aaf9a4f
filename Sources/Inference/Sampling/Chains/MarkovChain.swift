import NumericArrays

/// One chain of the No-U-Turn sampler: its place, its step size and its metric.
struct MarkovChain {
  private let number: Int
  private let seed: UInt64
  private let options: NoUTurn
  private let warmUp: Int
  private let density: PosteriorDensity.Evaluation
  private var inverseMetric: [Double]
  private var stepSize: StepSizeAdaptation
  private var metric: MetricAdaptation
  private(set) var point: PhasePoint

  /// Draws from one iteration.
  struct Draw {
    var z: [Double]
    var logDensity: Double
    var transition: Trajectory.Summary
  }

  /// - Throws: where no start with a finite density is found.
  init(
    _ density: PosteriorDensity.Evaluation, _ options: NoUTurn, number: Int, seed: UInt64, location: [Double],
    warmUp: Int
  ) throws(NoStart) {
    self.number = number
    self.seed = seed
    self.options = options
    self.warmUp = warmUp
    self.density = density
    let count = location.count
    inverseMetric = [Double](repeating: 1, count: count)
    metric = MetricAdaptation(dimension: count, iterations: warmUp)
    stepSize = StepSizeAdaptation(target: options.targetAcceptance, size: 1)
    let stream = NoiseStream(seed: seed, purpose: .chainStart)
    var start: PhasePoint?
    for attempt in 0..<Self.attempts where start == nil {
      let uniforms = stream.uniforms(count: count, step: UInt64(number) << 32 | UInt64(attempt))
      let found = PhasePoint(
        zip(location, uniforms).map { $0 + options.spread * (2 * $1 - 1) }, density)
      if found.logDensity.isFinite, found.gradient.allSatisfy(\.isFinite) { start = found }
    }
    guard let start else { throw NoStart(chain: number) }
    point = start
    stepSize.restart(at: reasonableSize(from: 1, iteration: 0))
  }

  private static let attempts = 100

  /// No chain can start there.
  struct NoStart: Error, CustomStringConvertible {
    var chain: Int
    var description: String {
      "chain \(chain + 1) finds no start with a finite density and gradient in \(MarkovChain.attempts) attempts; "
        + "give another initial location, or a smaller spread"
    }
  }

  var size: Double { stepSize.size }

  /// One transition; iterations are counted from 0, and those below `warmUp` learn.
  mutating func advance(iteration: Int) -> Draw {
    if iteration == warmUp { stepSize.settle() }
    let normals = NoiseStream(seed: seed, purpose: .momentum).normals(
      dimension: point.z.count, draws: 1, firstDraw: number, step: UInt64(iteration) + 1)
    for index in normals.indices {
      point.momentum[index] = normals[index] / inverseMetric[index].squareRoot()
    }
    let summary = Trajectory.transition(
      from: &point, density, inverseMetric: inverseMetric, size: stepSize.size, maxDepth: options.maxDepth,
      TransitionRandomness(seed: seed, chain: number, iteration: iteration))
    if iteration < warmUp {
      stepSize.learn(acceptance: summary.acceptance)
      if let learned = metric.learn(point.z, iteration: iteration) {
        inverseMetric = learned
        stepSize.restart(at: reasonableSize(from: stepSize.size, iteration: iteration + 1))
      }
    }
    return Draw(z: point.z, logDensity: point.logDensity, transition: summary)
  }

  /// A step size whose first step is accepted about as often as asked for, by doubling or halving (Hoffman & Gelman 2014,
  /// algorithm 4, with the target in the place of one half).
  private func reasonableSize(from start: Double, iteration: Int) -> Double {
    let stream = NoiseStream(seed: seed, purpose: .chainStart)
    let normals = stream.normals(
      dimension: point.z.count, draws: 1, firstDraw: number, step: 1 << 48 | UInt64(iteration))
    var origin = point
    for index in normals.indices {
      origin.momentum[index] = normals[index] / inverseMetric[index].squareRoot()
    }
    let energy = origin.energy(inverseMetric)
    func isAccepted(_ size: Double) -> Bool {
      var moved = origin
      moved.step(size, inverseMetric, density)
      return energy - moved.energy(inverseMetric) > SpecialFunctions.log(options.targetAcceptance)
    }
    var size = start
    let grows = isAccepted(size)
    for _ in 0..<100 where isAccepted(size) == grows { size *= grows ? 2 : 0.5 }
    return size
  }
}
