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
    if let cell = known[run.cellID]?.first(where: { $0.record.isOfCell(of: run) }) { return cell.key }
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
    var reader = try CellReader(database)
    let keys = try Int64.fetchAll(
      database, sql: "SELECT cell FROM cell WHERE cell_id = ? ORDER BY cell", arguments: [cellID])
    return try keys.map { ($0, try reader.record(of: $0)) }
  }
}
