public import Plotting
public import Tracking

/// Gives what runs have recorded; the store is one.
public protocol RunSource {
  /// The values of a metric of a run by step, without the steps at which it has none.
  func series(ofRun runID: String, metric: String) throws -> StepSeries

  /// What runs have recorded of a metric, by run id; runs that have none are absent.
  func summaries(of metric: String, runs: [String]) throws -> [String: MetricSummary]

  /// The names of the metrics that some of the runs have recorded beside the terms of the bound.
  func recordedMetrics(of runs: [String]) throws -> [String]
}

extension RunSource {
  /// The last recorded value of a metric by run id.
  public func lastValues(of metric: String, runs: [String]) throws -> [String: Double] {
    try summaries(of: metric, runs: runs).mapValues(\.last)
  }

  /// The largest recorded value of a metric by run id; a NaN is no value here.
  func largestValues(of metric: String, runs: [String]) throws -> [String: Double] {
    try summaries(of: metric, runs: runs).mapValues(\.maximum).filter { !$0.value.isNaN }
  }
}
