internal import GRDB

extension Store {
  /// Marks as interrupted every run that the store has as running though its process is gone.
  ///
  /// Such a run ended when its process last wrote, as far as anyone knows; its steps stay. Runs of a living
  /// process, this one included, are left alone.
  public func recoverAbandonedRuns() throws(StoreError) -> RecoveryReport {
    try write { database in
      var report = RecoveryReport()
      var alive: [Int64: Bool] = [:]
      for row in try Self.runningRuns(database) {
        let runID: String = row["run_id"]
        let state = try RunState(runID, self.path, database)
        let owner = try Owner(ofAttempt: state.attempt, database)
        let isAlive =
          alive[state.attempt] ?? (owner.process == self.settings.process || owner.process.isAlive)
        alive[state.attempt] = isAlive
        if isAlive {
          report.live.append(.init(runID: runID, processID: owner.process.pid, host: owner.host))
        } else {
          let outcome = RunOutcome(
            status: .interrupted, steps: row["last_step"] ?? 0, seconds: row["seconds"],
            reason: "process \(owner.process.pid) on \(owner.host) ended without finishing it")
          try OutcomeTable.end(state, outcome, at: row["last_seen_at"], database)
          report.interrupted.append(runID)
        }
      }
      return report
    }
  }

  private static func runningRuns(_ database: Database) throws -> [Row] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT
          run_id, max(last_seen_at, run_attempt.started_at) AS last_seen_at,
          max(last_seen_at - run_attempt.started_at, 0) AS seconds,
          (SELECT max(step) FROM step WHERE step.run = run.run) AS last_step
        FROM run_attempt JOIN run USING (run) JOIN attempt USING (attempt)
        WHERE status = 'running' AND number = attempts ORDER BY run
        """)
  }
}
