/// The draws of a run's chains after the warm-up.
struct ChainDraws {
  let isLikelihoodKnown: Bool
  /// By chain and draw: the unconstrained latents, the log density sampled, log p(x, z), log p(x|z), the variables.
  private(set) var points: [[[Double]]]
  private(set) var logDensities: [[Double]]
  private(set) var joints: [[Double]]
  private(set) var likelihoods: [[Double]]
  private(set) var variables: [[[Double]]]
  /// The energies at the starts of transitions, by chain.
  private(set) var energies: [[Double]]
  private(set) var divergences = 0
  private(set) var longTrajectories = 0
  private var acceptance = 0.0

  init(chains: Int, isLikelihoodKnown: Bool) {
    self.isLikelihoodKnown = isLikelihoodKnown
    points = Array(repeating: [], count: chains)
    variables = points
    logDensities = Array(repeating: [], count: chains)
    joints = logDensities
    likelihoods = logDensities
    energies = logDensities
  }

  mutating func append(
    _ draw: MarkovChain.Draw, _ described: (joint: Double, likelihood: Double, variables: [Double]),
    to chain: Int, maxDepth: Int
  ) {
    points[chain].append(draw.z)
    logDensities[chain].append(draw.logDensity)
    joints[chain].append(described.joint)
    likelihoods[chain].append(described.likelihood)
    variables[chain].append(described.variables)
    energies[chain].append(draw.transition.energy)
    acceptance += draw.transition.acceptance
    if draw.transition.hasDiverged { divergences += 1 }
    if draw.transition.depth == maxDepth { longTrajectories += 1 }
  }

  /// The draws of each chain.
  var count: Int { points.first?.count ?? 0 }
  var total: Int { count * points.count }
  var meanAcceptance: Double { acceptance / Double(total) }

  /// The draws of one variable, by chain.
  func variable(_ index: Int) -> [[Double]] { variables.map { $0.map { $0[index] } } }

  /// The smallest over the chains of the energy's Bayesian fraction of missing information (Betancourt 2016, eq. 4).
  var smallestEnergyFraction: Double {
    energies.map { energies in
      let mean = energies.reduce(0, +) / Double(energies.count)
      let spread = energies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let steps = zip(energies.dropFirst(), energies).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      return spread > 0 ? steps / spread : .nan
    }.min() ?? .nan
  }
}
