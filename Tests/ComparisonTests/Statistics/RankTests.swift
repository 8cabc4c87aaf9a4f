import Comparison
import Testing

/// The expected values are those of `reference_statistics.py`, by SciPy 1.17.1.
@Suite struct RankTests {
  @Test("ranks, Friedman's test and the critical difference of Demšar's four classifiers")
  func demsar() throws {
    // Demšar 2006, table 6: average ranks 3.143, 2.000, 2.893, 1.964, and CD = 1.25 (section 3.2.4).
    let areas = [
      [0.763, 0.768, 0.771, 0.798], [0.599, 0.591, 0.590, 0.569], [0.954, 0.971, 0.968, 0.967],
      [0.628, 0.661, 0.654, 0.657], [0.882, 0.888, 0.886, 0.898], [0.936, 0.931, 0.916, 0.931],
      [0.661, 0.668, 0.609, 0.685], [0.583, 0.583, 0.563, 0.625], [0.775, 0.838, 0.866, 0.875],
      [1.000, 1.000, 1.000, 1.000], [0.940, 0.962, 0.965, 0.962], [0.619, 0.666, 0.614, 0.669],
      [0.972, 0.981, 0.9751, 0.975], [0.957, 0.978, 0.946, 0.970],
    ]
    let ranks = try #require(FriedmanRanks(areas, prefers: >))
    #expect(ranks.blocks == 14)
    for (rank, expected) in zip(ranks.averageRanks, [44.0 / 14, 2, 40.5 / 14, 27.5 / 14]) {
      #expect(abs(rank - expected) < 1e-14)
    }
    #expect(abs(ranks.statistic - 10.228346456692925) < 1e-12)
    #expect(abs(ranks.p - 0.016721580328441323) < 1e-14)
    // SciPy's own quadrature and root are good to about 1e-9.
    #expect(abs(ranks.criticalDifference - 1.2535591471176057) < 1e-8)
  }

  @Test("lower is ranked first where lower is better")
  func lowerIsBetter() throws {
    let ranks = try #require(FriedmanRanks([[3, 1, 2], [9, 7, 8], [5, 5, 1]], prefers: <))
    // Higher first they are 7/6, 5/2 and 7/3; of three, the other way round a rank is 4 less it.
    for (rank, expected) in zip(ranks.averageRanks, [4 - 7.0 / 6, 4 - 5.0 / 2, 4 - 7.0 / 3]) {
      #expect(abs(rank - expected) < 1e-14)
    }
    #expect(abs(ranks.statistic - 3.454545454545452) < 1e-12)
    #expect(abs(ranks.p - 0.17776857282813807) < 1e-14)
    #expect(abs(ranks.criticalDifference - 1.9136235154962777) < 1e-8)
  }

  @Test("too few blocks or treatments, or ties alone, have no test")
  func degenerate() {
    #expect(FriedmanRanks([[1, 2, 3]], prefers: >) == nil)
    #expect(FriedmanRanks([[1], [2]], prefers: >) == nil)
    #expect(FriedmanRanks([], prefers: >) == nil)
    #expect(FriedmanRanks([[1, 1], [2, 2]], prefers: >) == nil)
  }

  @Test(
    "the quantiles of the studentized range are SciPy's",
    arguments: [
      (2, 2.771807648699355), (3, 3.314493155398122), (5, 3.857655510378623), (10, 4.474124221725907),
      (50, 5.646026026380527),
    ])
  func studentizedRange(groups: Int, expected: Double) {
    #expect(abs(StudentizedRange.quantile(0.95, groups: groups) - expected) < 1e-8)
  }

  @Test(
    "the tail of χ² is SciPy's",
    arguments: [
      (0.5, 1, 0.47950012218695337), (3.84, 1, 0.05004352124870519), (7.2, 2, 0.027323722447292555),
      (11.07, 5, 0.050009618622405425), (40.0, 8, 3.203719780476998e-06), (1e-3, 7, 0.9999999999997597),
    ])
  func chiSquare(x: Double, degreesOfFreedom: Int, expected: Double) {
    #expect(
      abs(ChiSquare.probability(above: x, degreesOfFreedom: degreesOfFreedom) - expected) < 1e-13
        * max(expected, 0.01))
  }

  @Test(
    "normal quantiles are SciPy's",
    arguments: [
      (1e-12, -7.034483825301131), (0.003, -2.7477813854449926), (0.025, -1.9599639845400545), (0.5, 0.0),
      (0.9, 1.2815515655446004), (0.975, 1.959963984540054), (0.9999, 3.719016485455709),
    ])
  func normal(probability: Double, expected: Double) {
    #expect(abs(Normal.quantile(probability) - expected) < 1e-12)
  }
}
