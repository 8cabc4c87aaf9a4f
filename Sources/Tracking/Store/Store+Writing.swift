internal import GRDB

extension Store {
  /// Applies the events in their order, in one transaction: all of them, or none where one throws.
  ///
  /// - Throws: `unknownRun` for a run that was never registered; `notRunning` for steps, points or an end of a
  ///   run that is not running; `runInUse` where a living process other than this one executes a run that is to
  ///   start; `refused` for a step recorded twice; and whatever keeps SQLite from writing.
  /// - Complexity: about a nanosecond a byte of steps.
  public func write(_ batch: [StoreEvent]) throws(StoreError) {
    let now = settings.clock()
    try write { database in
      var attempts: Set<Int64> = []
      for event in batch {
        attempts.insert(try self.apply(event, database))
      }
      // A process that dies leaves here when it was last known to live.
      for attempt in attempts {
        try database.cachedStatement(sql: "UPDATE attempt SET last_seen_at = ? WHERE attempt = ?")
          .execute(arguments: [now, attempt])
      }
    }
  }

  /// Returns the attempt that the event belongs to.
  private func apply(_ event: StoreEvent, _ database: Database) throws -> Int64 {
    switch event {
    case .started(let runID, let attempt, let time):
      try start(runID, attempt, at: time, database)
      return attempt.rawValue
    case .steps(let runID, let batch):
      let run = try RunState(runID, path, database).running()
      try BlockTable.append(batch, run: run.key, database)
      return run.attempt
    case .points(let runID, let metric, let points):
      let run = try RunState(runID, path, database).running()
      try PointTable.insert(points, metric: metric, run: run.key, database)
      return run.attempt
    case .ended(let runID, let outcome, let time):
      let run = try RunState(runID, path, database).running()
      try run.end(outcome, at: time, database)
      return run.attempt
    }
  }

  private func start(_ runID: String, _ attempt: AttemptID, at time: Double, _ database: Database) throws {
    let run = try RunState(runID, path, database)
    if run.status == .running { try release(run, at: time, database) }
    for table in ["block", "point", "outcome"] {
      try database.cachedStatement(sql: "DELETE FROM \(table) WHERE run = ?").execute(arguments: [run.key])
    }
    try database.cachedStatement(
      sql: """
        UPDATE run SET
          attempts = attempts + 1, status = 'running', started_at = ?, ended_at = NULL, reason = NULL,
          removed_at = NULL
        WHERE run = ?
        """
    ).execute(arguments: [time, run.key])
    try database.cachedStatement(
      sql: """
        INSERT INTO run_attempt (run, number, attempt, status, started_at) VALUES (?, ?, ?, 'running', ?)
        """
    ).execute(arguments: [run.key, run.attempts + 1, attempt.rawValue, time])
  }

  /// Ends the attempt that a run is still in, unless another living process makes it.
  private func release(_ run: RunState, at time: Double, _ database: Database) throws {
    let owner = try Owner(ofAttempt: run.attempt, database)
    guard owner.process == settings.process || !owner.process.isAlive else {
      throw StoreError.runInUse(runID: run.runID, processID: owner.process.pid, host: owner.host)
    }
    try database.execute(
      sql: """
        UPDATE run_attempt SET status = 'interrupted', ended_at = ?, reason = 'started again'
        WHERE run = ? AND number = ?
        """, arguments: [time, run.key, run.attempts])
  }
}
