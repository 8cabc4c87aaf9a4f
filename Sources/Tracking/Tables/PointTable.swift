internal import GRDB

/// The table `point`, a row per value of a metric that is no column of `step`.
enum PointTable {
  static func insert(_ points: [PointRecord], metric: String, run: Int64, _ database: Database) throws {
    let key = try metricKey(metric, database)
    let row = try RawStatement(database, sql: "INSERT INTO point VALUES (?, ?, ?, ?)")
    try row.bind(run, at: 1)
    try row.bind(key, at: 2)
    for point in points {
      try row.bind(Int64(point.step), at: 3)
      try row.bind(point.value, at: 4)
      try row.run()
    }
  }

  static func series(_ metric: String, run: Int64, _ database: Database) throws -> [PointRecord] {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT step, value FROM point
        WHERE run = ?1 AND metric = (SELECT metric FROM metric WHERE name = ?2) ORDER BY step
        """)
    try statement.bind(metric, at: 2)
    return try points(of: statement, run: run)
  }

  /// The rows (step, value) of a statement whose first argument is the run; a NULL is a NaN.
  static func points(of statement: RawStatement, run: Int64) throws -> [PointRecord] {
    try statement.bind(run, at: 1)
    var points: [PointRecord] = []
    try statement.forEachRow { row in
      points.append(PointRecord(step: Int(row.integer(0)), value: row.double(1) ?? .nan))
    }
    return points
  }

  private static func metricKey(_ name: String, _ database: Database) throws -> Int64 {
    let known = try database.cachedStatement(sql: "SELECT metric FROM metric WHERE name = ?")
    if let key = try Int64.fetchOne(known, arguments: [name]) { return key }
    try database.execute(sql: "INSERT INTO metric (name) VALUES (?)", arguments: [name])
    return database.lastInsertedRowID
  }
}
