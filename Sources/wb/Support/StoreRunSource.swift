import Plotting
import Reporting
import Tracking

/// What the runs of a store have recorded, for figures and reports.
struct StoreRunSource: RunSource {
  let store: Store

  func series(ofRun runID: String, metric: String) throws -> StepSeries {
    let points = try store.series(of: metric, runID: runID)
    return StepSeries(steps: points.map(\.step), values: points.map(\.value))
  }

  func lastValues(of metric: String, runs: [String]) throws -> [String: Double] {
    try store.lastValues(of: metric, runIDs: runs)
  }

  func largestValues(of metric: String, runs: [String]) throws -> [String: Double] {
    try store.largestValues(of: metric, runIDs: runs)
  }

  func recordedMetrics(of runs: [String]) throws -> [String] {
    try store.recordedMetrics(ofRuns: runs)
  }
}
