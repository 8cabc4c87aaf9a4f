internal import GRDB

extension Store {
  /// The recorded steps of a run, in order: NaN where NaN was recorded, nil where a term was absent.
  ///
  /// - Throws: `unknownRun` where no run has exactly this id.
  public func steps(of runID: String) throws(StoreError) -> [StepRecord] {
    try batches(of: runID).flatMap(\.records)
  }

  /// The recorded steps of a run, in order, thousands at a time.
  ///
  /// - Throws: `unknownRun` where no run has exactly this id.
  public func batches(of runID: String) throws(StoreError) -> [StepBatch] {
    try read { database in
      try BlockTable.batches(of: self.runKey(runID, database), database)
    }
  }

  /// The recorded values of a metric, in order of their steps: a column of `steps`, such as `kl_prior`, or any
  /// other metric. Empty where the run has none.
  ///
  /// - Throws: `unknownRun` where no run has exactly this id.
  public func series(of metric: String, runID: String) throws(StoreError) -> [PointRecord] {
    try read { database in
      let run = try self.runKey(runID, database)
      guard let column = StepColumn(name: metric) else {
        return try PointTable.series(metric, run: run, database)
      }
      return try BlockTable.series(column, run: run, database)
    }
  }
}
