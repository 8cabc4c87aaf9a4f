internal import GRDB

/// A run that a process would execute.
public struct WantedRun: Sendable, Hashable {
  public var runID: String
  /// For a run that has ended and is to be executed again: the number of its attempts when that was decided. Where there are
  /// more by now, another process has done it. nil leaves ended runs alone.
  public var againAfter: Int?

  public init(runID: String, againAfter: Int? = nil) {
    self.runID = runID
    self.againAfter = againAfter
  }
}

/// A run that belongs to the process that claimed it.
public struct ClaimedRun: Sendable, Hashable {
  public var runID: String
  /// The last step that earlier attempts have recorded; nil where there is none.
  public var lastStep: Int?
  /// Whether no attempt has begun it before.
  public var isFirst: Bool
  /// Whether the attempt before was interrupted, or its process is gone.
  public var wasUnfinished: Bool
}

/// Where a run is: its status, how often it was executed, and by whom it is.
public struct RunStanding: Sendable, Hashable {
  /// nil before the first attempt.
  public var status: RunStatus?
  public var attempts: Int
  /// The process that executes or executed it last; 0 before the first attempt.
  public var processID: Int
  /// Where that process is or was.
  public var host: String
}

extension Store {
  /// Takes runs for an attempt: those that nobody has ever executed, that were interrupted, whose process is gone, that were
  /// removed, or that have ended and are wanted again. What others execute or have executed is left to them.
  ///
  /// The claim is in the file when this returns: of several processes that want a run one gets it. What was recorded of it stays
  /// until `begun` says from where on it is recorded anew.
  ///
  /// - Parameter limit: how many to take at most.
  /// - Returns: the runs taken, in their order, and how many of `wanted` were looked at.
  public func claim(
    _ wanted: some Collection<WantedRun>, limit: Int, for attempt: AttemptID
  ) throws(StoreError) -> (claimed: [ClaimedRun], seen: Int) {
    let now = settings.clock()
    return try write { database in
      var living: [Int64: Bool] = [:]
      var claimed: [ClaimedRun] = []
      var seen = 0
      for want in wanted where claimed.count < limit {
        seen += 1
        let run = try RunState(want.runID, self.path, database)
        switch run.status {
        case nil, .interrupted: break
        case .running:
          let owner = try Owner(ofAttempt: run.attempt, database)
          let isAlive = living[run.attempt] ?? self.isAlive(owner)
          living[run.attempt] = isAlive
          if isAlive { continue }
          try run.endAttempt(because: owner.hasEnded, at: now, database)
        case .finished, .failed, .diverged:
          guard run.isRemoved || want.againAfter == run.attempts else { continue }
        }
        try run.beginAttempt(attempt, at: now, database)
        let lastStep = run.attempts > 0 ? try BlockTable.lastStep(of: run.key, database) : nil
        claimed.append(
          ClaimedRun(
            runID: want.runID, lastStep: lastStep, isFirst: run.attempts == 0,
            wasUnfinished: run.status == .interrupted || run.status == .running))
      }
      return (claimed, seen)
    }
  }

  /// Where runs are, in the order of their ids; nil where the store does not have one.
  public func standings(of runIDs: [String]) throws(StoreError) -> [RunStanding?] {
    try read { database in
      let statement = try RawStatement(
        database,
        sql: """
          SELECT CASE WHEN removed_at IS NULL THEN run.status END, attempts, coalesce(pid, 0), coalesce(host, '')
          FROM run
          LEFT JOIN run_attempt ON run_attempt.run = run.run AND number = attempts
          LEFT JOIN attempt USING (attempt) WHERE run_id = ?
          """)
      return try runIDs.map { runID in
        try statement.bind(runID, at: 1)
        var standing: RunStanding?
        try statement.forEachRow { row in
          standing = RunStanding(
            status: try row.optionalText(0).map(RunStatus.init(stored:)), attempts: Int(row.integer(1)),
            processID: Int(row.integer(2)), host: row.text(3))
        }
        return standing
      }
    }
  }
}
