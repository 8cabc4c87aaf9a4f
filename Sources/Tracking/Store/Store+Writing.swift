internal import GRDB
internal import Glibc

extension Store {
  /// Applies the events in their order, in one transaction: all of them, or none where one throws.
  ///
  /// - Parameter attempt: whose events these are: those of runs that belong to another attempt by now are left out. nil for
  ///   events of whatever attempt a run is in.
  /// - Throws: `unknownRun` for a run that was never registered; `notRunning` for steps, points or an end of a
  ///   run that is not running; `runInUse` where a living process other than this one executes a run that is to
  ///   start; `refused` for a step recorded twice; and whatever keeps SQLite from writing.
  /// - Complexity: about a nanosecond a byte of steps.
  public func write(_ batch: [StoreEvent], of attempt: AttemptID? = nil) throws(StoreError) {
    let now = settings.clock()
    try write { database in
      var attempts: Set<Int64> = []
      for event in batch {
        if let attempt = try self.apply(event, attempt, database) { attempts.insert(attempt) }
      }
      // A process that dies leaves here when it was last known to live.
      for attempt in attempts {
        try database.cachedStatement(sql: "UPDATE attempt SET last_seen_at = ? WHERE attempt = ?")
          .execute(arguments: [now, attempt])
      }
    }
  }

  /// Returns the attempt that the event belongs to; nil where it is left out.
  private func apply(_ event: StoreEvent, _ own: AttemptID?, _ database: Database) throws -> Int64? {
    switch event {
    case .started(let runID, let attempt, let time):
      try start(runID, attempt, at: time, database)
      return attempt.rawValue
    case .begun(let runID, let step):
      guard let run = try running(runID, own, database) else { return nil }
      // Nothing was recorded before the first attempt.
      if run.attempts > 1 { try run.drop(from: step, database) }
      return run.attempt
    case .steps(let runID, let batch):
      guard let run = try running(runID, own, database) else { return nil }
      try BlockTable.append(batch, run: run.key, database)
      return run.attempt
    case .points(let runID, let metric, let points):
      guard let run = try running(runID, own, database) else { return nil }
      try SeriesTable.append(
        points, metric: MetricTable.key(metric, database), run: run.key, database)
      return run.attempt
    case .output(let runID, let output):
      guard let run = try running(runID, own, database) else { return nil }
      try OutputTable.replace(output, run: run.key, database)
      return run.attempt
    case .ended(let runID, let outcome, let time):
      guard let run = try running(runID, own, database) else { return nil }
      try run.end(outcome, at: time, database)
      return run.attempt
    }
  }

  /// A run that can record; nil where it belongs to another attempt than `own`.
  private func running(_ runID: String, _ own: AttemptID?, _ database: Database) throws -> RunState? {
    let run = try RunState(runID, path, database)
    if let own, run.attempt != own.rawValue || run.status != .running { return nil }
    return try run.running()
  }

  private func start(_ runID: String, _ attempt: AttemptID, at time: Double, _ database: Database) throws {
    let run = try RunState(runID, path, database)
    if run.status == .running { try release(run, at: time, database) }
    try run.drop(from: 0, database)
    try run.beginAttempt(attempt, at: time, database)
  }

  /// Ends the attempt that a run is still in, unless another living process makes it.
  private func release(_ run: RunState, at time: Double, _ database: Database) throws {
    let owner = try Owner(ofAttempt: run.attempt, database)
    guard owner.process == settings.process || !owner.process.isAlive else {
      throw StoreError.runInUse(runID: run.runID, processID: owner.process.pid, host: owner.host)
    }
    try run.endAttempt(because: "started again", at: time, database)
  }
}

extension Store {
  /// Has the disk keep what was written: a file that tells of it then never outlives it, whatever becomes of the machine.
  public func makeDurable() {
    let log = Glibc.open(path + "-wal", O_RDONLY)
    guard log >= 0 else { return }
    fsync(log)
    Glibc.close(log)
  }
}
