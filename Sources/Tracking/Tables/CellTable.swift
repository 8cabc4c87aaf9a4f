internal import GRDB

/// The tables `cell`, `cell_parameter` and `parameter`: what the runs of a cell have in common.
struct CellTable {
  private var parameterKeys: [String: Int64] = [:]
  /// The cells met so far, by their id. One id has one cell, unless a caller gives it to different ones.
  private var known: [String: [(key: Int64, record: RunRecord)]] = [:]

  init(_ database: Database) throws {
    let rows = try Row.fetchCursor(database, sql: "SELECT key, parameter FROM parameter")
    while let row = try rows.next() { parameterKeys[row[0]] = row[1] }
  }

  /// The key of a run's cell, which is added where it is not there.
  mutating func key(of run: RunRecord, _ database: Database) throws -> Int64 {
    if known[run.cellID] == nil { known[run.cellID] = try Self.stored(run.cellID, database) }
    if let cell = known[run.cellID]?.first(where: { $0.record.hasCell(of: run) }) { return cell.key }
    let key = try insert(run, database)
    known[run.cellID, default: []].append((key, run))
    return key
  }

  private mutating func insert(_ run: RunRecord, _ database: Database) throws -> Int64 {
    try database.cachedStatement(
      sql: """
        INSERT INTO cell (cell_id, model, family, objective, form, estimator, optimizer, beta, config)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      run.cellID, run.model, run.family, run.objective, run.form, run.estimator, run.optimizer, run.beta,
      run.config,
    ])
    let key = database.lastInsertedRowID
    let row = try RawStatement(
      database, sql: "INSERT INTO cell_parameter (cell, position, parameter, value) VALUES (?, ?, ?, ?)")
    for (position, parameter) in run.parameters.enumerated() {
      let name = try parameterKey(parameter.key, database)
      try row.bind(key, at: 1)
      try row.bind(Int64(position), at: 2)
      try row.bind(name, at: 3)
      try row.bind(parameter.value, at: 4)
      try row.run()
    }
    return key
  }

  private mutating func parameterKey(_ name: String, _ database: Database) throws -> Int64 {
    if let key = parameterKeys[name] { return key }
    try database.execute(sql: "INSERT INTO parameter (key) VALUES (?)", arguments: [name])
    parameterKeys[name] = database.lastInsertedRowID
    return database.lastInsertedRowID
  }

  private static func stored(
    _ cellID: String, _ database: Database
  ) throws -> [(key: Int64, record: RunRecord)] {
    try records(where: "cell_id = ?", [cellID], database).map { ($0.key, $0.value) }
  }

  /// Cells by their key, as runs without what is a run's own.
  static func records(
    where condition: String, _ arguments: StatementArguments, _ database: Database
  ) throws -> [Int64: RunRecord] {
    var cells: [Int64: RunRecord] = [:]
    let parameters = try parameters(where: condition, arguments, database)
    let statement = try database.makeStatement(
      sql: """
        SELECT cell, cell_id, model, family, objective, form, estimator, optimizer, beta, config
        FROM cell WHERE \(condition)
        """)
    try statement.setArguments(arguments)
    try RawStatement(database, statement).forEachRow { row in
      let key = row.integer(0)
      cells[key] = RunRecord(
        runID: "", sweep: "", cellID: row.text(1), model: row.text(2), family: row.text(3),
        objective: row.text(4), form: row.text(5), estimator: row.text(6), optimizer: row.text(7),
        beta: row.double(8), seed: 0, config: row.text(9), parameters: parameters[key] ?? [])
    }
    return cells
  }

  private static func parameters(
    where condition: String, _ arguments: StatementArguments, _ database: Database
  ) throws -> [Int64: [RunRecord.Parameter]] {
    var names: [Int64: String] = [:]
    try RawStatement(database, sql: "SELECT parameter, key FROM parameter").forEachRow { row in
      names[row.integer(0)] = row.text(1)
    }
    let statement = try database.makeStatement(
      sql: """
        SELECT cell, parameter, value FROM cell_parameter
        WHERE cell IN (SELECT cell FROM cell WHERE \(condition)) ORDER BY cell, position
        """)
    try statement.setArguments(arguments)
    var all: [Int64: [RunRecord.Parameter]] = [:]
    var current: (cell: Int64, parameters: [RunRecord.Parameter]) = (-1, [])
    try RawStatement(database, statement).forEachRow { row in
      let cell = row.integer(0)
      if cell != current.cell {
        all[current.cell] = current.parameters
        current = (cell, [])
      }
      current.parameters.append(
        RunRecord.Parameter(key: names[row.integer(1)] ?? "", value: row.parameter(2)))
    }
    all[current.cell] = current.parameters
    return all
  }
}

extension RunRecord {
  /// Whether both have all of a cell in common.
  fileprivate func hasCell(of run: RunRecord) -> Bool {
    cellID == run.cellID && model == run.model && family == run.family && objective == run.objective
      && form == run.form && estimator == run.estimator && optimizer == run.optimizer && beta == run.beta
      && config == run.config && parameters == run.parameters
  }
}
