import NumericArrays

/// Estimates of the evidence by systems that hold a path back from a draw of the posterior: were the draws exact, the inverses would be
/// unbiased for the inverse of the evidence (Grosse, Ghahramani & Adams 2015, §4; of one particle, reverse annealed importance
/// sampling).
struct BackwardEstimates {
  let logEstimates: [Double]
  /// Of the chains that the draws are from.
  let rHat: Double
  let divergences: Int

  /// - Returns: nil where it was asked to stop.
  init?(
    _ plan: AnnealingPlan, _ path: AnnealingPath, _ density: WhitenedDensity, _ random: AnnealingRandomness,
    _ evaluation: PosteriorDensity.Evaluation, near location: [Double], seed: UInt64, shouldStop: () -> Bool
  ) throws(SamplerFailure) {
    let posterior: PosteriorDraws?
    do throws(MarkovChain.NoStart) {
      posterior = try PosteriorDraws(
        evaluation, count: plan.systems, near: location, seed: seed, shouldStop: shouldStop)
    } catch {
      throw SamplerFailure(description: "\(error); or do without the upper bound: bracket: false")
    }
    guard let posterior else { return nil }
    var estimates: [Double] = []
    for (number, draw) in posterior.draws.enumerated() {
      if shouldStop() { return nil }
      let last = Particle(density.whitened(draw), density)
      let way = ParticleSystem.way(back: last, number, along: path, plan, random, density)
      var system = ParticleSystem(number, .conditional, plan, random, density, holding: way)
      for rung in path.rungs.indices { system.advance(to: rung, of: path, density) }
      estimates.append(system.logEstimate)
    }
    logEstimates = estimates
    rHat = posterior.rHat
    divergences = posterior.divergences
  }
}
