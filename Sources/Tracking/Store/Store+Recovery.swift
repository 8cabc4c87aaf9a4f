internal import GRDB

extension Store {
  /// What ``recoverAbandonedRuns()`` would do; changes nothing.
  public func abandonedRuns() throws(StoreError) -> RecoveryReport {
    try read { database in
      var report = RecoveryReport()
      for row in try Self.runningRuns(database) {
        let owner = try Owner(ofAttempt: row["attempt"], database)
        report.add(row["run_id"], owner, isAlive: self.isAlive(owner))
      }
      return report
    }
  }

  /// Marks as interrupted every run that the store has as running though its process is gone.
  ///
  /// Such a run ended when its process last wrote, as far as anyone knows; its steps stay. Runs of a living
  /// process, this one included, are left alone.
  public func recoverAbandonedRuns() throws(StoreError) -> RecoveryReport {
    try write { database in
      var report = RecoveryReport()
      for row in try Self.runningRuns(database) {
        let owner = try Owner(ofAttempt: row["attempt"], database)
        let isAlive = self.isAlive(owner)
        report.add(row["run_id"], owner, isAlive: isAlive)
        if !isAlive {
          let state = try RunState(row["run_id"], self.path, database)
          let outcome = RunOutcome(
            status: .interrupted, steps: try BlockTable.lastStep(of: state.key, database) ?? 0,
            seconds: row["seconds"],
            reason: owner.hasEnded)
          try state.end(outcome, at: row["last_seen_at"], database)
          try SummaryTable.write(runs: [state.key], database)
        }
      }
      return report
    }
  }

  func isAlive(_ owner: Owner) -> Bool {
    owner.process == settings.process || owner.process.isAlive
  }

  private static func runningRuns(_ database: Database) throws -> [Row] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT
          run_id, attempt, max(last_seen_at, run.started_at) AS last_seen_at,
          max(last_seen_at - run.started_at, 0) AS seconds
        FROM run JOIN run_attempt ON run_attempt.run = run.run AND number = attempts JOIN attempt USING (attempt)
        WHERE run.status = 'running' AND removed_at IS NULL ORDER BY run.run
        """)
  }
}

extension RecoveryReport {
  fileprivate mutating func add(_ runID: String, _ owner: Owner, isAlive: Bool) {
    if isAlive {
      live.append(LiveRun(runID: runID, processID: owner.process.pid, host: owner.host))
    } else {
      interrupted.append(runID)
    }
  }
}
