internal import GRDB

/// The table `metric`: the columns of `steps`, in order from 1, then the names that runs brought.
enum MetricTable {
  /// The key of a column of `steps`.
  static func key(_ column: StepColumn) -> Int64 { Int64(column.rawValue) + 1 }

  /// The key of a metric, which is added where it is not there.
  static func key(_ name: String, _ database: Database) throws -> Int64 {
    if let key = try known(name, database) { return key }
    try database.execute(sql: "INSERT INTO metric (name) VALUES (?)", arguments: [name])
    return database.lastInsertedRowID
  }

  /// nil where no run has brought it.
  static func known(_ name: String, _ database: Database) throws -> Int64? {
    let statement = try RawStatement(database, sql: "SELECT metric FROM metric WHERE name = ?")
    try statement.bind(name, at: 1)
    var key: Int64?
    try statement.forEachRow { key = $0.integer(0) }
    return key
  }
}
