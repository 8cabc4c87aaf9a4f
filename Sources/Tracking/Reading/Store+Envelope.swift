internal import GRDB

extension Store {
  /// The recorded values of a metric, 64 at a time: their minimum, maximum and mean, in order of their steps. A spike of one
  /// value shows, and of a million values kilobytes are read.
  ///
  /// - Throws: `unknownRun` where no run has exactly this id.
  public func envelope(of metric: String, runID: String) throws(StoreError) -> [EnvelopePoint] {
    try read { database in
      let run = try self.runKey(runID, database)
      if let column = StepColumn(name: metric) {
        return try BlockTable.envelope(of: column, run: run, database)
      }
      guard let key = try MetricTable.known(metric, database) else { return [] }
      return try SeriesTable.envelope(of: key, run: run, database)
    }
  }
}

extension BlockTable {
  fileprivate static func envelope(
    of column: StepColumn, run: Int64, _ database: Database
  ) throws -> [EnvelopePoint] {
    func varies(_ column: StepColumn) -> String {
      "(typeof(\(column.name)) = 'blob' AND length(\(column.name)) > 8)"
    }
    let before = StepColumn.allCases.prefix { $0 != column }.map(varies).joined(separator: " + ")
    let statement = try RawStatement(
      database,
      sql: """
        SELECT first_step, stride, count, present, header, \(varies(column)), \(before.isEmpty ? "0" : before), envelope
        FROM block WHERE run = ? AND present & \(1 << column.rawValue) ORDER BY first_step
        """)
    try statement.bind(run, at: 1)
    var points: [EnvelopePoint] = []
    try statement.forEachRow { row in
      let count = try validCount(row)
      let (first, stride) = (Int(row.integer(0)), Int(row.integer(1)))
      guard let header = BlockHeader(of: column, present: row.integer(3), header: row.blob(4)) else {
        throw damage("a block without its header")
      }
      points += try EnvelopePlaces.points(
        of: header, envelope: row.integer(5) != 0 ? row.blob(7) : nil, columnsBefore: Int(row.integer(6)),
        count: count
      ) { first + stride * $0 }
    }
    return points
  }
}

extension SeriesTable {
  fileprivate static func envelope(of metric: Int64, run: Int64, _ database: Database) throws
    -> [EnvelopePoint]
  {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT first_step, last_step, count, step, header, length(value) > 8, envelope,
          CASE WHEN header IS NULL THEN value END
        FROM \(SingleTable.andSeries) WHERE run = ? AND metric = ? ORDER BY first_step
        """)
    try statement.bind(run, at: 1)
    try statement.bind(metric, at: 2)
    var points: [EnvelopePoint] = []
    try statement.forEachRow { row in
      let steps = try steps(row)
      guard let header = BlockHeader(at: 0, of: row.blob(4)) else {
        // One value alone.
        let value = try BlockTable.column(row, at: 7, count: 1).value(at: 0) ?? .nan
        points.append(
          EnvelopePoint(
            firstStep: steps.first, lastStep: steps.first, count: 1, minimum: value, maximum: value,
            mean: value))
        return
      }
      points += try EnvelopePlaces.points(
        of: header, envelope: row.integer(5) != 0 ? row.blob(6) : nil, columnsBefore: 0, count: steps.count,
        step: steps.step)
    }
    return points
  }
}

extension EnvelopePlaces {
  /// The envelope of one column of a row; one point of all its values where there are few, or they are the same.
  ///
  /// - Parameters:
  ///   - envelope: that of the row; nil where the column does not vary.
  ///   - columnsBefore: how many columns that vary come before.
  fileprivate static func points(
    of header: BlockHeader, envelope: UnsafeRawBufferPointer?, columnsBefore: Int, count: Int,
    step: (Int) -> Int
  ) throws -> [EnvelopePoint] {
    guard let envelope, self.count(of: count) > 0 else {
      return [
        EnvelopePoint(
          firstStep: step(0), lastStep: step(count - 1), count: count, minimum: header.minimum,
          maximum: header.maximum, mean: header.sum / Double(count))
      ]
    }
    guard
      let points = points(envelope, from: columnsBefore * self.count(of: count), count: count, step: step)
    else { throw BlockTable.damage("an envelope is cut short") }
    return points
  }
}
