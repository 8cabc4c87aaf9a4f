internal import GRDB

/// Writes what comes from another store into ours.
struct MergeWriter {
  private let theirs: Database
  private let ours: Database
  private var cells: CellTable
  /// Our keys by theirs.
  private var sweeps: [Int64: Int64] = [:]
  private var attempts: [Int64: Int64] = [:]

  init(_ theirs: Database, _ ours: Database) throws {
    self.theirs = theirs
    self.ours = ours
    cells = try CellTable(ours)
  }

  /// Registers a sweep. Of one that is known, the text that was registered last stays.
  ///
  /// - Returns: whether it was not here.
  mutating func bring(_ sweep: MergedSweep, isPreview: Bool) throws -> Bool {
    let known = try Row.fetchOne(
      ours, sql: "SELECT sweep, registered_at FROM sweep WHERE name = ?", arguments: [sweep.record.name])
    if isPreview { return known == nil }
    let values: StatementArguments = [
      sweep.record.description, sweep.record.source, sweep.overrides, sweep.registeredAt, sweep.record.name,
    ]
    guard let known else {
      try ours.execute(
        sql: "INSERT INTO sweep (description, source, overrides, registered_at, name) VALUES (?, ?, ?, ?, ?)",
        arguments: values)
      sweeps[sweep.key] = ours.lastInsertedRowID
      return true
    }
    sweeps[sweep.key] = known[0]
    if (known[1] as Double) < sweep.registeredAt {
      try ours.execute(
        sql: "UPDATE sweep SET description = ?, source = ?, overrides = ?, registered_at = ? WHERE name = ?",
        arguments: values)
    }
    return false
  }

  /// Gives the runs of a sweep their positions in ours: the same, or the next ones where those are taken.
  func place(_ sweep: MergedSweep, without left: Set<String>) throws {
    guard let key = sweeps[sweep.key] else { throw BlockTable.damage("there is no sweep \(sweep.key)") }
    let insertion = try ours.makeStatement(
      sql: """
        INSERT INTO sweep_run (sweep, position, run)
        SELECT ?1, CASE WHEN EXISTS (SELECT 1 FROM sweep_run WHERE sweep = ?1 AND position = ?2)
          THEN (SELECT max(position) + 1 FROM sweep_run WHERE sweep = ?1) ELSE ?2 END, run
        FROM run WHERE run_id = ?3 AND NOT EXISTS (SELECT 1 FROM sweep_run WHERE sweep = ?1 AND sweep_run.run = run.run)
        """)
    let statement = try RawStatement(
      theirs,
      sql:
        "SELECT position, run_id FROM sweep_run JOIN run USING (run) WHERE sweep_run.sweep = ? ORDER BY position"
    )
    try statement.bind(sweep.key, at: 1)
    try statement.forEachRow { row in
      let id = row.text(1)
      if !left.contains(id) { try insertion.execute(arguments: [key, row.integer(0), id]) }
    }
  }

  /// Adds a run that is not here.
  mutating func add(_ run: MergedRun, record: RunRecord) throws {
    guard let sweep = sweeps[run.sweep] else { throw BlockTable.damage("there is no sweep \(run.sweep)") }
    let texts =
      [
        record.cellID, record.model, record.family, record.objective, record.form, record.estimator,
        record.optimizer, record.config,
      ] + record.parameters.map(\.key)
    guard !texts.contains(where: { $0.utf8.contains(0) }) else {
      throw BlockTable.damage("a text of run \(run.runID) holds the character NUL")
    }
    let cell = try cells.key(of: record, ours)
    try ours.cachedStatement(sql: "INSERT INTO run (run_id, sweep, cell, seed) VALUES (?, ?, ?, ?)")
      .execute(arguments: [run.runID, sweep, cell, run.seed])
    try write(run, as: ours.lastInsertedRowID, after: 0)
  }

  /// Puts what is recorded there in the place of what is recorded here; the attempts that were made here stay.
  mutating func replace(_ state: RunState, by run: MergedRun) throws {
    if state.status == .running {
      let owner = try Owner(ofAttempt: state.attempt, ours)
      let seen = try Double.fetchOne(
        ours, sql: "SELECT last_seen_at FROM attempt WHERE attempt = ?", arguments: [state.attempt])
      try state.endAttempt(because: owner.hasEnded, at: seen ?? 0, ours)
    }
    try state.drop(from: 0, ours)
    try SummaryTable.delete(run: state.key, ours)
    for table in ["outcome", "run_output"] {
      try ours.cachedStatement(sql: "DELETE FROM \(table) WHERE run = ?").execute(arguments: [state.key])
    }
    try write(run, as: state.key, after: Int64(state.attempts))
  }

