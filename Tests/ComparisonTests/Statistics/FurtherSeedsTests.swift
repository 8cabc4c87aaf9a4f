import Comparison
import Testing

@Suite struct FurtherSeedsTests {
  private func further(
    pairs: Int = 10, mean: Double, spread: Double = 1, error: Double = 0, region: Double = 0.1,
    comparisons: Int = 1
  ) -> FurtherSeeds {
    FurtherSeeds(
      pairs: pairs, mean: mean, standardDeviation: spread, monteCarloError: error, region: region,
      confidence: 0.95, comparisons: comparisons)
  }

  @Test("they shrink the interval to the mean's distance from the region's edge")
  func expected() {
    // SciPy: the first n with stats.t.ppf(0.975, n - 1) / sqrt(n) <= 0.4 is 27; 0.04: (1.96 / 0.04)² = 2401.
    #expect(further(mean: 0.5) == .expected(17))
    #expect(further(mean: -0.5) == .expected(17))
    #expect(further(mean: 0.14) == .expected(2391))
    // Within the region the edge is left as far: equivalence takes as many.
    #expect(further(mean: 0.06) == .expected(2391))
  }

  @Test("a family of comparisons takes more")
  func family() {
    // Φ⁻¹(1 - 0.05 / 200) = 3.4808: (3.4808 / 0.5)² = 48.5, where one comparison takes 27.
    #expect(further(mean: 0.5, comparisons: 100) == .expected(39))
  }

  @Test("Monte Carlo error takes more, and beyond the distance no number is enough")
  func monteCarlo() {
    // SciPy: the first n with 0.4² >= t² / n + (1.96 × 0.15)² is 55.
    #expect(further(mean: 0.5, error: 0.15) == .expected(45))
    let never = further(mean: 0.5, error: 0.21)
    #expect(never == .monteCarloError)
    #expect(never.count == nil)
    #expect(
      never.reason
        == "the Monte Carlo error of the final evaluation alone keeps it undecided, however many seeds")
  }

  @Test("on the edge of the region, and without an interval, there is no number")
  func none() {
    #expect(further(mean: 0.1) == .onTheEdge)
    #expect(further(mean: 0.1 + 1e-9) == .onTheEdge)
    #expect(further(pairs: 2, mean: 5) == .tooFewPairs)
    #expect(further(mean: 0.5).reason == nil)
  }
}
