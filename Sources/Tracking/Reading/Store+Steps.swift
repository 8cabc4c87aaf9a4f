internal import GRDB

extension Store {
  /// The recorded steps of a run, in order: NaN where NaN was recorded, nil where a term was absent.
  ///
  /// - Throws: `unknownRun` where no run has exactly this id.
  public func steps(of runID: String) throws(StoreError) -> [StepRecord] {
    try read { database in
      try StepTable.steps(run: self.runKey(runID, database), database)
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
      return try StepTable.series(column, run: run, database)
    }
  }
}
