internal import GRDB

/// Short rows are joined with their neighbours, as short blocks are.
extension SeriesTable {
  /// The rows at the end of a series that are still to be joined, at most.
  private static let mostOpen = 32

  /// Adds points to a series, after those that it has.
  ///
  /// - Parameters:
  ///   - isFirst: whether it is known to have none.
  ///   - isLast: whether the run is known to end before it has more.
  /// - Throws: `SQLITE_CONSTRAINT` for a step that does not come after the one before.
  static func append(
    _ points: [PointRecord], metric: Int64, run: Int64, isFirst: Bool = false, isLast: Bool = false,
    _ database: Database
  ) throws {
    var (last, open) = isFirst ? (-1, []) : try ending(of: metric, run: run, database)
    for point in points {
      guard point.step > last else {
        throw DatabaseError(
          resultCode: .SQLITE_CONSTRAINT,
          message: "step \(point.step) does not come after step \(last), which is recorded already")
      }
      last = point.step
    }
    let waiting = open.reduce(0) { $0 + $1.count }
    if waiting > 0, waiting + points.count >= capacity || open.count >= mostOpen {
      return try join(open, with: points, metric: metric, run: run, staysOpen: true, database)
    }
    let pieces = pieces(of: points)
    // The only row of a series is written once.
    let isWhole = isFirst && isLast && pieces.count == 1
    for piece in pieces {
      let isFull = isWhole || piece.count == capacity && open.isEmpty
      try insert(piece, metric: metric, run: run, isSealed: isFull, database)
      if !isFull { open.append(OpenRow(firstStep: piece[piece.startIndex].step, count: piece.count)) }
    }
  }

  /// Adds a point at any step that the series does not have; where that is not its last one the series is written anew.
  static func add(_ point: PointRecord, metric: Int64, run: Int64, _ database: Database) throws {
    try SingleTable.becomeSeries(run: run, metric: metric, database)
    let last = try ending(of: metric, run: run, database).lastStep
    if point.step > last { return try append([point], metric: metric, run: run, database) }
    var points = try points(of: metric, run: run, in: 0..<Int.max, database)
    points.insert(point, at: points.firstIndex { $0.step >= point.step } ?? points.count)
    try database.cachedStatement(sql: "DELETE FROM series WHERE run = ? AND metric = ?")
      .execute(arguments: [run, metric])
    try append(points, metric: metric, run: run, database)
  }

  /// Deletes the values of a run at `step` and later; a row that holds earlier ones too keeps those. What is short at the end of
  /// a series is open again, as with blocks.
  static func truncate(run: Int64, from step: Int, _ database: Database) throws {
    try SingleTable.delete(run: run, from: step, database)
    try SingleTable.becomeSeries(run: run, database)
    var kept: [(metric: Int64, points: [PointRecord])] = []
    let statement = try RawStatement(
      database,
      sql: """
        SELECT \(columns), metric FROM series
        WHERE run = ?1 AND last_step >= ?2 AND first_step < ?2 ORDER BY metric, first_step
        """)
    try statement.bind(run, at: 1)
    try statement.bind(Int64(step), at: 2)
    try statement.forEachRow { row in
      var points: [PointRecord] = []
      try append(row, to: &points)
      kept.append((row.integer(5), points.filter { $0.step < step }))
    }
    try database.cachedStatement(sql: "DELETE FROM series WHERE run = ? AND last_step >= ?")
      .execute(arguments: [run, step])
    for (metric, points) in kept where !points.isEmpty {
      try insert(points[...], metric: metric, run: run, isSealed: false, database)
    }
    try database.cachedStatement(
      sql: """
        UPDATE series SET sealed = 0
        WHERE run = ?1 AND count < \(capacity) AND (metric, first_step) IN (
          SELECT metric, max(first_step) FROM series WHERE run = ?1 GROUP BY metric)
        """
    ).execute(arguments: [run])
  }

  /// Joins what is left at the end of each series of a run, which has ended.
  static func seal(run: Int64, _ database: Database) throws {
    let broken = try RawStatement(
      database,
      sql: "SELECT metric FROM series WHERE run = ? AND NOT sealed GROUP BY metric HAVING count(*) > 1")
    try broken.bind(run, at: 1)
    var metrics: [Int64] = []
    try broken.forEachRow { metrics.append($0.integer(0)) }
    for metric in metrics {
      let open = try ending(of: metric, run: run, database).open
      try join(open, with: [], metric: metric, run: run, staysOpen: false, database)
    }
    let whole = try RawStatement(database, sql: "UPDATE series SET sealed = 1 WHERE run = ? AND NOT sealed")
    try whole.bind(run, at: 1)
    try whole.run()
    try SingleTable.take(run: run, database)
  }

  /// The metrics that a run has values of.
  static func metrics(of run: Int64, _ database: Database) throws -> Set<Int64> {
    let statement = try RawStatement(database, sql: "SELECT DISTINCT metric FROM series WHERE run = ?")
    try statement.bind(run, at: 1)
    var metrics: Set<Int64> = []
    try statement.forEachRow { metrics.insert($0.integer(0)) }
    return metrics
  }

  private struct OpenRow {
    var firstStep: Int
    var count: Int
  }

  /// Replaces open rows by as few as can be; only the last of them stays open, unless it is full or none is to.
  private static func join(
    _ open: [OpenRow], with added: [PointRecord], metric: Int64, run: Int64, staysOpen: Bool,
    _ database: Database
  ) throws {
    let first = open.map(\.firstStep).min() ?? 0
    var points = try points(of: metric, run: run, in: first..<Int.max, database)
    points += added
    try database.cachedStatement(sql: "DELETE FROM series WHERE run = ? AND metric = ? AND first_step >= ?")
      .execute(arguments: [run, metric, first])
    let pieces = pieces(of: points)
    for (index, piece) in pieces.enumerated() {
      let isOpen = staysOpen && index == pieces.count - 1 && piece.count < capacity
      try insert(piece, metric: metric, run: run, isSealed: !isOpen, database)
    }
  }

  /// The last step of a series; nil where it has none.
  static func lastStep(of metric: Int64, run: Int64, _ database: Database) throws -> Int? {
    let statement = try RawStatement(
      database,
      sql: "SELECT last_step FROM series WHERE run = ? AND metric = ? ORDER BY first_step DESC LIMIT 1")
    try statement.bind(run, at: 1)
    try statement.bind(metric, at: 2)
    var last: Int?
    try statement.forEachRow { last = Int($0.integer(0)) }
    return last
  }

  /// The last step of a series, -1 where it has none, and its open rows, which are the last ones; the last one first.
  private static func ending(
    of metric: Int64, run: Int64, _ database: Database
  ) throws -> (lastStep: Int, open: [OpenRow]) {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT first_step, count, sealed, last_step FROM series WHERE run = ? AND metric = ?
        ORDER BY first_step DESC
        """)
    try statement.bind(run, at: 1)
    try statement.bind(metric, at: 2)
    var lastStep = -1
    var open: [OpenRow] = []
    try statement.readRows(while: { row in
      lastStep = max(lastStep, Int(row.integer(3)))
      guard row.integer(2) == 0 else { return false }
      open.append(OpenRow(firstStep: Int(row.integer(0)), count: Int(row.integer(1))))
      return true
    })
    return (lastStep, open)
  }
}
