import Comparison
import Testing

/// The expected values are those of `reference_statistics.py`, by SciPy 1.17.1.
@Suite struct RateAndSizeTests {
  @Test(
    "a rate's interval is Wilson's, as SciPy computes it",
    arguments: [
      (0, 5, 0.0, 0.43448246478317476), (1, 20, 0.008881448800795402, 0.23613119344674205),
      (3, 7, 0.1582198552514697, 0.7495416354723428), (20, 20, 0.8388748419471808, 1.0),
      (120, 240, 0.43724268978525527, 0.5627573102147447),
    ])
  func wilson(count: Int, total: Int, low: Double, high: Double) throws {
    let proportion = Proportion(count: count, total: total)
    let interval = try #require(proportion.interval)
    #expect(abs(interval.low - low) < 1e-14)
    #expect(abs(interval.high - high) < 1e-14)
    #expect(proportion.rate == Double(count) / Double(total))
  }

  @Test("nothing has no rate")
  func noRate() {
    #expect(Proportion(count: 0, total: 0).rate == nil)
    #expect(Proportion(count: 0, total: 0).interval == nil)
  }

  @Test(
    "the interquartile mean is SciPy's trimmed mean",
    arguments: [
      (1, 3.1), (3, 3.1666666666666665), (4, 1.85), (7, 3.2400000000000007), (8, 1.9500000000000002),
      (10, 2.433333333333333),
    ])
  func interquartile(count: Int, expected: Double) throws {
    let values = [3.1, -2.0, 8.4, 0.6, 1.9, 100.0, 2.2, -7.5, 4.0, 2.8]
    #expect(abs(try #require(interquartileMean(Array(values.prefix(count)))) - expected) < 1e-14)
    #expect(interquartileMean([]) == nil)
  }

  @Test("the probability of improvement counts ties as halves and follows the direction")
  func improvement() {
    let differences = [1.0, -2, 0, 3, 0.5, 0]
    // Three ahead, one behind, two ties: (3 + 1) / 6.
    #expect(probabilityOfImprovement(differences) { $0 > 0 } == 4.0 / 6)
    #expect(probabilityOfImprovement(differences) { $0 < 0 } == 2.0 / 6)
    #expect(probabilityOfImprovement([]) { $0 > 0 } == nil)
  }

  @Test("the effect size is mean by sd with Hedges' exact correction")
  func size() throws {
    let long = (0..<40).map { -1 + 4 * Double($0) / 39 }
    for (values, expected) in [
      ([0.3, 1.9, 0.7, 4.2, 0.1, 1.1], 0.7646146988005935), ([1.0, 2.5, 3.0], 1.1744542733243213),
      (long, 0.8178542944724587),
    ] {
      // The gamma function has about 1e-15 of its logarithm, which is at most 35 here.
      #expect(abs(try #require(effectSize(values)) - expected) < 1e-12)
    }
    #expect(effectSize([1, 1, 1]) == nil)
    #expect(effectSize([1, 2]) == nil)
  }

  @Test("the average height of a curve is NumPy's trapezoids by the range")
  func height() throws {
    let places = [0.0, 1.0, 1.5, 4.0, 10.0]
    let height = averageHeight(x: places, y: [-40.0, -33.5, -32.1, -31.7, -31.6])
    #expect(abs(try #require(height) - -32.279999999999994) < 1e-13)
    #expect(averageHeight(x: places, y: [1, 2, .nan, 3, 4]) == nil)
    #expect(averageHeight(x: [2], y: [1]) == nil)
    #expect(averageHeight(x: [2, 2], y: [1, 3]) == nil)
  }
}
