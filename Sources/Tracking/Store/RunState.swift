internal import GRDB

/// Where a registered run stands, as the writer has to know it.
struct RunState {
  var runID: String
  var key: Int64
  /// The number of attempts so far.
  var attempts: Int
  /// nil before the first attempt.
  var status: RunStatus?
  /// The process's attempt that the last one belongs to; 0 before the first.
  var attempt: Int64
  /// Whether it is hidden, until somebody restores it or a sweep asks for it.
  var isRemoved: Bool

  init(_ runID: String, _ path: String, _ database: Database) throws {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT run.run, attempts, run.status, attempt, removed_at IS NOT NULL FROM run
        LEFT JOIN run_attempt ON run_attempt.run = run.run AND number = attempts WHERE run_id = ?
        """)
    try statement.bind(runID, at: 1)
    var row: (key: Int64, attempts: Int64, status: String?, attempt: Int64, isRemoved: Bool)?
    try statement.forEachRow {
      row = ($0.integer(0), $0.integer(1), $0.optionalText(2), $0.integer(3), $0.integer(4) != 0)
    }
    guard let row else { throw StoreError.unknownRun(path: path, id: runID) }
    self.runID = runID
    key = row.key
    attempts = Int(row.attempts)
    status = try row.status.map(RunStatus.init(stored:))
    attempt = row.attempt
    isRemoved = row.isRemoved
  }

  /// Itself, where it can record.
  func running() throws -> RunState {
    guard status == .running else { throw StoreError.notRunning(runID: runID, status: status) }
    return self
  }
}

extension RunState {
  /// Begins the run's next attempt.
  func beginAttempt(_ attempt: AttemptID, at time: Double, _ database: Database) throws {
    if attempts > 0 {
      for table in ["outcome", "run_output"] {
        try database.cachedStatement(sql: "DELETE FROM \(table) WHERE run = ?").execute(arguments: [key])
      }
      try SummaryTable.delete(run: key, database)
    }
    try database.cachedStatement(
      sql: """
        UPDATE run SET
          attempts = attempts + 1, status = 'running', started_at = ?, ended_at = NULL, reason = NULL,
          removed_at = NULL
        WHERE run = ?
        """
    ).execute(arguments: [time, key])
    try database.cachedStatement(
      sql: """
        INSERT INTO run_attempt (run, number, attempt, status, started_at) VALUES (?, ?, ?, 'running', ?)
        """
    ).execute(arguments: [key, attempts + 1, attempt.rawValue, time])
  }

  /// Ends an attempt as interrupted, right before the next one begins.
  func endAttempt(because reason: String, at time: Double, _ database: Database) throws {
    try database.cachedStatement(
      sql: """
        UPDATE run_attempt SET status = 'interrupted', ended_at = ?, reason = ? WHERE run = ? AND number = ?
        """
    ).execute(arguments: [time, reason, key, attempts])
  }

  /// Deletes what is recorded of the run at `step` and later.
  func drop(from step: Int, _ database: Database) throws {
    try BlockTable.truncate(run: key, from: step, database)
    try SeriesTable.truncate(run: key, from: step, database)
  }

  /// Ends the attempt that the run is in. What it recorded is still to be summarised.
  func end(_ outcome: RunOutcome, at time: Double, _ database: Database) throws {
    precondition(outcome.status != .running, "a run does not end as running")
    for update in [
      "UPDATE run_attempt SET status = ?1, ended_at = ?2, reason = ?3 WHERE run = ?4 AND number = ?5",
      "UPDATE run SET status = ?1, ended_at = ?2, reason = ?3 WHERE run = ?4 AND attempts = ?5",
    ] {
      let statement = try RawStatement(database, sql: update)
      try statement.bind(outcome.status.rawValue, at: 1)
      try statement.bind(time, at: 2)
      if let reason = outcome.reason { try statement.bind(reason, at: 3) }
      try statement.bind(key, at: 4)
      try statement.bind(Int64(attempts), at: 5)
      try statement.run()
    }
    try BlockTable.seal(run: key, database)
    try SeriesTable.seal(run: key, database)
    try OutcomeTable.insert(outcome, run: key, database)
  }
}

/// The process behind an attempt.
struct Owner {
  var process: ProcessIdentity
  var host: String

  /// Why a run of it is interrupted.
  var hasEnded: String { "process \(process.pid) on \(host) ended without finishing it" }

  init(ofAttempt attempt: Int64, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "SELECT pid, process_start, boot_id, host FROM attempt WHERE attempt = ?")
    guard let row = try Row.fetchOne(statement, arguments: [attempt]) else {
      throw DatabaseError(message: "no attempt \(attempt)")
    }
    process = ProcessIdentity(pid: row[0], start: row[1], bootID: row[2])
    host = row[3]
  }
}
