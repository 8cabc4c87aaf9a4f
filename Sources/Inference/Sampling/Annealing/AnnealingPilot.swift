import NumericArrays

/// A system of particles that finds its way to the posterior and leaves the temperatures, step sizes and metrics that it took. What
/// follows it has other random numbers, so that its estimates are unbiased though the way was learned.
struct AnnealingPilot {
  static let particles = 256
  private static let targetAcceptance = 0.8
  /// Transitions at each temperature, after each of which the step size is corrected, and at the last one.
  private static let rounds = (each: 3, last: 10)
  private static let mostRungs = 10_000
  /// Of t: particles that get no further than this.
  private static let smallestStep = 1e-15

  private let number: Int
  private let density: WhitenedDensity
  private let plan: AnnealingPlan
  private let random: AnnealingRandomness
  private var particles: [Particle] = []
  private var size = 1.0

  init(
    _ number: Int, _ density: WhitenedDensity, _ plan: AnnealingPlan, _ random: AnnealingRandomness
  ) {
    self.number = number
    self.density = density
    self.plan = plan
    self.random = random
  }

  /// - Returns: nil where it was asked to stop.
  mutating func learn(shouldStop: () -> Bool) throws(SamplerFailure) -> AnnealingPath? {
    let start = transition(rung: 0, round: 0)
    particles = (0..<Self.particles).map { Particle(start.noise(of: $0), density) }
    var rungs: [AnnealingPath.Rung] = []
    var t = 0.0
    while t < 1 {
      if shouldStop() { return nil }
      let ratios = particles.map(\.logRatio)
      guard ratios.contains(where: { $0 > -.infinity }) else {
        throw SamplerFailure(
          description:
            "none of the pilot's \(Self.particles) particles has a finite density at t = \(t.shortest)")
      }
      let next = next(after: t, ratios)
      guard next - t > Self.smallestStep, rungs.count < Self.mostRungs else {
        throw SamplerFailure(
          description:
            "the pilot's particles get no further than t = \(t.shortest) in \(rungs.count) temperatures; "
            + "the start is too far from the posterior, or too narrow")
      }
      let ancestors = Resampling.systematic(
        ratios.map { (next - t) * $0 },
        uniform: random.resampling(.pilot, system: number, rung: rungs.count + 1, count: 1)[0])
      particles = ancestors.map { particles[$0] }
      t = next
      let inverseMetric = variances
      for round in 0..<(t == 1 ? Self.rounds.last : Self.rounds.each) {
        move(at: t, rung: rungs.count + 1, round: round, inverseMetric)
      }
      rungs.append(AnnealingPath.Rung(inverseTemperature: t, stepSize: size, inverseMetric: inverseMetric))
    }
    return AnnealingPath(rungs: rungs)
  }

  /// The temperature whose weights leave the asked share of the particles, by bisection.
  private func next(after t: Double, _ ratios: [Double]) -> Double {
    func share(_ step: Double) -> Double {
      Resampling.effectiveSize(ratios.map { step * $0 }) / Double(ratios.count)
    }
    // Particles of zero density are lost at any temperature.
    let alive = Double(ratios.count { $0 > -.infinity }) / Double(ratios.count)
    let asked = plan.conditionalSize * alive
    if share(1 - t) >= asked { return 1 }
    var (low, high) = (0.0, 1 - t)
    for _ in 0..<60 {
      let middle = 0.5 * (low + high)
      if share(middle) >= asked { low = middle } else { high = middle }
    }
    return t + low
  }

  /// One transition of every particle, after which the step size is nearer to the one that is accepted as often as it should be.
  private mutating func move(at t: Double, rung: Int, round: Int, _ inverseMetric: [Double]) {
    let transition = transition(rung: rung, round: round)
    var acceptance = 0.0
    for index in particles.indices {
      acceptance += particles[index].move(
        at: t, transition.noise(of: index), decision: transition.decision(of: index),
        size: transition.size(of: index, near: size), inverseMetric: inverseMetric, steps: plan.leapfrogSteps,
        density)
    }
    size *= SpecialFunctions.exp(acceptance / Double(particles.count) - Self.targetAcceptance)
  }

  /// The Gaussian with the mean and covariance of the particles, in the end; correlations of the u are drawn a little towards none,
  /// where the latents are many.
  var moments: GaussianStart? {
    let count = Double(particles.count)
    let mean = (0..<density.dimension).map { index in particles.reduce(0) { $0 + $1.u[index] } / count }
    let share = count / (count + Double(density.dimension))
    var covariance = Matrix.diagonal(variances)
    for row in 0..<density.dimension {
      for column in 0..<row {
        let sum = particles.reduce(0) { $0 + ($1.u[row] - mean[row]) * ($1.u[column] - mean[column]) }
        covariance[row, column] = share * sum / count
        covariance[column, row] = covariance[row, column]
      }
    }
    return density.unwhitened(mean: mean, covariance: covariance)
  }

  private func transition(rung: Int, round: Int) -> AnnealingRandomness.Transition {
    random.transition(
      .pilot, system: number, rung: rung, move: round, particles: Self.particles, dimension: density.dimension
    )
  }

  /// The variances of u, drawn a little towards 0.001 so that none is zero, as Stan does.
  private var variances: [Double] {
    let count = Double(particles.count)
    return (0..<density.dimension).map { index in
      let mean = particles.reduce(0) { $0 + $1.u[index] } / count
      let variance = particles.reduce(0) { $0 + ($1.u[index] - mean) * ($1.u[index] - mean) } / count
      return (count * variance + 0.005) / (count + 5)
    }
  }
}
