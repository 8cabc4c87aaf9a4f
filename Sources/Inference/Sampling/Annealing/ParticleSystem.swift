import NumericArrays

/// Weighted particles on their way along a path, and the estimate of the evidence that they make: the product of their mean weights
/// between resamplings, whose expectation is the evidence (Del Moral 2004, §7.4; of one particle, Neal 2001).
struct ParticleSystem {
  private let number: Int
  private let phase: AnnealingPhase
  private let plan: AnnealingPlan
  private let random: AnnealingRandomness
  /// A path back from the posterior, from its last point to its first, which the first particle follows; empty where there is none.
  private let held: [Particle]
  private(set) var particles: [Particle]
  /// Since the last resampling.
  private(set) var logWeights: [Double]
  private var logBefore = 0.0
  private(set) var acceptance = 0.0

  init(
    _ number: Int, _ phase: AnnealingPhase, _ plan: AnnealingPlan, _ random: AnnealingRandomness,
    _ density: WhitenedDensity, holding held: [Particle] = []
  ) {
    self.number = number
    self.phase = phase
    self.plan = plan
    self.random = random
    self.held = held
    let start = random.transition(
      phase, system: number, rung: 0, move: 0, particles: plan.particles, dimension: density.dimension)
    particles = (0..<plan.particles).map {
      $0 == 0 && !held.isEmpty ? held[held.count - 1] : Particle(start.noise(of: $0), density)
    }
    logWeights = [Double](repeating: 0, count: plan.particles)
  }

  /// The log of the estimated evidence; of the mean weight so far.
  var logEstimate: Double {
    logBefore + Statistics.logSumExp(logWeights) - SpecialFunctions.log(Double(plan.particles))
  }

  /// Weights, resamples where the weights are worth less than half of the particles, and moves.
  mutating func advance(to rung: Int, of path: AnnealingPath, _ density: WhitenedDensity) {
    let increase = path.increase(to: rung)
    for index in particles.indices { logWeights[index] += increase * particles[index].logRatio }
    resample(rung)
    for move in 0..<plan.moves {
      Self.move(
        &particles, from: held.isEmpty ? 0 : 1, path.rungs[rung],
        random.transition(
          phase, system: number, rung: rung + 1, move: move, particles: plan.particles,
          dimension: density.dimension), plan, density, &acceptance)
    }
    if !held.isEmpty { particles[0] = held[held.count - 2 - rung] }
  }

  private mutating func resample(_ rung: Int) {
    let count = plan.particles
    let size = Resampling.effectiveSize(logWeights)
    guard count > 1, size > 0, size < 0.5 * Double(count) else { return }
    let ancestors: [Int]
    if held.isEmpty {
      let uniform = random.resampling(phase, system: number, rung: rung + 1, count: 1)[0]
      ancestors = Resampling.systematic(logWeights, uniform: uniform)
    } else {
      let uniforms = random.resampling(phase, system: number, rung: rung + 1, count: count)
      ancestors = Resampling.conditional(logWeights, uniforms: uniforms)
    }
    logBefore = logEstimate
    particles = ancestors.map { particles[$0] }
    logWeights = [Double](repeating: 0, count: count)
  }

  /// A path back from a point of the posterior: the transitions of each temperature from the last to the first, each its own
  /// reversal, with the point before them. From the last point to the first.
  static func way(
    back last: Particle, _ number: Int, along path: AnnealingPath, _ plan: AnnealingPlan,
    _ random: AnnealingRandomness, _ density: WhitenedDensity
  ) -> [Particle] {
    var way = [last]
    var particle = [last]
    var acceptance = 0.0
    for rung in path.rungs.indices.reversed() {
      for move in 0..<plan.moves {
        Self.move(
          &particle, from: 0, path.rungs[rung],
          random.transition(
            .backward, system: number, rung: rung + 1, move: move, particles: 1, dimension: density.dimension),
          plan, density, &acceptance)
      }
      way.append(particle[0])
    }
    return way
  }

  private static func move(
    _ particles: inout [Particle], from first: Int, _ rung: AnnealingPath.Rung,
    _ transition: AnnealingRandomness.Transition, _ plan: AnnealingPlan, _ density: WhitenedDensity,
    _ acceptance: inout Double
  ) {
    for index in particles.indices.dropFirst(first) {
      acceptance += particles[index].move(
        at: rung.inverseTemperature, transition.noise(of: index), decision: transition.decision(of: index),
        size: transition.size(of: index, near: rung.stepSize), inverseMetric: rung.inverseMetric,
        steps: plan.leapfrogSteps, density)
    }
  }
}
