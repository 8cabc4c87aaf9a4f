internal import GRDB

/// What is recorded of one run, read a piece at a time: memory does not grow with the run.
struct RunContent {
  let run: Int64
  let database: Database

  /// The first block of steps that begins after `step`; nil after the last one.
  func batch(after step: Int) throws -> StepBatch? {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT first_step, stride, count, \(BlockTable.columns) FROM block
        WHERE run = ? AND first_step > ? ORDER BY first_step LIMIT 1
        """)
    try statement.bind(run, at: 1)
    try statement.bind(Int64(step), at: 2)
    var batch: StepBatch?
    try statement.forEachRow { row in
      let count = try BlockTable.validCount(row)
      batch = StepBatch(
        firstStep: Int(row.integer(0)), stride: Int(row.integer(1)), count: count,
        columns: try StepColumn.allCases.indices.map {
          try BlockTable.column(row, at: Int32($0) + 3, count: count)
        })
    }
    return batch
  }

  /// The metrics that are no column of `steps`, in the order of their names.
  func metrics() throws -> [String] {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT name FROM metric
        WHERE EXISTS (SELECT 1 FROM series WHERE series.run = ?1 AND series.metric = metric.metric)
          OR EXISTS (SELECT 1 FROM single WHERE single.run = ?1 AND single.metric = metric.metric)
        ORDER BY name
        """)
    try statement.bind(run, at: 1)
    var names: [String] = []
    try statement.forEachRow { names.append(try $0.soundText(0)) }
    return names
  }

  /// The last step at which anything is recorded; -1 where nothing is.
  func lastStep() throws -> Int {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT max(last_step) FROM series WHERE run = ?1
        UNION ALL SELECT max(step) FROM single WHERE run = ?1
        """)
    try statement.bind(run, at: 1)
    var last = try BlockTable.lastStep(of: run, database) ?? -1
    try statement.forEachRow { last = max(last, $0.isNull(0) ? -1 : Int($0.integer(0))) }
    return last
  }

  /// Some points of a metric after `step`, the next ones; none after the last one.
  func points(of metric: String, after step: Int) throws -> [PointRecord] {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT \(SeriesTable.columns) FROM \(SingleTable.andSeries)
        WHERE run = ?1 AND metric = (SELECT metric FROM metric WHERE name = ?2) AND last_step > ?3
        ORDER BY first_step LIMIT 1
        """)
    try statement.bind(run, at: 1)
    try statement.bind(metric, at: 2)
    try statement.bind(Int64(step), at: 3)
    var points: [PointRecord] = []
    try statement.forEachRow { try SeriesTable.append($0, to: &points) }
    return points.filter { $0.step > step }
  }

  /// Calls `body` with every piece of the points of a metric.
  func forEachPiece(of metric: String, _ body: ([PointRecord]) throws -> Void) throws {
    var last = -1
    while true {
      let points = try points(of: metric, after: last)
      guard let end = points.last else { return }
      guard end.step > last else { throw BlockTable.damage("the points of \(metric) are out of order") }
      try body(points)
      last = end.step
    }
  }

  /// Calls `body` with every block of steps.
  func forEachBatch(_ body: (StepBatch) throws -> Void) throws {
    var last = -1
    while let batch = try batch(after: last) {
      guard batch.firstStep > last else { throw BlockTable.damage("blocks of steps are out of order") }
      try body(batch)
      last = batch.firstStep
    }
  }
}

extension RawStatement {
  /// A text without the character NUL, at which C libraries and many programs end a text.
  func soundText(_ column: Int32) throws -> String {
    let text = text(column)
    guard !text.utf8.contains(0) else { throw BlockTable.damage("a text holds the character NUL") }
    return text
  }

  /// nil for NULL.
  func optionalSoundText(_ column: Int32) throws -> String? { isNull(column) ? nil : try soundText(column) }
}
