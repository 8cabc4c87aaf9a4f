import Comparison
import Foundation
import Testing

/// The tests that simulation-based calibration rests on.
@Suite struct CalibrationTests {
  // MARK: Kolmogorov and Smirnov

  @Test(
    "p of D is that of SciPy's exact distribution",
    arguments: [
      (1, 0.6, 0.8), (2, 0.5, 0.5), (5, 0.3, 0.664), (10, 0.274, 0.3715203845434957),
      (100, 0.1, 0.2526927570063874), (140, 0.0376, 0.9847400820840566), (200, 0.12, 0.005745760601982814),
      (1000, 0.05, 0.013012074781090332), (100, 0.25, 5.408871776434847e-06),
    ])
  func probability(count: Int, distance: Double, expected: Double) {
    let p = KolmogorovSmirnov.probability(above: distance, count: count)
    // The tail's expansion has seven digits of 1 − p (Marsaglia, Tsang & Wang 2003).
    #expect(abs(p - expected) < 1e-7, "\(p)")
  }

  /// L. H. Miller (1956), "Table of percentage points of Kolmogorov statistics", J. Am. Stat. Assoc. 51.
  @Test(
    "Miller's table of critical values",
    arguments: [
      (5, 0.56328, 0.05), (10, 0.40925, 0.05), (20, 0.29408, 0.05), (50, 0.18841, 0.05), (10, 0.48893, 0.01),
    ])
  func table(count: Int, distance: Double, level: Double) {
    // Five digits of D, whose density is below 4 at these levels.
    #expect(abs(KolmogorovSmirnov.probability(above: distance, count: count) - level) < 4e-5)
  }

  @Test(
    "the critical D is that whose p is the level, in Miller's table",
    arguments: [(10, 0.40925), (50, 0.18841)])
  func critical(count: Int, expected: Double) {
    // The table has five digits.
    #expect(abs(KolmogorovSmirnov.critical(level: 0.05, count: count) - expected) < 1e-5)
  }

  @Test("D is the largest distance of the steps from the diagonal")
  func distance() {
    #expect(KolmogorovSmirnov.distance([0.5]) == 0.5)
    #expect(KolmogorovSmirnov.distance([0.75, 0.25]) == 0.25)
    #expect(KolmogorovSmirnov.distance([0.9, 0.9, 0.9, 0.9]) == 0.9)
    #expect(KolmogorovSmirnov.distance([]) == nil)
    #expect(KolmogorovSmirnov.distance([0.5, .nan]) == nil)
    #expect(KolmogorovSmirnov.distance([0.5, 1.5]) == nil)
  }

  // MARK: Symmetry

  @Test("the distance from the mirror image is the two-sample statistic of p and 1 − p")
  func mirror() throws {
    for seed in 0..<20 {
      let values = (0..<37).map { fmod(Double(($0 + 1) * ($0 + 3 + seed)) * 0.618_033_988_749_894_8, 1) }
      let mirrored = values.map { 1 - $0 }
      // Both steps are constant between the points of either.
      let points = values + mirrored
      let expected =
        points.map { point in
          abs(values.count { $0 <= point } - mirrored.count { $0 <= point })
        }.max() ?? 0
      #expect(try #require(SymmetryTest.distance(values)) == Double(expected) / 37)
    }
  }

  @Test("its p is the share of all signs that are as far", arguments: 1...12)
  func signs(count: Int) throws {
    // The magnitudes are all different, so every assignment of sides is as likely.
    let magnitudes = (0..<count).map { 0.45 / Double($0 + 1) }
    let distances = try (0..<1 << count).map { signs in
      try #require(
        SymmetryTest.distance(magnitudes.enumerated().map { 0.5 + (signs >> $0 & 1 == 1 ? $1 : -$1) }))
    }
    for distance in Set(distances) {
      let share = Double(distances.count { $0 >= distance }) / Double(distances.count)
      #expect(abs(SymmetryTest.probability(above: distance, count: count) - share) < 1e-12)
    }
  }

  // MARK: Verdicts

  /// `count` numbers of a density on [0, 1], the middles of equal probabilities.
  private func numbers(_ count: Int, _ quantile: (Double) -> Double) -> [Double] {
    (0..<count).map { quantile((Double($0) + 0.5) / Double(count)) }
  }

  private func findings(_ values: [Double]) throws -> [CalibrationVerdict.Finding] {
    let calibration = try #require(Calibration(values))
    return CalibrationVerdict.judged([calibration])[0].findings
  }

  @Test(
    "what is uniform has no finding, what is shifted is low or high, what is peaked or hollow is too wide or too narrow"
  )
  func words() throws {
    #expect(try findings(numbers(200) { $0 }) == [])
    // q lies below the truth: the probability below it is too often near 1.
    #expect(try findings(numbers(200) { $0.squareRoot() }).contains(.low))
    #expect(try findings(numbers(200) { $0 * $0 }).contains(.high))
    // The probabilities below z ~ N(0, 1) under N(0, s²), by their quantiles.
    func arcsine(_ u: Double) -> Double { 0.5 - 0.5 * cos(.pi * u) }
    #expect(try findings(numbers(200, arcsine)) == [.narrow])
    #expect(try findings(numbers(200) { 0.5 + 0.25 * (2 * $0 - 1) }) == [.wide])
    // Symmetric and as wide as it should be, in two heaps: 2 |p − ½| is ½ throughout.
    #expect(try findings(numbers(200) { $0 < 0.5 ? 0.25 : 0.75 }) == [.uneven])
  }

  @Test("more questions make a finding harder")
  func together() throws {
    let weak = try #require(Calibration(numbers(40) { pow($0, 0.72) }))
    let good = try #require(Calibration(numbers(40) { $0 }))
    let alone = CalibrationVerdict.judged([weak])[0]
    let among = CalibrationVerdict.judged([weak] + Array(repeating: good, count: 50))[0]
    #expect(alone.p < among.p)
    let least = min(weak.uniformP, weak.symmetryP, weak.spreadP)
    #expect(abs(alone.p - 3 * least) < 1e-12)
    #expect(among.findings.isEmpty && among.text == "none found")
  }

  @Test("of uniform numbers the least adjusted p is below 0.05 in 5 % of cases at most")
  func level() throws {
    var state: UInt64 = 1
    func uniform() -> Double {
      // splitmix64 (Steele, Lea & Flood 2014).
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
      return Double((z ^ z >> 31) >> 11) * 0x1p-53
    }
    let trials = 2000
    let found = try (0..<trials).count { _ in
      try !findings((0..<60).map { _ in uniform() }).isEmpty
    }
    // 4 standard errors of a share of 0.05.
    #expect(Double(found) / Double(trials) < 0.05 + 4 * (0.05 * 0.95 / Double(trials)).squareRoot())
    // The three questions are not the same one, so Holm's method wastes little: no less than one alone at a third of the level.
    #expect(Double(found) / Double(trials) > 0.05 / 3 - 4 * (0.05 / 3 / Double(trials)).squareRoot())
  }

  @Test("too few replicates, or a probability that is none, give no calibration")
  func none() {
    #expect(Calibration(numbers(9) { $0 }) == nil)
    #expect(Calibration(numbers(10) { $0 }) != nil)
    #expect(Calibration(numbers(10) { $0 } + [.nan]) == nil)
  }
}
