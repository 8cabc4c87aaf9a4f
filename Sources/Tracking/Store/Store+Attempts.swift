internal import GRDB

extension Store {
  /// Records that this process begins to execute runs.
  public func beginAttempt(_ record: AttemptRecord) throws(StoreError) -> AttemptID {
    let now = settings.clock()
    let process = settings.process
    return try write { database in
      try database.execute(
        sql: """
          INSERT INTO attempt (
            wb_version, git_commit, host, cpu_flags, blas_core, command, pid, process_start, boot_id, started_at,
            last_seen_at)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """,
        arguments: [
          record.wbVersion, record.gitCommit, record.host, record.cpuFlags, record.blasCore, record.command,
          process.pid, process.start, process.bootID, now, now,
        ])
      return AttemptID(rawValue: database.lastInsertedRowID)
    }
  }

  /// Records that this process has executed all the runs that it meant to.
  public func endAttempt(_ attempt: AttemptID) throws(StoreError) {
    let now = settings.clock()
    try write { database in
      try database.execute(
        sql: "UPDATE attempt SET ended_at = ?1, last_seen_at = ?1 WHERE attempt = ?2",
        arguments: [now, attempt.rawValue])
    }
  }

  /// Every execution of a run so far, the first one first.
  ///
  /// - Throws: `unknownRun` where no run has exactly this id.
  public func attempts(of runID: String) throws(StoreError) -> [RunAttempt] {
    try read { database in
      let run = try self.runKey(runID, database)
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT
            number, wb_version, git_commit, host, cpu_flags, blas_core, command, pid, run_attempt.started_at,
            run_attempt.ended_at, status, reason
          FROM run_attempt JOIN attempt USING (attempt) WHERE run = ? ORDER BY number
          """, arguments: [run])
      return try rows.map { row in
        RunAttempt(
          number: row[0],
          record: AttemptRecord(
            wbVersion: row[1], gitCommit: row[2], host: row[3], cpuFlags: row[4], blasCore: row[5],
            command: row[6]),
          processID: row[7], startedAt: row[8], endedAt: row[9], status: try RunStatus(stored: row[10]),
          reason: row[11])
      }
    }
  }

  /// What executed the runs of a sweep, each process once, the first one first.
  public func attempts(inSweep name: String) throws(StoreError) -> [AttemptRecord] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT wb_version, git_commit, host, cpu_flags, blas_core, command FROM attempt
          WHERE attempt IN (
            SELECT attempt FROM run_attempt WHERE run IN (
              SELECT run FROM sweep_run JOIN sweep USING (sweep) JOIN run USING (run)
              WHERE name = ? AND removed_at IS NULL))
          ORDER BY attempt
          """, arguments: [name]
      ).map { row in
        AttemptRecord(
          wbVersion: row[0], gitCommit: row[1], host: row[2], cpuFlags: row[3], blasCore: row[4],
          command: row[5])
      }
    }
  }

  /// The row of a run, by its whole id.
  func runKey(_ runID: String, _ database: Database) throws -> Int64 {
    let statement = try database.cachedStatement(sql: "SELECT run FROM run WHERE run_id = ?")
    guard let key = try Int64.fetchOne(statement, arguments: [runID]) else {
      throw StoreError.unknownRun(path: path, id: runID)
    }
    return key
  }
}
