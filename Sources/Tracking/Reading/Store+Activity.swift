internal import GRDB

/// A run that the store has as running.
public struct RunningRun: Sendable, Hashable {
  public var runID: String
  /// The last step that is recorded; nil before the first.
  public var lastStep: Int?
  /// Whose it is, among the processes of ``SweepActivity``.
  public var attempt: AttemptID
}

/// A living process that executes runs.
public struct RunningProcess: Sendable, Hashable {
  public var attempt: AttemptID
  public var processID: Int
  public var host: String
  /// Seconds since 1970.
  public var startedAt: Double
  /// The steps of the runs that it has ended.
  public var endedSteps: Int
}

/// What is executed of a sweep right now.
public struct SweepActivity: Sendable, Hashable {
  /// The runs of living processes.
  public var runs: [RunningRun]
  /// The processes that have some of them.
  public var processes: [RunningProcess]
  /// The runs that the store has as running though their process is gone.
  public var abandoned: [String]
}

extension Store {
  /// What is executed of a sweep right now; none where the store does not have it.
  public func activity(inSweep name: String) throws(StoreError) -> SweepActivity {
    try read { database in
      var activity = SweepActivity(runs: [], processes: [], abandoned: [])
      var living: [Int64: Bool] = [:]
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT run.run, run_id, attempt FROM run
          JOIN run_attempt ON run_attempt.run = run.run AND number = attempts
          WHERE run.status = 'running' AND removed_at IS NULL AND run.run IN (
            SELECT run FROM sweep_run WHERE sweep = (SELECT sweep FROM sweep WHERE name = ?))
          ORDER BY run.run
          """, arguments: [name])
      for row in rows {
        let attempt: Int64 = row["attempt"]
        let owner = try Owner(ofAttempt: attempt, database)
        let isAlive = living[attempt] ?? self.isAlive(owner)
        if isAlive, living[attempt] == nil {
          activity.processes.append(try Self.process(attempt, owner, database))
        }
        living[attempt] = isAlive
        if isAlive {
          activity.runs.append(
            RunningRun(
              runID: row["run_id"], lastStep: try BlockTable.lastStep(of: row["run"], database),
              attempt: AttemptID(rawValue: attempt)))
        } else {
          activity.abandoned.append(row["run_id"])
        }
      }
      return activity
    }
  }

  private static func process(
    _ attempt: Int64, _ owner: Owner, _ database: Database
  ) throws -> RunningProcess {
    let steps = try Int.fetchOne(
      database,
      sql: """
        SELECT coalesce(sum(steps), 0) FROM run_attempt
        JOIN run ON run.run = run_attempt.run AND attempts = number
        JOIN outcome ON outcome.run = run.run WHERE attempt = ?
        """, arguments: [attempt])
    let started = try Double.fetchOne(
      database, sql: "SELECT started_at FROM attempt WHERE attempt = ?", arguments: [attempt])
    return RunningProcess(
      attempt: AttemptID(rawValue: attempt), processID: owner.process.pid, host: owner.host,
      startedAt: started ?? 0, endedSteps: steps ?? 0)
  }
}
