internal import GRDB

extension BlockTable {
  /// Every recorded step of a run, in order.
  static func batches(of run: Int64, onlyOpen: Bool = false, _ database: Database) throws -> [StepBatch] {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT first_step, stride, count, \(columns) FROM block
        WHERE run = ? \(onlyOpen ? "AND first_step >= ?" : "") ORDER BY first_step
        """)
    try statement.bind(run, at: 1)
    if onlyOpen { try statement.bind(firstOpenStep(of: run, database), at: 2) }
    return try batches(of: statement)
  }

  /// The blocks of a run that hold steps both before `step` and from it on.
  static func batches(of run: Int64, around step: Int, _ database: Database) throws -> [StepBatch] {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT first_step, stride, count, \(columns) FROM block
        WHERE run = ?1 AND first_step < ?2 AND first_step + stride * (count - 1) >= ?2
        """)
    try statement.bind(run, at: 1)
    try statement.bind(Int64(step), at: 2)
    return try batches(of: statement)
  }

  private static func batches(of statement: RawStatement) throws -> [StepBatch] {
    var batches: [StepBatch] = []
    try statement.forEachRow { row in
      let count = try validCount(row)
      batches.append(
        StepBatch(
          firstStep: Int(row.integer(0)), stride: Int(row.integer(1)), count: count,
          columns: try StepColumn.allCases.indices.map { try column(row, at: Int32($0) + 3, count: count) }))
    }
    return batches
  }

  /// The values of one column, without the steps where it is absent, of the blocks that begin before `end`.
  static func series(
    _ column: StepColumn, run: Int64, before end: Int, _ database: Database
  ) throws -> [PointRecord] {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT first_step, stride, count, \(column.name) FROM block
        WHERE run = ? AND first_step < ? AND \(column.name) IS NOT NULL ORDER BY first_step
        """)
    try statement.bind(run, at: 1)
    try statement.bind(Int64(end), at: 2)
    var points: [PointRecord] = []
    try statement.forEachRow { row in
      let count = try validCount(row)
      let values = try self.column(row, at: 3, count: count)
      let first = Int(row.integer(0))
      let stride = Int(row.integer(1))
      points.reserveCapacity(points.count + count)
      switch values {
      case .absent: break
      case .constant(let value):
        for index in 0..<count { points.append(PointRecord(step: first + stride * index, value: value)) }
      case .values(let values):
        for index in 0..<count {
          points.append(PointRecord(step: first + stride * index, value: values[index]))
        }
      }
    }
    return points
  }

  static func column(_ row: RawStatement, at index: Int32, count: Int) throws -> StepBatch.Column {
    guard row.isBlob(index) else { return row.double(index).map(StepBatch.Column.constant) ?? .absent }
    let bytes = row.blob(index)
    if bytes.count == 8, count > 1, let value = ColumnBytes.value(bytes, count: count, at: 0) {
      return .constant(value)
    }
    guard let values = ColumnBytes.values(bytes, count: count) else {
      throw damage("a block of \(count) steps has \(bytes.count) bytes")
    }
    return .values(values)
  }

  /// The count of a row that begins with first step, stride and count. The schema admits no others than these, unless the
  /// file was tampered with; that the last step is an integer is not said there.
  static func validCount(_ row: RawStatement) throws -> Int {
    let (first, stride, count) = (row.integer(0), row.integer(1), row.integer(2))
    guard (1...Int64(capacity)).contains(count) else { throw damage("a block of \(count) steps") }
    guard (0...largestStep).contains(first), (1...largestStep).contains(stride) else {
      throw damage("a block that begins at step \(first) and goes on by \(stride)")
    }
    return Int(count)
  }

  /// Every integer up to here is a binary64, and 4,096 times it is an integer of 64 bits.
  private static let largestStep: Int64 = 1 << 50

  static func damage(_ message: String) -> DatabaseError {
    DatabaseError(resultCode: .SQLITE_CORRUPT, message: message)
  }
}
