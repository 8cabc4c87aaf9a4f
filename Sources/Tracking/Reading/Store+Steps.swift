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
  /// - Parameter end: later steps, and this one, are left out.
  /// - Throws: `unknownRun` where no run has exactly this id.
  public func series(
    of metric: String, runID: String, before end: Int = .max
  ) throws(StoreError) -> [PointRecord] {
    try read { database in
      let run = try self.runKey(runID, database)
      var points: [PointRecord] = []
      if let column = StepColumn(name: metric) {
        points = try BlockTable.series(column, run: run, before: end, database)
      } else if let key = try MetricTable.known(metric, database) {
        points = try SeriesTable.points(of: key, run: run, in: 0..<end, database)
      }
      // A row may go on beyond the end.
      if let last = points.last, last.step >= end { points.removeAll { $0.step >= end } }
      return points
    }
  }
}
