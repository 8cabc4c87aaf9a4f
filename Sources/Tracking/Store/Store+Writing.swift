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
      var writer = EventWriter(database, path: self.path, attempt: attempt, process: self.settings.process)
      try writer.apply(batch)
      // A process that dies leaves here when it was last known to live.
      for attempt in writer.attempts {
        try database.cachedStatement(sql: "UPDATE attempt SET last_seen_at = ? WHERE attempt = ?")
          .execute(arguments: [now, attempt])
      }
    }
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
