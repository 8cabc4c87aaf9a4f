internal import GRDB

/// Reads the summaries of started runs, with what their cells have in common, and of those that are not removed unless it is
/// told otherwise.
struct RunQuery {
  /// The table of which each row is a run, or the place of one in a sweep.
  var table = "run"
  /// What leads from there to `run`.
  var join = ""
  var condition = "TRUE"
  var order = "run.run"
  var arguments: [ParameterValue] = []
  /// What the runs are to name as their sweep; nil for the first that registered them.
  var sweep: String?
  /// Whether it reads the removed runs instead.
  var isOfRemoved = false
  /// Which of the runs it reads; nil for all.
  var filter: FilterExpression?

  /// One query for the runs, and two for all of their cells or for each.
  func fetch(_ database: Database) throws -> [RunSummary] {
    var cells = try CellReader(database)
    let sweeps = try sweepNames(database)
    let remarks = try Remarks(database)
    let started =
      "attempts > 0 AND removed_at IS \(isOfRemoved ? "NOT NULL" : "NULL") AND (\(condition))"
    let filtered = filter.map { FilterSQL($0, after: arguments) }
    if filtered != nil { FilterFunctions.register(in: database) }
    let count = try filtered == nil && !isOfRemoved ? mostRuns(database) : 0
    let statement = try RawStatement(
      database,
      sql: """
        SELECT
          run_id, run.sweep, run.cell, seed, status, started_at, ended_at, reason, run.run, removed_at,
          \(OutcomeTable.selection)
        FROM \(table) \(join) LEFT JOIN outcome ON outcome.run = run.run
        WHERE \(started) AND (\(filtered?.condition ?? "TRUE")) ORDER BY \(order)
        """)
    for (index, value) in (filtered?.arguments ?? arguments).enumerated() {
      try statement.bind(value, at: Int32(index) + 1)
    }
    // What many runs have in common is made once.
    var terms: [String: [String]] = [:]
    var statuses: [String: RunStatus] = [:]
    var runs: [RunSummary] = []
    runs.reserveCapacity(count)
    try cells.readAll(expecting: count, database)
    try statement.forEachRow { row in
      var record = try cells.record(of: row.integer(2))
      record.runID = row.text(0)
      record.sweep = sweep ?? sweeps[row.integer(1)] ?? ""
      record.seed = Int(row.integer(3))
      let word = row.text(4)
      let status: RunStatus
      if let known = statuses[word] {
        status = known
      } else {
        status = try RunStatus(stored: word)
        statuses[word] = status
      }
      let outcome = OutcomeTable.outcome(of: row, at: 10, status: status, reason: row.optionalText(7)) {
        text in
        if let known = terms[text] { return known }
        let names = text.split(separator: ",").map(String.init)
        terms[text] = names
        return names
      }
      runs.append(
        RunSummary(
          record: record, status: status, startedAt: row.double(5), endedAt: row.double(6), outcome: outcome,
          tags: remarks.tags[row.integer(8)] ?? [], note: remarks.notes[row.integer(8)],
          removedAt: row.double(9)))
    }
    return runs
  }

  /// No more runs than these are to come: fewer where some have not started or are removed, which only their rows say.
  private func mostRuns(_ database: Database) throws -> Int {
    let statement = try RawStatement(database, sql: "SELECT count(*) FROM \(table) WHERE \(condition)")
    for (index, value) in arguments.enumerated() { try statement.bind(value, at: Int32(index) + 1) }
    var count = 0
    try statement.forEachRow { count = Int($0.integer(0)) }
    return count
  }

  /// What people have said of runs. Few runs bear a tag or a note: all of them are read once.
  private struct Remarks {
    var tags: [Int64: [String]] = [:]
    var notes: [Int64: String] = [:]

    init(_ database: Database) throws {
      try RawStatement(database, sql: "SELECT run, name FROM tag ORDER BY run, name").forEachRow { row in
        tags[row.integer(0), default: []].append(row.text(1))
      }
      try RawStatement(database, sql: "SELECT run, text FROM note").forEachRow { row in
        notes[row.integer(0)] = row.text(1)
      }
    }
  }

  private func sweepNames(_ database: Database) throws -> [Int64: String] {
    var names: [Int64: String] = [:]
    try RawStatement(database, sql: "SELECT sweep, name FROM sweep").forEachRow { row in
      names[row.integer(0)] = row.text(1)
    }
    return names
  }
}
