import Comparison
import Foundation
import Testing

@Suite struct MeanIntervalTests {
  /// Every one of the nⁿ resamples, in NumPy:
  ///     r = np.array(list(itertools.product(x, repeat=n))); s = r.std(1, ddof=1); sd = x.std(ddof=1)
  ///     t = (r.mean(1)[s > 1e-9 * sd] - x.mean()) / (np.maximum(s[s > 1e-9 * sd], 0.3 * sd) / np.sqrt(n))
  ///     x.mean() - np.quantile(t, [.975, .025]) * stats.sem(x)
  /// The last values have an outlier, which a third of the resamples miss.
  static let enumerated: [(values: [Double], low: Double, high: Double)] = [
    ([-31.62, -31.55, -31.58, -31.49, -31.71], -31.70839200, -31.50910622),
    ([0.3, 1.9, 0.7, 4.2, 0.1, 1.1], 0.29586385, 4.43888889),
    ([0.1, 0.3, 0.2, 0.25], 0.02762251, 0.30493875),
    ([-10.9868, -10.9869, -10.987, -10.9867, -10.98], -10.98775120, -10.98068000),
  ]

  @Test("the interval is that of all possible resamples, within the noise of 10,000", arguments: enumerated)
  func agreesWithEnumeration(values: [Double], low: Double, high: Double) throws {
    let interval = try #require(meanInterval(values))
    // A quantile at 0.025 of 10,000 draws has probability 0.025 ± 0.0016: one tenth of the width covers what four
    // times that moves the sparse tails of so few values.
    let tolerance = 0.1 * (high - low)
    #expect(abs(interval.low - low) < tolerance)
    #expect(abs(interval.high - high) < tolerance)
  }

  @Test("three values get Student's interval, as SciPy computes it")
  func threeValues() throws {
    // stats.t.interval(.95, 2, y.mean(), stats.sem(y)) with y = [1, 2.5, 3]
    let interval = try #require(meanInterval([1.0, 2.5, 3.0]))
    #expect(abs(interval.low - -0.4189058396044647) < 1e-12)
    #expect(abs(interval.high - 4.752239172937798) < 1e-12)
  }

  @Test("fewer than three values have no interval")
  func tooFew() {
    #expect(meanInterval([]) == nil)
    #expect(meanInterval([1]) == nil)
    #expect(meanInterval([1, 2]) == nil)
  }

  @Test("values whose squares overflow have no interval, and no crash")
  func overflow() {
    #expect(meanInterval([1e308, -1e308, 0, 1]) == nil)
    #expect(meanInterval([1e200, -1e200, 0, 1]) == nil)
  }

  @Test("equal values have an interval of no width")
  func equalValues() {
    #expect(meanInterval([7, 7, 7, 7, 7]) == Interval(low: 7, high: 7))
  }

  @Test("ties that leave most resamples without spread still give a finite interval around the mean")
  func ties() throws {
    let interval = try #require(meanInterval([1, 1, 1, 1, 2]))
    #expect(interval.low < 1.2 && interval.low > 0 && interval.high > 1.2 && interval.high < 3)
  }

  @Test("the order of the values does not matter, and the same values give the same interval")
  func deterministic() {
    let values = [0.3, 1.9, 0.7, 4.2, 0.1, 1.1]
    #expect(meanInterval(values) == meanInterval(values.reversed()))
    #expect(meanInterval(values) == meanInterval(values))
  }

  @Test("the interval moves and grows with its values")
  func equivariant() throws {
    let values = [0.3, 1.9, 0.7, 4.2, 0.1, 1.1]
    let interval = try #require(meanInterval(values))
    let moved = try #require(meanInterval(values.map { 10 * $0 - 500 }))
    // Standardised values round differently in the last bits, which moves a quantile by as little.
    #expect(abs(moved.low - (10 * interval.low - 500)) < 1e-9)
    #expect(abs(moved.high - (10 * interval.high - 500)) < 1e-9)
  }

  @Test("five normal values are covered about nine times in ten")
  func coverage() {
    var state: UInt64 = 7
    func uniform() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Double(state >> 11) + 0.5) / 9_007_199_254_740_992
    }
    func normal() -> Double { (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform()) }
    let experiments = 100
    let covered = (0..<experiments).count { _ in
      guard let interval = meanInterval((0..<5).map { _ in normal() }) else { return false }
      return interval.low <= 0 && interval.high >= 0
    }
    // 93 % is expected; four standard errors of 100 trials are 10 points.
    #expect(Double(covered) / Double(experiments) > 0.83)
  }
}
