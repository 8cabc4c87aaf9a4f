import Comparison
import Foundation
import Plotting
import Reporting
import Testing
import Tracking

/// Runs whose course is a closed formula: the ELBO of a run is −10 rᵏ at step k, with r by family.
@Suite struct TimeToTargetTests {
  private struct Courses: RunSource {
    var rates: [String: Double]

    func series(ofRun runID: String, metric: String) throws -> StepSeries {
      let rate = rates.first { runID.contains($0.key) }?.value ?? 1
      // A hundred values at most: of so few no window is averaged.
      let steps = Array(0..<90)
      return StepSeries(steps: steps, values: steps.map { -10 * pow(rate, Double($0)) })
    }
    func summaries(of metric: String, runs: [String]) throws -> [String: MetricSummary] { [:] }
    func recordedMetrics(of runs: [String]) throws -> [String] { [] }
  }

  private static let rates = ["mean-field": 0.9, "full-rank": 0.95, "low-rank": 0.99]

  private func times(within distance: Double, axis: StepAxis = .step, lost: Int = 0) throws -> TimeToTarget {
    var runs = ["mean-field", "full-rank", "low-rank"].flatMap { family in
      (0..<5).map {
        Fixture.run(family: family, seed: $0, elbo: family == "mean-field" ? 0 : -1, evidence: nil)
      }
    }
    for seed in 0..<lost { runs[seed] = Fixture.run(seed: seed, elbo: nil, evidence: nil) }
    let comparison = try RunComparison(runs)
    return try #require(
      try TimeToTarget(
        comparison.contexts[0], grouping: comparison.grouping, within: distance, axis: axis,
        source: Courses(rates: Self.rates)))
  }

  @Test(
    "the median is the first step within the distance, by the formula of the course", arguments: [0.5, 1, 4])
  func steps(distance: Double) throws {
    let found = try times(within: distance)
    #expect(found.target == -distance)
    for row in found.rows {
      let rate = try #require(Self.rates[row.group.labels[0].text])
      // −10 rᵏ ≥ −d from k = ln(d / 10) / ln r on.
      let first = (log(distance / 10) / log(rate)).rounded(.up)
      if first < 90 {
        #expect(row.place?.median == first && row.reached.count == 5, "\(row)")
      } else {
        #expect(row.place?.median == nil && row.reached.count == 0 && row.place?.censored == 5, "\(row)")
      }
    }
  }

  @Test("the average height is the area of the course over its length")
  func height() throws {
    for row in try times(within: 1).rows {
      let rate = try #require(Self.rates[row.group.labels[0].text])
      let values = (0..<90).map { -10 * pow(rate, Double($0)) }
      let area = values.reduce(0, +) - (values[0] + values[89]) / 2
      // Sums of ninety terms in another order.
      #expect(abs(try #require(row.averageHeight) - area / 89) < 1e-12 * 90 * 10)
    }
  }

  @Test("runs that diverged never arrive: they make the median later, or take it away")
  func lost() throws {
    let one = try times(within: 1, lost: 1).rows.first { $0.group.description == "mean-field" }
    #expect(one?.reached.count == 4 && one?.reached.total == 5 && one?.place?.median == 22)
    let three = try times(within: 1, lost: 3).rows.first { $0.group.description == "mean-field" }
    #expect(three?.place?.median == nil && three?.reached.count == 2)
  }

  @Test("seconds are the run's own, spread over its steps")
  func seconds() throws {
    // A run of the fixture takes 0.25 s for 2,000 steps.
    let row = try times(within: 1, axis: .seconds).rows.first { $0.group.description == "mean-field" }
    #expect(abs(try #require(row?.place?.median) - 22 * 0.25 / 2000) < 1e-15)
  }
}
