internal import GRDB

extension SeriesTable {
  /// What ``append(_:to:)`` reads, in order.
  static let columns = "first_step, last_step, count, step, value"

  /// The values of a metric in order of their steps, of the rows that begin at one of `steps`.
  static func points(
    of metric: Int64, run: Int64, in steps: Range<Int>, _ database: Database
  ) throws -> [PointRecord] {
    let statement = try RawStatement(
      database,
      sql: """
        SELECT \(columns) FROM \(SingleTable.andSeries)
        WHERE run = ? AND metric = ? AND first_step >= ? AND first_step < ? ORDER BY first_step
        """)
    try statement.bind(run, at: 1)
    try statement.bind(metric, at: 2)
    try statement.bind(Int64(steps.lowerBound), at: 3)
    try statement.bind(Int64(steps.upperBound), at: 4)
    var points: [PointRecord] = []
    try statement.forEachRow { try append($0, to: &points) }
    return points
  }

  /// Decodes a row that begins with ``columns``.
  ///
  /// - Throws: `SQLITE_CORRUPT` where the file was tampered with: the schema admits no such rows.
  static func append(_ row: RawStatement, to points: inout [PointRecord]) throws {
    let steps = try steps(row)
    let column = try BlockTable.column(row, at: 4, count: steps.count)
    points.reserveCapacity(points.count + steps.count)
    for index in 0..<steps.count {
      guard let value = column.value(at: index) else {
        throw BlockTable.damage("a series without its values")
      }
      points.append(PointRecord(step: steps.step(index), value: value))
    }
  }

  /// The steps of a row.
  struct Steps {
    let count: Int
    let first: Int
    /// The distance between steps where it is always the same.
    let distance: Int
    /// Else those from the first step.
    let distances: [UInt32]

    func step(_ index: Int) -> Int {
      first + (distances.isEmpty ? distance * index : Int(distances[index]))
    }
  }

  /// The steps of a row that begins with first step, last step, count and step.
  static func steps(_ row: RawStatement) throws -> Steps {
    let (first, last, count) = (row.integer(0), row.integer(1), row.integer(2))
    guard (1...Int64(capacity)).contains(count), first >= 0, last >= first + count - 1 else {
      throw BlockTable.damage("a series of \(count) values from step \(first) to step \(last)")
    }
    let bytes = row.blob(3)
    if bytes.isEmpty {
      let gaps = max(count - 1, 1)
      guard (last - first) % gaps == 0 else {
        throw BlockTable.damage("a series that ends between two steps")
      }
      return Steps(count: Int(count), first: Int(first), distance: Int((last - first) / gaps), distances: [])
    }
    guard bytes.count == 4 * Int(count) else {
      throw BlockTable.damage("a series of \(count) values with \(bytes.count) bytes of steps")
    }
    let distances = (0..<Int(count)).map {
      UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))
    }
    guard distances.first == 0, distances.last.map(Int64.init) == last - first,
      zip(distances, distances.dropFirst()).allSatisfy({ $0 < $1 })
    else { throw BlockTable.damage("a series whose steps do not ascend") }
    return Steps(count: Int(count), first: Int(first), distance: 0, distances: distances)
  }
}
