public import Plotting

/// Gives the recorded steps of runs; the store is one.
public protocol RunSource {
  /// The values of a metric of a run by step, without the steps at which it has none.
  func series(ofRun runID: String, metric: String) throws -> StepSeries
}
