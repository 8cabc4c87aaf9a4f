import NumericArrays

/// The random numbers of the particles, keyed by seed, phase, system, rung and move.
struct AnnealingRandomness {
  private let normals: NoiseStream
  private let uniforms: NoiseStream

  init(seed: UInt64) {
    normals = NoiseStream(seed: seed, purpose: .annealing)
    uniforms = NoiseStream(seed: seed, purpose: .annealingDecision)
  }

  /// What a system's particles take for one transition; rung 0 is that of the start, whose normals are the particles themselves.
  struct Transition {
    fileprivate let noise: [Double]
    fileprivate let decisions: [Double]
    fileprivate let count: Int

    /// Standard normal variates of a particle, `[D]`.
    func noise(of particle: Int) -> [Double] {
      stride(from: particle, to: noise.count, by: count).map { noise[$0] }
    }

    /// A uniform number of a particle.
    func decision(of particle: Int) -> Double { decisions[particle] }

    /// A step size within a fifth of the one that was learned, so that no trajectory is periodic (Neal 2011, §3.2).
    func size(of particle: Int, near size: Double) -> Double {
      size * (0.8 + 0.4 * decisions[count + particle])
    }
  }

  func transition(
    _ phase: AnnealingPhase, system: Int, rung: Int, move: Int, particles: Int, dimension: Int
  ) -> Transition {
    let key = Self.key(phase, rung: rung, move: move)
    return Transition(
      noise: normals.normals(
        dimension: dimension, draws: particles, firstDraw: system * particles, step: key),
      decisions: uniforms.uniforms(count: 2 * particles, step: key | UInt64(system) << 10), count: particles)
  }

  /// Uniform numbers for a system's resampling at a rung.
  func resampling(_ phase: AnnealingPhase, system: Int, rung: Int, count: Int) -> [Double] {
    uniforms.uniforms(count: count, step: Self.key(phase, rung: rung, move: 1023) | UInt64(system) << 10)
  }

  /// Room for 2³⁰ rungs, 2²⁰ systems and 1,000 moves.
  private static func key(_ phase: AnnealingPhase, rung: Int, move: Int) -> UInt64 {
    phase.rawValue << 60 | UInt64(rung) << 30 | UInt64(move)
  }
}
