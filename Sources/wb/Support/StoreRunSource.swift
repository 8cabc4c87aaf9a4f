import Plotting
import Reporting
import Tracking

/// What the runs of a store have recorded, for figures and reports.
struct StoreRunSource: RunSource {
  let store: Store

  /// A picture cannot show more points than this: of longer series their envelope is read.
  private static let mostPoints = 64_000
  /// How many of the first steps are shown one by one even so: with a logarithmic axis they take half of the picture.
  private static let firstSteps = 4096

  func series(ofRun runID: String, metric: String) throws -> StepSeries {
    let envelope = try store.envelope(of: metric, runID: runID)
    guard let first = envelope.first, envelope.reduce(0, { $0 + $1.count }) > Self.mostPoints else {
      let points = try store.series(of: metric, runID: runID)
      return StepSeries(steps: points.map(\.step), values: points.map(\.value))
    }
    let points = try store.series(of: metric, runID: runID, before: first.firstStep + Self.firstSteps)
    let last = points.last?.step ?? -1
    let rest = envelope.drop { $0.firstStep <= last }
    return StepSeries(
      steps: points.map(\.step) + rest.map(\.lastStep),
      values: points.map(\.value) + rest.map(\.mean), lows: points.map(\.value) + rest.map(\.minimum),
      highs: points.map(\.value) + rest.map(\.maximum))
  }

  func summaries(of metric: String, runs: [String]) throws -> [String: MetricSummary] {
    try store.summaries(of: metric, runIDs: runs)
  }

  func recordedMetrics(of runs: [String]) throws -> [String] {
    try store.recordedMetrics(ofRuns: runs)
  }
}
