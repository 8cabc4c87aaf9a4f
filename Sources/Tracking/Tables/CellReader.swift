internal import GRDB

/// Reads cells as runs without what is a run's own, each once.
struct CellReader {
  private let cell: RawStatement
  private let parameters: RawStatement
  /// The names of the parameters by their integers, which count up from 1.
  private var names: [String] = [""]
  private var known: [Int64: RunRecord] = [:]

  init(_ database: Database) throws {
    cell = try RawStatement(
      database,
      sql: """
        SELECT cell_id, model, family, objective, form, estimator, optimizer, beta, config FROM cell WHERE cell = ?
        """)
    parameters = try RawStatement(
      database, sql: "SELECT parameter, value FROM cell_parameter WHERE cell = ? ORDER BY position")
    try RawStatement(database, sql: "SELECT parameter, key FROM parameter ORDER BY parameter").forEachRow {
      row in
      while names.count < row.integer(0) { names.append("") }
      names.append(row.text(1))
    }
  }

  /// - Throws: `SQLITE_CORRUPT` where there is no such cell.
  mutating func record(of key: Int64) throws -> RunRecord {
    if let record = known[key] { return record }
    try parameters.bind(key, at: 1)
    var values: [RunRecord.Parameter] = []
    values.reserveCapacity(names.count)
    try parameters.forEachRow { row in
      let parameter = Int(row.integer(0))
      guard names.indices.contains(parameter) else { throw Self.damage("there is no parameter \(parameter)") }
      values.append(RunRecord.Parameter(key: names[parameter], value: row.parameter(1)))
    }
    try cell.bind(key, at: 1)
    var record: RunRecord?
    try cell.forEachRow { row in
      record = RunRecord(
        runID: "", sweep: "", cellID: row.text(0), model: row.text(1), family: row.text(2),
        objective: row.text(3), form: row.text(4), estimator: row.text(5), optimizer: row.text(6),
        beta: row.double(7), seed: 0, config: row.text(8), parameters: values)
    }
    guard let record else { throw Self.damage("there is no cell \(key)") }
    known[key] = record
    return record
  }

  private static func damage(_ message: String) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: message)
  }
}
