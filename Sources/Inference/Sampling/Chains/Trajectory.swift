import NumericArrays

/// A trajectory that doubles until it turns back, and the draw from it (Hoffman & Gelman 2014; Betancourt 2017, appendix A.4).
struct Trajectory {
  /// Above such an error of the energy the integrator has diverged.
  static let largestError = 1000.0

  /// What a chain's diagnostics need of a transition.
  struct Summary {
    /// The mean acceptance of the trajectory's points, were they proposed one by one.
    var acceptance: Double
    var depth: Int
    var hasDiverged: Bool
    /// The energy at the start of the trajectory.
    var energy: Double
  }

  /// A stretch of a trajectory in the order of its time.
  private struct Stretch {
    var first: [Double]
    var last: [Double]
    /// The sum of the momenta.
    var sum: [Double]
    /// The log of the sum of the points' weights.
    var logWeight: Double
    /// The point that was drawn from it.
    var draw: PhasePoint
  }

  private let density: PosteriorDensity.Evaluation
  private let inverseMetric: [Double]
  private let size: Double
  private let energy: Double
  private var random: TransitionRandomness
  private var acceptance = 0.0
  private var count = 0
  private var hasDiverged = false

  private init(
    _ density: PosteriorDensity.Evaluation, _ inverseMetric: [Double], _ size: Double, energy: Double,
    _ random: TransitionRandomness
  ) {
    self.density = density
    self.inverseMetric = inverseMetric
    self.size = size
    self.energy = energy
    self.random = random
  }

  /// Draws the next point of a chain from the trajectory through the current one.
  ///
  /// - Parameter point: the current one with a new momentum.
  static func transition(
    from point: inout PhasePoint, _ density: PosteriorDensity.Evaluation, inverseMetric: [Double],
    size: Double, maxDepth: Int, _ random: TransitionRandomness
  ) -> Summary {
    let energy = point.energy(inverseMetric)
    var trajectory = Trajectory(density, inverseMetric, size, energy: energy, random)
    let depth = trajectory.grow(from: &point, maxDepth: maxDepth)
    return Summary(
      acceptance: trajectory.count > 0 ? trajectory.acceptance / Double(trajectory.count) : 0, depth: depth,
      hasDiverged: trajectory.hasDiverged, energy: energy)
  }

  /// Doubles the trajectory forwards or backwards in time; leaves the draw in `point`.
  private mutating func grow(from point: inout PhasePoint, maxDepth: Int) -> Int {
    var ends = (backward: point, forward: point)
    var whole = Stretch(
      first: point.momentum, last: point.momentum, sum: point.momentum, logWeight: 0, draw: point)
    var depth = 0
    while depth < maxDepth {
      let isForward = random.next() > 0.5
      let grown =
        isForward
        ? stretch(depth, from: &ends.forward, size) : stretch(depth, from: &ends.backward, -size)
      guard let grown else { break }
      depth += 1
      // The later half is preferred: it moves the chain further (Betancourt 2017, "biased progressive sampling").
      if grown.logWeight > whole.logWeight
        || random.next() < SpecialFunctions.exp(grown.logWeight - whole.logWeight)
      {
        whole.draw = grown.draw
      }
      let (joined, goesOn) = join(isForward ? whole : grown, isForward ? grown : whole, draw: whole.draw)
      whole = joined
      if !goesOn { break }
    }
    point = whole.draw
    return depth
  }

  /// 2^depth further points; nil where the stretch turns back within itself or diverges.
  private mutating func stretch(_ depth: Int, from end: inout PhasePoint, _ size: Double) -> Stretch? {
    if depth == 0 {
      end.step(size, inverseMetric, density)
      count += 1
      let error = end.energy(inverseMetric) - energy
      acceptance += error > 0 ? SpecialFunctions.exp(-error) : 1
      if error > Self.largestError || error.isNaN {
        hasDiverged = true
        return nil
      }
      return Stretch(
        first: end.momentum, last: end.momentum, sum: end.momentum, logWeight: -error, draw: end)
    }
    guard let near = stretch(depth - 1, from: &end, size), let far = stretch(depth - 1, from: &end, size)
    else { return nil }
    let logWeight = Self.logSumExp(near.logWeight, far.logWeight)
    let draw = random.next() < SpecialFunctions.exp(far.logWeight - logWeight) ? far.draw : near.draw
    let (joined, goesOn) = join(size > 0 ? near : far, size > 0 ? far : near, draw: draw)
    return goesOn ? joined : nil
  }

  /// Two neighbouring stretches in the order of time, and whether neither the whole, nor either with the nearest point of the
  /// other, turns back.
  private func join(_ early: Stretch, _ late: Stretch, draw: PhasePoint) -> (Stretch, goesOn: Bool) {
    var sum = early.sum
    for index in sum.indices { sum[index] += late.sum[index] }
    let goesOn =
      isStraight(early.first, late.last, sum, nil)
      && isStraight(early.first, late.first, early.sum, late.first)
      && isStraight(early.last, late.last, late.sum, early.last)
    let joined = Stretch(
      first: early.first, last: late.last, sum: sum,
      logWeight: Self.logSumExp(early.logWeight, late.logWeight), draw: draw)
    return (joined, goesOn)
  }

  /// Whether both velocities point along the sum of momenta (Betancourt 2017, eq. 4).
  private func isStraight(_ first: [Double], _ last: [Double], _ sum: [Double], _ extra: [Double]?) -> Bool {
    var (a, b) = (0.0, 0.0)
    for index in sum.indices {
      let along = inverseMetric[index] * (extra.map { sum[index] + $0[index] } ?? sum[index])
      a += first[index] * along
      b += last[index] * along
    }
    return a > 0 && b > 0
  }

  private static func logSumExp(_ a: Double, _ b: Double) -> Double {
    let largest = max(a, b)
    return largest.isInfinite
      ? largest
      : largest + SpecialFunctions.log(SpecialFunctions.exp(a - largest) + SpecialFunctions.exp(b - largest))
  }
}
