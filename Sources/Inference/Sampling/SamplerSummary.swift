/// What the draws of a run come to: moments, diagnostics, and the evidence by bridge sampling.
struct SamplerSummary {
  /// With the density that is sampled as q. The ELBO is NaN where its normaliser cannot be estimated.
  let yardstick: Yardstick
  private let draws: ChainDraws
  private let names: [String]
  private let reference: ReferenceMoments?
  private let statistics: [ChainStatistics]

  /// Chains that agree (Vehtari et al. 2021, section 4): R-hat below, and draws worth so many a chain.
  private static let largestRHat = 1.01
  private static let smallestSize = 100.0
  /// Betancourt (2016).
  private static let smallestEnergyFraction = 0.3

  init(
    _ draws: ChainDraws, _ names: [String], _ reference: ReferenceMoments?, seed: UInt64,
    isPosterior: Bool, logDensity: ([Double]) -> Double
  ) {
    self.draws = draws
    self.names = names
    self.reference = reference
    statistics = names.indices.prefix(MomentPoints.mostVariables).map { ChainStatistics(draws.variable($0)) }
    func mean(_ values: [[Double]]) -> Double {
      values.reduce(0) { $0 + $1.reduce(0, +) } / Double(draws.total)
    }
    let offset = ChainStatistics(
      zip(draws.joints, draws.logDensities).map { zip($0, $1).map { $0 - $1 } })
    let bridge = BridgeSampling(draws.points, draws.logDensities, seed: seed, logDensity: logDensity)
    yardstick = Yardstick(
      logNormaliser: bridge.map { ($0.logNormaliser, $0.standardError) },
      offset: (offset.mean, offset.meanError), joint: mean(draws.joints),
      likelihood: draws.isLikelihoodKnown ? mean(draws.likelihoods) : nil, isPosterior: isPosterior)
  }

  /// Moments and diagnostics of each variable, the worst of each, and those of the sampler.
  func points(step: Int) -> [MetricPoint] {
    var moments = MomentPoints(reference, step: step)
    var points: [MetricPoint] = []
    func add(_ metric: String, _ value: Double?) {
      if let value { points.append(MetricPoint(metric, step: step, value)) }
    }
    for (name, own) in zip(names, statistics) {
      moments.add(name, mean: own.mean, sd: own.sd)
      add("posterior_mean_se[\(name)]", own.meanError)
      add("rhat[\(name)]", own.rHat)
      add("ess_bulk[\(name)]", own.bulkSize)
      add("ess_tail[\(name)]", own.tailSize)
    }
    add("rhat", worst?.rHat)
    add("ess_bulk", statistics.map(\.bulkSize).min())
    add("ess_tail", statistics.map(\.tailSize).min())
    add("divergences", Double(draws.divergences))
    add("long_trajectories", Double(draws.longTrajectories))
    add("acceptance", draws.meanAcceptance)
    add("energy_fraction", draws.smallestEnergyFraction)
    return moments.all + points
  }

  /// The statistics of the variable with the largest R-hat; variables that never move have none.
  private var worst: ChainStatistics? { statistics.filter { !$0.rHat.isNaN }.max { $0.rHat < $1.rHat } }

  /// Why the draws are not to be trusted; nil where they are.
  func suspect(step: Int) -> String? {
    var reasons: [String] = []
    if draws.divergences > 0 {
      reasons.append("\(draws.divergences) of \(draws.total) transitions diverged")
    }
    let moving = zip(names, statistics).filter { !$0.1.rHat.isNaN }
    if let (name, own) = moving.max(by: { $0.1.rHat < $1.1.rHat }), own.rHat > Self.largestRHat {
      reasons.append("R-hat of \(name) is \(own.rHat.shortest), above \(Self.largestRHat)")
    }
    let needed = Self.smallestSize * Double(draws.points.count)
    if let (name, own) = moving.min(by: { $0.1.bulkSize < $1.1.bulkSize }), own.bulkSize < needed {
      reasons.append(
        "the draws of \(name) are worth \(Int(own.bulkSize)) independent ones, below \(Int(needed))")
    }
    if draws.smallestEnergyFraction < Self.smallestEnergyFraction {
      reasons.append(
        "the energy's fraction of missing information is \(draws.smallestEnergyFraction.shortest), below "
          + "\(Self.smallestEnergyFraction)")
    }
    if yardstick.elbo.isNaN { reasons.append("bridge sampling finds no normaliser") }
    return reasons.isEmpty ? nil : "step \(step): " + reasons.joined(separator: "; ")
  }
}
