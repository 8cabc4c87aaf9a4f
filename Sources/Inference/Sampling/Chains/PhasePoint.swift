/// A point of a Hamiltonian system: position, momentum, and what is known of the density there.
struct PhasePoint {
  var z: [Double]
  var momentum: [Double]
  var gradient: [Double]
  var logDensity: Double

  init(_ z: [Double], _ density: PosteriorDensity.Evaluation) {
    self.z = z
    momentum = [Double](repeating: 0, count: z.count)
    gradient = momentum
    logDensity = density.logDensity(z, gradient: &gradient)
  }

  /// One leapfrog step of a signed size under a diagonal metric (Leimkuhler & Reich 2004, §2.6).
  mutating func step(_ size: Double, _ inverseMetric: [Double], _ density: PosteriorDensity.Evaluation) {
    let half = 0.5 * size
    for index in z.indices {
      momentum[index] += half * gradient[index]
      z[index] += size * inverseMetric[index] * momentum[index]
    }
    logDensity = density.logDensity(z, gradient: &gradient)
    for index in z.indices { momentum[index] += half * gradient[index] }
  }

  /// Potential and kinetic energy; infinite where the density is no number.
  func energy(_ inverseMetric: [Double]) -> Double {
    var kinetic = 0.0
    for index in momentum.indices { kinetic += inverseMetric[index] * momentum[index] * momentum[index] }
    let energy = 0.5 * kinetic - logDensity
    return energy.isNaN ? .infinity : energy
  }
}
