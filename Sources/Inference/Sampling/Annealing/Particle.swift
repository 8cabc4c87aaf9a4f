import NumericArrays

/// A point on the way from the Gaussian to the posterior, by the densities f_t(u) = N(u; 0, 1)^(1 − t) p(u)^t, with what is known of the
/// posterior's there.
struct Particle {
  private(set) var u: [Double]
  /// log p(u) and its gradient.
  private(set) var logDensity: Double
  private var slope: [Double]

  init(_ u: [Double], _ density: WhitenedDensity) {
    self.u = u
    slope = u
    logDensity = density.logDensity(u, slope: &slope)
  }

  /// log p(u) − log N(u; 0, 1): what a step in t multiplies to make a weight.
  var logRatio: Double { logDensity - WhitenedDensity.logStandardNormal(u) }

  /// One Hamiltonian transition that leaves f_t as it is and is its own reversal (Duane et al. 1987; Neal 2011, §3).
  ///
  /// - Parameters:
  ///   - noise: standard normal variates for the momentum, `[D]`.
  ///   - decision: uniform, for the acceptance.
  ///   - size: of the leapfrog steps.
  /// - Returns: the probability of acceptance.
  mutating func move(
    at t: Double, _ noise: [Double], decision: Double, size: Double, inverseMetric: [Double], steps: Int,
    _ density: WhitenedDensity
  ) -> Double {
    // Nothing leads back from where the density is zero.
    guard logDensity > -.infinity else { return 0 }
    var momentum = noise
    for index in momentum.indices { momentum[index] /= inverseMetric[index].squareRoot() }
    let energy = self.energy(at: t, momentum, inverseMetric)
    var moved = self
    for _ in 0..<steps {
      moved.push(&momentum, at: t, by: 0.5 * size)
      for index in momentum.indices { moved.u[index] += size * inverseMetric[index] * momentum[index] }
      moved.logDensity = density.logDensity(moved.u, slope: &moved.slope)
      guard moved.logDensity > -.infinity else { return 0 }
      moved.push(&momentum, at: t, by: 0.5 * size)
    }
    let rise = moved.energy(at: t, momentum, inverseMetric) - energy
    let acceptance = rise > 0 ? SpecialFunctions.exp(-rise) : rise.isNaN ? 0 : 1
    if decision < acceptance { self = moved }
    return acceptance
  }

  /// Along the gradient of log f_t.
  private func push(_ momentum: inout [Double], at t: Double, by size: Double) {
    for index in momentum.indices { momentum[index] += size * (t * slope[index] - (1 - t) * u[index]) }
  }

  private func energy(at t: Double, _ momentum: [Double], _ inverseMetric: [Double]) -> Double {
    var (kinetic, square) = (0.0, 0.0)
    for index in momentum.indices {
      kinetic += inverseMetric[index] * momentum[index] * momentum[index]
      square += u[index] * u[index]
    }
    return 0.5 * kinetic + 0.5 * (1 - t) * square - t * logDensity
  }
}
