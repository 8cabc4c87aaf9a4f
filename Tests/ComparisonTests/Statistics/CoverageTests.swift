import Comparison
import Foundation
import Testing

/// How often 95 % intervals hold the mean that they are about, by simulation.
///
/// `WB_SIMULATE=10000 swift test -c release --filter CoverageTests` makes the table that stands at ``meanInterval(_:confidence:)``;
/// without it 1,000 experiments guard it.
@Suite struct CoverageTests {
  static let experiments = ProcessInfo.processInfo.environment["WB_SIMULATE"].flatMap { Int($0) } ?? 1000

  private struct Rates {
    var studentized = 0.0
    var biasCorrected = 0.0
    var student = 0.0
  }

  private static func rates(_ population: Population, _ count: Int) -> Rates {
    var generator = SplitMix(seed: 20)
    let resamples = Resamples(of: count)
    var bootstrap = Bootstrap()
    let t = StudentT.centralQuantile(0.95, degreesOfFreedom: count - 1)
    var rates = Rates()
    let share = 1 / Double(experiments)
    for _ in 0..<experiments {
      let values = population.sample(count, &generator)
      func holds(_ interval: Interval?) -> Double {
        interval.map { $0.low <= population.mean && population.mean <= $0.high ? share : 0 } ?? 0
      }
      rates.studentized += holds(bootstrap.meanInterval(values))
      // Only reported.
      guard experiments >= 10_000 else { continue }
      rates.biasCorrected += holds(biasCorrectedInterval(values, resamples))
      if let center = mean(values), let spread = standardDeviation(values) {
        let side = t * spread / Double(count).squareRoot()
        rates.student += holds(Interval(low: center - side, high: center + side))
      }
    }
    return rates
  }

  @Test("of ten values and more 93 to 97 % of the intervals hold the mean", arguments: Population.allCases)
  func coverage(population: Population) {
    for count in [5, 10, 20] {
      let rates = Self.rates(population, count)
      if Self.experiments >= 10_000 {
        let row = [rates.studentized, rates.biasCorrected, rates.student].map {
          String(format: "%.1f", 100 * $0)
        }
        print("coverage", population.rawValue, count, row.joined(separator: " "))
      }
      guard count >= 10 else { continue }
      // Four standard errors of a share of so many experiments: 2.8 points of 1,000, 0.9 of 10,000.
      let noise = 4 * (0.95 * 0.05 / Double(Self.experiments)).squareRoot()
      #expect(rates.studentized > 0.93 - noise, "\(population) \(count)")
      #expect(rates.studentized < 0.97 + noise, "\(population) \(count)")
    }
  }

  /// By `reference_statistics.py`, with 200,000 resamples.
  @Test(
    "the alternative it is measured against is SciPy's BCa",
    arguments: [
      ([-31.62, -31.55, -31.58, -31.49, -31.71], -31.660000000000004, -31.532),
      ([0.3, 1.9, 0.7, 4.2, 0.1, 1.1], 0.5666666666666668, 3.0),
    ])
  func biasCorrected(values: [Double], low: Double, high: Double) throws {
    let interval = try #require(biasCorrectedInterval(values, Resamples(of: values.count)))
    // The quantiles of 10,000 resamples are off by a tenth of the width at most, as in MeanIntervalTests.
    #expect(abs(interval.low - low) < 0.1 * (high - low))
    #expect(abs(interval.high - high) < 0.1 * (high - low))
  }
}
