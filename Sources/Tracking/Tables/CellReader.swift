internal import GRDB

/// Reads cells as runs without what is a run's own, each once.
struct CellReader {
  private let cell: RawStatement
  private let parameters: RawStatement
  /// The names of the parameters by their integers, which count up from 1.
  private var names: [String] = [""]
  private var known: [Int64: RunRecord] = [:]

  init(_ database: Database) throws {
    cell = try RawStatement(database, sql: "SELECT \(Self.columns) FROM cell WHERE cell = ?")
    parameters = try RawStatement(
      database, sql: "SELECT parameter, value FROM cell_parameter WHERE cell = ? ORDER BY position")
    try RawStatement(database, sql: "SELECT parameter, key FROM parameter ORDER BY parameter").forEachRow {
      row in
      while names.count < row.integer(0) { names.append("") }
      names.append(row.text(1))
    }
  }

  /// Reads all cells in one walk, where there are no more than runs will be.
  mutating func readAll(expecting runs: Int, _ database: Database) throws {
    // Cells count up from 1: the last has the number of all, or more where some are gone. To count them is to read them.
    let count = try Int.fetchOne(database, sql: "SELECT max(cell) FROM cell") ?? 0
    guard count <= runs else { return }
    var values: [Int64: [RunRecord.Parameter]] = [:]
    values.reserveCapacity(count)
    var (last, own) = (Int64(0), [RunRecord.Parameter]())
    try RawStatement(
      database, sql: "SELECT parameter, value, cell FROM cell_parameter ORDER BY cell, position"
    ).forEachRow { row in
      if row.integer(2) != last {
        values[last] = own
        (last, own) = (row.integer(2), [])
        own.reserveCapacity(names.count)
      }
      own.append(try parameter(row))
    }
    values[last] = own
    known.reserveCapacity(count)
    try RawStatement(database, sql: "SELECT \(Self.columns), cell FROM cell").forEachRow { row in
      known[row.integer(9)] = record(row, values[row.integer(9)] ?? [])
    }
  }

  /// - Throws: `SQLITE_CORRUPT` where there is no such cell.
  mutating func record(of key: Int64) throws -> RunRecord {
    if let record = known[key] { return record }
    try parameters.bind(key, at: 1)
    var values: [RunRecord.Parameter] = []
    values.reserveCapacity(names.count)
    try parameters.forEachRow { values.append(try parameter($0)) }
    try cell.bind(key, at: 1)
    var found: RunRecord?
    try cell.forEachRow { found = record($0, values) }
    guard let found else { throw Self.damage("there is no cell \(key)") }
    known[key] = found
    return found
  }

  private func parameter(_ row: RawStatement) throws -> RunRecord.Parameter {
    let number = Int(row.integer(0))
    guard names.indices.contains(number) else { throw Self.damage("there is no parameter \(number)") }
    return RunRecord.Parameter(key: names[number], value: row.parameter(1))
  }

  private static let columns =
    "cell_id, model, family, objective, form, estimator, optimizer, beta, config"

  private func record(_ row: RawStatement, _ parameters: [RunRecord.Parameter]) -> RunRecord {
    RunRecord(
      runID: "", sweep: "", cellID: row.text(0), model: row.text(1), family: row.text(2),
      objective: row.text(3), form: row.text(4), estimator: row.text(5), optimizer: row.text(6),
      beta: row.double(7), seed: 0, config: row.text(8), parameters: parameters)
  }

  private static func damage(_ message: String) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: message)
  }
}
