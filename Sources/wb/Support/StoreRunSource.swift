import Plotting
import Reporting
import Tracking

/// The step series of a store, for figures and reports.
struct StoreRunSource: RunSource {
  let store: Store

  func series(ofRun runID: String, metric: String) throws -> StepSeries {
    let points = try store.series(of: metric, runID: runID)
    return StepSeries(steps: points.map(\.step), values: points.map(\.value))
  }
}