  /// Writes a run's standing, attempts, result, steps, points and remarks.
  private mutating func write(_ run: MergedRun, as key: Int64, after made: Int64) throws {
    _ = try remark(run, key)
    guard var status = run.status, run.attempts > 0 else { return }
    var (endedAt, reason) = (run.endedAt, run.reason)
    var outcome = try MergedRun.outcome(ofRun: run.key, theirs)
    if status == .running {
      // Its process is gone: it is interrupted, as the next 'wb run' there would have it.
      let attempt = try run.attempt(theirs)
      let seen =
        try Double.fetchOne(
          theirs, sql: "SELECT last_seen_at FROM attempt WHERE attempt = ?", arguments: [attempt]) ?? 0
      let end = max(seen, run.startedAt ?? 0)
      status = .interrupted
      endedAt = end
      reason = try Owner(ofAttempt: attempt, theirs).hasEnded
      outcome = RunOutcome(
        status: status, steps: try BlockTable.lastStep(of: run.key, theirs) ?? 0,
        seconds: end - (run.startedAt ?? end), reason: reason)
    }
    guard let outcome else { throw BlockTable.damage("how run \(run.runID) ended is not recorded") }
    try ours.cachedStatement(
      sql: """
        UPDATE run SET attempts = ?, status = ?, started_at = ?, ended_at = ?, reason = ?, removed_at = ? WHERE run = ?
        """
    ).execute(arguments: [
      made + run.attempts, status.rawValue, run.startedAt, endedAt, reason, run.removedAt, key,
    ])
    try copyAttempts(of: run, as: key, after: made, lastEndedAt: endedAt, lastReason: reason)
    let content = RunContent(run: run.key, database: theirs)
    try content.forEachBatch { batch in
      for block in batch.blocks { try BlockTable.append(block, run: key, ours) }
    }
    try BlockTable.seal(run: key, ours)
    for metric in try content.metrics() {
      let own = try MetricTable.key(metric, ours)
      try content.forEachPiece(of: metric) { try SeriesTable.append($0, metric: own, run: key, ours) }
    }
    try SeriesTable.seal(run: key, ours)
    try SummaryTable.write(runs: [key], ours)
    try copyOutput(of: run, as: key)
    try OutcomeTable.insert(outcome, run: key, ours)
  }

  /// What a program wrote.
  private func copyOutput(of run: MergedRun, as key: Int64) throws {
    let names = "exit_code, signal, stdout, stderr"
    let output = try Row.fetchOne(
      theirs, sql: "SELECT \(names) FROM run_output WHERE run = ?", arguments: [run.key])
    guard let output else { return }
    try ours.cachedStatement(sql: "INSERT INTO run_output (run, \(names)) VALUES (?, ?, ?, ?, ?)")
      .execute(arguments: [
        key, output[0] as Int?, output[1] as Int?, output[2] as String, output[3] as String,
      ])
  }

  private mutating func copyAttempts(
    of run: MergedRun, as key: Int64, after made: Int64, lastEndedAt: Double?, lastReason: String?
  ) throws {
    let statement = try RawStatement(
      theirs,
      sql:
        "SELECT number, attempt, status, started_at, ended_at, reason FROM run_attempt WHERE run = ? ORDER BY number"
    )
    try statement.bind(run.key, at: 1)
    var rows: [StatementArguments] = []
    var owners: [Int64] = []
    try statement.forEachRow { row in
      let isRunning = row.text(2) == RunStatus.running.rawValue
      rows.append([
        made + row.integer(0), isRunning ? RunStatus.interrupted.rawValue : row.text(2), row.double(3),
        isRunning ? lastEndedAt : row.double(4), isRunning ? lastReason : try row.optionalSoundText(5),
      ])
      owners.append(row.integer(1))
    }
    let insertion = try ours.cachedStatement(
      sql: """
        INSERT INTO run_attempt (run, attempt, number, status, started_at, ended_at, reason) VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    for (row, owner) in zip(rows, owners) {
      try insertion.execute(arguments: [key, try attempt(owner)] + row)
    }
  }

  /// Our key of a process of theirs, which is added where it is not here.
  private mutating func attempt(_ key: Int64) throws -> Int64 {
    if let known = attempts[key] { return known }
    let names =
      "wb_version, git_commit, host, cpu_flags, blas_core, command, pid, process_start, boot_id, started_at"
    let statement = try RawStatement(
      theirs, sql: "SELECT \(names), last_seen_at, ended_at FROM attempt WHERE attempt = ?")
    try statement.bind(key, at: 1)
    var process: (identity: StatementArguments, times: StatementArguments)?
    try statement.forEachRow { row in
      process = (
        [
          try row.soundText(0), try row.optionalSoundText(1), try row.soundText(2), try row.soundText(3),
          try row.soundText(4), try row.soundText(5), row.integer(6), row.integer(7), try row.soundText(8),
          row.double(9),
        ], [row.double(10), row.double(11)]
      )
    }
    guard let process else { throw BlockTable.damage("there is no attempt \(key)") }
    let isSame = names.split(separator: ", ").map { "\($0) IS ?" }.joined(separator: " AND ")
    let known = try Int64.fetchOne(
      ours, sql: "SELECT attempt FROM attempt WHERE \(isSame)", arguments: process.identity)
    if known == nil {
      try ours.execute(
        sql: """
          INSERT INTO attempt (\(names), last_seen_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          """, arguments: process.identity + process.times)
    }
    attempts[key] = known ?? ours.lastInsertedRowID
    return known ?? ours.lastInsertedRowID
  }

  /// Gives a run that is here the tags that it lacks, and the note where it has none.
  ///
  /// - Returns: whether there was something to give.
  func remark(_ run: MergedRun) throws -> Bool {
    let known = try Int64.fetchOne(
      ours.cachedStatement(sql: "SELECT run FROM run WHERE run_id = ?"), arguments: [run.runID])
    return try known.map { try remark(run, $0) } ?? false
  }

  private func remark(_ run: MergedRun, _ key: Int64) throws -> Bool {
    var isChanged = false
    for (source, target) in [
      (
        "SELECT name FROM tag WHERE run = ?",
        "INSERT INTO tag (run, name) VALUES (?, ?) ON CONFLICT DO NOTHING"
      ),
      (
        "SELECT text FROM note WHERE run = ?",
        "INSERT INTO note (run, text) VALUES (?, ?) ON CONFLICT DO NOTHING"
      ),
    ] {
      let statement = try RawStatement(theirs, sql: source)
      try statement.bind(run.key, at: 1)
      try statement.forEachRow { row in
        try ours.cachedStatement(sql: target).execute(arguments: [key, try row.soundText(0)])
        isChanged = isChanged || ours.changesCount > 0
      }
    }
    return isChanged
  }
}
