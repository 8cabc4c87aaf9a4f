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

  init(_ runID: String, _ path: String, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        SELECT run.run, attempts, run.status, attempt FROM run
        LEFT JOIN run_attempt ON run_attempt.run = run.run AND number = attempts WHERE run_id = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [runID]) else {
      throw StoreError.unknownRun(path: path, id: runID)
    }
    self.runID = runID
    key = row[0]
    attempts = row[1]
    status = try (row[2] as String?).map(RunStatus.init(stored:))
    attempt = row[3] ?? 0
  }

  /// Itself, where it can record.
  func running() throws -> RunState {
    guard status == .running else { throw StoreError.notRunning(runID: runID, status: status) }
    return self
  }
}

extension RunState {
  /// Ends the attempt that the run is in.
  func end(_ outcome: RunOutcome, at time: Double, _ database: Database) throws {
    precondition(outcome.status != .running, "a run does not end as running")
    let ending: StatementArguments = [outcome.status.rawValue, time, outcome.reason, key]
    try database.cachedStatement(
      sql: "UPDATE run_attempt SET status = ?, ended_at = ?, reason = ? WHERE run = ? AND number = ?"
    ).execute(arguments: ending + [attempts])
    try database.cachedStatement(sql: "UPDATE run SET status = ?, ended_at = ?, reason = ? WHERE run = ?")
      .execute(arguments: ending)
    try BlockTable.seal(run: key, database)
    try OutcomeTable.insert(outcome, run: key, database)
  }
}

/// The process behind an attempt.
struct Owner {
  var process: ProcessIdentity
  var host: String

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
