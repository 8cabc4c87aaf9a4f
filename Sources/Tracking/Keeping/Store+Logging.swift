internal import GRDB

/// What became of values that were to be appended to a run.
public enum LoggedValues: Sendable, Hashable {
  /// They are in the store, at this step.
  case added(step: Int)
  /// Nothing is: these metrics have a value at this step already.
  case recordedAlready(step: Int, metrics: [String])
}

extension Store {
  /// Appends a value of each of some metrics to a run, whether it runs or has ended.
  ///
  /// - Parameters:
  ///   - values: metrics that are no column of `steps`, each once.
  ///   - step: nil for the last step of the run.
  public func log(
    _ values: [(metric: String, value: Double)], step: Int?, of runID: String
  ) throws(StoreError) -> LoggedValues {
    try write { database in
      let run = try RunState(runID, self.path, database)
      let last = try Int.fetchOne(
        database, sql: "SELECT steps FROM runs WHERE run_id = ?", arguments: [runID])
      let step = step ?? last ?? 0
      let known = try values.map(\.metric).filter { metric in
        try Bool.fetchOne(
          database, sql: "SELECT EXISTS (SELECT 1 FROM points WHERE run_id = ? AND metric = ? AND step = ?)",
          arguments: [runID, metric, step]) ?? false
      }
      guard known.isEmpty else { return .recordedAlready(step: step, metrics: known) }
      for (metric, value) in values {
        let point = PointRecord(step: step, value: value)
        try SeriesTable.add(point, metric: MetricTable.key(metric, database), run: run.key, database)
      }
      if run.status != .running {
        try SeriesTable.seal(run: run.key, database)
        try SummaryTable.delete(run: run.key, database)
        try SummaryTable.write(runs: [run.key], database)
      }
      return .added(step: step)
    }
  }
}
