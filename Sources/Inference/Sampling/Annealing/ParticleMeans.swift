import NumericArrays

/// What weighted particles say of the density they are at: means over them, and over the systems their errors.
struct ParticleMeans {
  /// By system, the share of each particle in all; their sum is 1 over all systems.
  private let shares: [[Double]]
  /// By system and particle: log p(x, z), log p(x|z), the log density that is annealed, and the variables.
  private let joints: [[Double]]
  private let likelihoods: [[Double]]
  private let densities: [[Double]]
  private let variables: [[[Double]]]

  init(_ systems: [ParticleSystem], _ density: WhitenedDensity) {
    let logs = systems.map { system in
      // What the system's estimate gives each of its particles.
      let offset = system.logEstimate - Statistics.logSumExp(system.logWeights)
      return system.logWeights.map { $0 > -.infinity ? $0 + offset : -.infinity }
    }
    let total = Statistics.logSumExp(logs.flatMap(\.self))
    shares = logs.map { $0.map { SpecialFunctions.exp($0 - total) } }
    var (joints, likelihoods, densities, variables) = (
      [[Double]](), [[Double]](), [[Double]](), [[[Double]]]()
    )
    for system in systems {
      let described = system.particles.map { density.described($0.u) }
      joints.append(described.map(\.joint))
      likelihoods.append(described.map(\.likelihood))
      variables.append(described.map(\.variables))
      densities.append(system.particles.map { $0.logDensity - density.logVolume })
    }
    (self.joints, self.likelihoods, self.densities, self.variables) = (
      joints, likelihoods, densities, variables
    )
  }

  var joint: Double { mean(joints).value }
  var likelihood: Double { mean(likelihoods).value }
  /// Of log p(x, z) less the density that is annealed.
  var offset: (value: Double, error: Double) {
    mean(zip(joints, densities).map { zip($0, $1).map { $0 - $1 } })
  }

  /// Of one variable.
  func moments(_ index: Int) -> (mean: Double, error: Double, sd: Double) {
    let values = variables.map { $0.map { $0[index] } }
    let own = mean(values)
    let variance = mean(values.map { $0.map { ($0 - own.value) * ($0 - own.value) } }).value
    return (own.value, own.error, variance.squareRoot())
  }

  /// With the standard error of a ratio of sums over the systems, which are independent (Owen 2013, §9.2).
  private func mean(_ values: [[Double]]) -> (value: Double, error: Double) {
    // A particle without weight may have no finite value.
    let sums = zip(shares, values).map { shares, values in
      zip(shares, values).reduce(0) { $1.0 > 0 ? $0 + $1.0 * $1.1 : $0 }
    }
    let value = sums.reduce(0, +)
    let weights = shares.map { $0.reduce(0, +) }
    let squares = zip(sums, weights).reduce(0) { $0 + ($1.0 - $1.1 * value) * ($1.0 - $1.1 * value) }
    let count = Double(shares.count)
    return (value, (squares * count / (count - 1)).squareRoot())
  }
}
