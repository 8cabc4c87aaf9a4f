internal import GRDB

extension Store {
  /// Hides runs: they are in no view, listing or comparison until they are restored, and a sweep that asks for one executes
  /// it again, which makes it a run like any other. Nothing of them is deleted before ``collect(_:)``.
  ///
  /// - Returns: how many of them were there.
  /// - Throws: `runInUse` where a living process executes one of them; then none is hidden.
  @discardableResult
  public func remove(_ runIDs: [String]) throws(StoreError) -> Int {
    let now = settings.clock()
    return try write { database in
      let statement = try database.cachedStatement(
        sql: "UPDATE run SET removed_at = ? WHERE run = ? AND attempts > 0 AND removed_at IS NULL")
      var count = 0
      for runID in runIDs {
        let run = try RunState(runID, self.path, database)
        if run.status == .running {
          let owner = try Owner(ofAttempt: run.attempt, database)
          guard owner.process != self.settings.process, !owner.process.isAlive else {
            throw StoreError.runInUse(runID: runID, processID: owner.process.pid, host: owner.host)
          }
        }
        try statement.execute(arguments: [now, run.key])
        count += database.changesCount
      }
      return count
    }
  }

  /// Brings removed runs back as they were.
  ///
  /// - Returns: how many of them had been removed.
  @discardableResult
  public func restore(_ runIDs: [String]) throws(StoreError) -> Int {
    try write { database in
      let statement = try database.cachedStatement(
        sql: "UPDATE run SET removed_at = NULL WHERE run_id = ? AND removed_at IS NOT NULL")
      var count = 0
      for runID in runIDs {
        try statement.execute(arguments: [runID])
        count += database.changesCount
      }
      return count
    }
  }
}
