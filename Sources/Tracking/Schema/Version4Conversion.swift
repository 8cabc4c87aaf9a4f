internal import GRDB

extension SchemaMigration {
  /// Gives the blocks of version 3 their envelopes, and moves the rows of its table `point` into rows of `series`: every value
  /// with its bits.
  static func convertToVersion4(_ database: Database) throws {
    let layout = BlockTable.Layout(table: "new_block", hasEnvelope: true)
    let blocks = try RawStatement(
      database,
      sql: """
        SELECT first_step, stride, count, run, sealed, \(version2Columns.joined(separator: ", ")) FROM block
        ORDER BY run, first_step
        """)
    try blocks.forEachRow { row in
      let count = try BlockTable.validCount(row)
      let batch = StepBatch(
        firstStep: Int(row.integer(0)), stride: Int(row.integer(1)), count: count,
        columns: try version2Columns.indices.map {
          try BlockTable.column(row, at: Int32($0) + 5, count: count)
        })
      try BlockTable.insert(
        StepBlock(batch, canBeNarrow: false), run: row.integer(3), isSealed: row.integer(4) != 0, as: layout,
        database)
    }
    let series = try Row.fetchAll(
      database, sql: "SELECT DISTINCT run, metric FROM point ORDER BY run, metric")
    for key in series {
      let rows = try RawStatement(
        database, sql: "SELECT step, value FROM point WHERE run = ? AND metric = ? ORDER BY step")
      try rows.bind(key[0] as Int64, at: 1)
      try rows.bind(key[1] as Int64, at: 2)
      var points: [PointRecord] = []
      // A NULL was a NaN.
      try rows.forEachRow {
        points.append(PointRecord(step: Int($0.integer(0)), value: $0.double(1) ?? .nan))
      }
      for piece in SeriesTable.pieces(of: points) {
        try SeriesTable.insert(
          piece, metric: key[1] + Int64(version2Columns.count), run: key[0], isSealed: true,
          canBeNarrow: false,
          database)
      }
    }
  }

  /// Says of each run that has ended what it recorded.
  static func summariseRuns(_ database: Database) throws {
    let ended = try Int64.fetchAll(
      database, sql: "SELECT run FROM run WHERE status IS NOT NULL AND status <> 'running' ORDER BY run")
    for run in ended { try SummaryTable.write(runs: [run], database) }
  }
}
