/// Draws from the posterior by the No-U-Turn sampler, equally far from each other, and how well its chains agree.
struct PosteriorDraws {
  private static let warmUp = 500
  /// Iterations of each chain at least, and from one draw to the next.
  private static let iterations = 500
  private static let distance = 5

  private(set) var draws: [[Double]] = []
  /// Of the log density.
  private(set) var rHat = Double.nan
  private(set) var divergences = 0

  /// - Returns: nil where it was asked to stop.
  /// - Throws: where a chain finds no start.
  init?(
    _ density: PosteriorDensity.Evaluation, count: Int, near location: [Double], seed: UInt64,
    shouldStop: () -> Bool
  ) throws(MarkovChain.NoStart) {
    let options = NoUTurn()
    var chains: [MarkovChain] = []
    for number in 0..<options.chains {
      chains.append(
        try MarkovChain(
          density, options, number: number, seed: seed, location: location, warmUp: Self.warmUp))
    }
    let share = (count + options.chains - 1) / options.chains
    let kept = max(Self.iterations, Self.distance * share)
    var logDensities = [[Double]](repeating: [], count: chains.count)
    for iteration in 0..<Self.warmUp + kept {
      if shouldStop() { return nil }
      for index in chains.indices {
        let draw = chains[index].advance(iteration: iteration)
        guard iteration >= Self.warmUp else { continue }
        logDensities[index].append(draw.logDensity)
        if draw.transition.hasDiverged { divergences += 1 }
        let number = iteration - Self.warmUp + 1
        if number % (kept / share) == 0, draws.count < count { draws.append(draw.z) }
      }
    }
    rHat = ChainStatistics(logDensities).rHat
  }
}
