public import Plotting

/// Gives what runs have recorded; the store is one.
public protocol RunSource {
  /// The values of a metric of a run by step, without the steps at which it has none.
  func series(ofRun runID: String, metric: String) throws -> StepSeries

  /// The last recorded value of a metric by run id; runs that have none are absent.
  func lastValues(of metric: String, runs: [String]) throws -> [String: Double]

  /// The largest recorded value of a metric by run id; runs that have none are absent.
  func largestValues(of metric: String, runs: [String]) throws -> [String: Double]

  /// The names of the metrics that some of the runs have recorded beside the terms of the bound.
  func recordedMetrics(of runs: [String]) throws -> [String]
}
