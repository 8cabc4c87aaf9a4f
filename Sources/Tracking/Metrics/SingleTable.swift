internal import GRDB

/// The table `single`: metrics that are no column of `block`, of which a run that has ended recorded one value, and no NaN. A run
/// ends with dozens of them: each takes one short row, and needs no summary.
enum SingleTable {
  struct Single {
    var metric: Int64
    var run: Int64
    var point: PointRecord
  }

  private static let insertion = RowInsertion(into: "single", ["run", "metric", "step", "value"])

  static func insert(_ rows: [Single], _ database: Database) throws {
    try insertion.insert(rows, database) { row, statement, first in
      try statement.bind(row.run, at: first)
      try statement.bind(row.metric, at: first + 1)
      try statement.bind(Int64(row.point.step), at: first + 2)
      try statement.bind(row.point.value, at: first + 3)
    }
  }

  static func delete(run: Int64, from step: Int = 0, _ database: Database) throws {
    try database.cachedStatement(sql: "DELETE FROM single WHERE run = ? AND step >= ?")
      .execute(arguments: [run, step])
  }

  /// Makes series of a run's values, which more may follow.
  ///
  /// - Parameter metric: that of the value; nil for all.
  static func becomeSeries(run: Int64, metric: Int64? = nil, _ database: Database) throws {
    let condition = "run = ?1 AND (?2 IS NULL OR metric = ?2)"
    try database.cachedStatement(
      sql: """
        INSERT INTO series (run, metric, first_step, last_step, count, sealed, value)
          SELECT run, metric, step, step, 1, 0, value FROM single WHERE \(condition)
        """
    ).execute(arguments: [run, metric])
    try database.cachedStatement(sql: "DELETE FROM single WHERE \(condition)")
      .execute(arguments: [run, metric])
  }

  /// Takes over the series of one value each, of a run that has ended.
  static func take(run: Int64, _ database: Database) throws {
    let single = try RawStatement(
      database,
      sql: """
        SELECT metric, first_step, value FROM series WHERE run = ?
        GROUP BY metric HAVING count(*) = 1 AND max(count) = 1 AND typeof(value) = 'real'
        """)
    try single.bind(run, at: 1)
    var rows: [Single] = []
    try single.forEachRow { row in
      let point = PointRecord(step: Int(row.integer(1)), value: row.double(2) ?? .nan)
      rows.append(Single(metric: row.integer(0), run: run, point: point))
    }
    for row in rows {
      try database.cachedStatement(sql: "DELETE FROM series WHERE run = ? AND metric = ?")
        .execute(arguments: [run, row.metric])
    }
    try insert(rows, database)
  }

  /// The table of that name and ``SingleTable`` as one, to read from.
  static let andSeries = """
    (
      SELECT run, metric, first_step, last_step, count, header, envelope, step, value FROM series
      UNION ALL SELECT run, metric, step, step, 1, NULL, NULL, NULL, value FROM single
    ) AS series
    """
  static let andSummary = """
    (
      SELECT
        metric, run, count, first_step, last_step, minimum, maximum, mean, last, nan, first_non_finite_step
      FROM summary
      UNION ALL SELECT
        metric, run, 1, step, step, value, value, value, value, 0, CASE WHEN abs(value) = 9e999 THEN step END
      FROM single
    ) AS summary
    """
}
