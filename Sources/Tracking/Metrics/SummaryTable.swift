internal import GRDB

/// The table `summary`: a row per metric of each run that has ended.
enum SummaryTable {
  /// What ``summary(_:at:)`` reads, in order.
  static let columns =
    "summary.count, first_step, last_step, minimum, maximum, mean, last, nan, first_non_finite_step"

  private static let insertion = RowInsertion(
    into: "summary",
    [
      "metric", "run", "count", "first_step", "last_step", "minimum", "maximum", "mean", "last", "nan",
      "first_non_finite_step",
    ])

  /// Writes what runs recorded of each metric, where nothing was said before.
  static func write(runs: [Int64], _ database: Database) throws {
    var rows: [(metric: Int64, run: Int64, summary: MetricSummary)] = []
    for run in runs {
      for (metric, summary) in try summaries(of: run, database) { rows.append((metric, run, summary)) }
    }
    // In the order of the table each row is beside the one before.
    rows.sort { ($0.metric, $0.run) < ($1.metric, $1.run) }
    try insertion.insert(rows, database) { row, statement, first in
      let summary = row.summary
      var nan = NaNMask()
      try statement.bind(row.metric, at: first)
      try statement.bind(row.run, at: first + 1)
      try statement.bind(Int64(summary.count), at: first + 2)
      try statement.bind(Int64(summary.firstStep), at: first + 3)
      try statement.bind(Int64(summary.lastStep), at: first + 4)
      for (bit, value) in [summary.minimum, summary.maximum, summary.mean, summary.last].enumerated() {
        nan.note(value, bit: bit)
        try statement.bind(value, at: first + 5 + Int32(bit))
      }
      try statement.bind(nan.bits, at: first + 9)
      if let step = summary.firstNonFiniteStep { try statement.bind(Int64(step), at: first + 10) }
    }
  }

  static func delete(run: Int64, _ database: Database) throws {
    // The table is in the order of its metrics.
    try database.cachedStatement(
      sql: "DELETE FROM summary WHERE run = ? AND metric IN (SELECT metric FROM metric)"
    ).execute(arguments: [run])
  }

  /// A summary from the columns of ``columns``, from `first` on.
  static func summary(_ row: RawStatement, at first: Int32) -> MetricSummary {
    let nan = NaNMask(bits: row.integer(first + 7))
    func value(_ bit: Int) -> Double { nan.restored(row.double(first + 3 + Int32(bit)), bit: bit) ?? .nan }
    return MetricSummary(
      count: Int(row.integer(first)), firstStep: Int(row.integer(first + 1)),
      lastStep: Int(row.integer(first + 2)), minimum: value(0), maximum: value(1), mean: value(2),
      last: value(3), firstNonFiniteStep: row.isNull(first + 8) ? nil : Int(row.integer(first + 8)))
  }

  /// What the values of a run say of each metric, in the order of their keys; the values themselves are not read.
  static func summaries(of run: Int64, _ database: Database) throws -> [(
    metric: Int64, summary: MetricSummary
  )] {
    var columns = StepColumn.allCases.map { _ in SummaryBuilder() }
    let blocks = try RawStatement(
      database,
      sql: "SELECT first_step, stride, count, present, header FROM block WHERE run = ? ORDER BY first_step")
    try blocks.bind(run, at: 1)
    try blocks.forEachRow { row in
      let count = try BlockTable.validCount(row)
      let (first, stride, present) = (Int(row.integer(0)), Int(row.integer(1)), row.integer(3))
      for column in StepColumn.allCases where present >> Int64(column.rawValue) & 1 != 0 {
        guard let header = BlockHeader(of: column, present: present, header: row.blob(4)) else {
          throw BlockTable.damage("a block without its header")
        }
        columns[column.rawValue].add(
          header, firstStep: first, lastStep: first + stride * (count - 1), count: count)
      }
    }
    var summaries = StepColumn.allCases.compactMap { column in
      columns[column.rawValue].summary.map { (MetricTable.key(column), $0) }
    }
    var (metric, builder) = (Int64(0), SummaryBuilder())
    func end() {
      if let summary = builder.summary { summaries.append((metric, summary)) }
    }
    let series = try RawStatement(
      database,
      sql: """
        SELECT first_step, last_step, count, header, CASE WHEN header IS NULL THEN value END, metric FROM series
        WHERE run = ? ORDER BY metric, first_step
        """)
    try series.bind(run, at: 1)
    try series.forEachRow { row in
      if row.integer(5) != metric {
        end()
        (metric, builder) = (row.integer(5), SummaryBuilder())
      }
      builder.add(
        try SeriesTable.header(row), firstStep: Int(row.integer(0)), lastStep: Int(row.integer(1)),
        count: Int(row.integer(2)))
    }
    end()
    return summaries
  }
}

extension SeriesTable {
  /// What a row says of its values: first step, last step, count, header, and the value where there is one alone.
  static func header(_ row: RawStatement) throws -> BlockHeader {
    if !row.isNull(3) {
      guard let header = BlockHeader(at: 0, of: row.blob(3)) else {
        throw BlockTable.damage("a series without its header")
      }
      return header
    }
    let step = Int(row.integer(0))
    var envelope: [UInt64] = []
    return BlockHeader(
      of: try BlockTable.column(row, at: 4, count: 1), count: 1, envelope: &envelope, step: { _ in step })
  }
}
