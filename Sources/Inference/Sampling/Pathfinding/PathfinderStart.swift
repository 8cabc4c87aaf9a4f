import NumericArrays

/// The Gaussian that Pathfinder finds near where a run starts.
enum PathfinderStart {
  private static let attempts: UInt64 = 10
  private static let tolerance = 1e-12

  /// - Parameter mostSteps: of an ascent.
  /// - Throws: where no attempt finds one.
  static func gaussian(
    _ density: PosteriorDensity.Evaluation, near start: GaussianStart, by finder: Pathfinder = Pathfinder(),
    mostSteps: Int = 1000, seed: UInt64
  ) throws(SamplerFailure) -> GaussianStart {
    for attempt in 0..<attempts {
      let own = seed ^ (attempt << 32)
      var ascent = QuasiNewtonAscent(
        density, from: finder.location(near: start, seed: own), history: finder.history)
      guard ascent.isFinite else { continue }
      var search = finder.makeSearch(seed: own)
      var step = 0
      while step < mostSteps, ascent.promise > tolerance * max(1, abs(ascent.value)), ascent.advance() {
        step += 1
        search.visit(AscentPoint(step: step, ascent: ascent, density: density))
      }
      if let found = try? search.result(AscentPoint(step: step, ascent: ascent, density: density)) {
        return found
      }
    }
    throw SamplerFailure(
      description: "Pathfinder finds no Gaussian in \(attempts) attempts; give another initial location")
  }
}
