internal import GRDB

/// The table `series`: values of metrics that are no column of `block`, thousands in a row, at any ascending steps.
enum SeriesTable {
  /// The values of a row at most.
  static let capacity = 4096

  private static let insertion = """
    INSERT INTO series (run, metric, first_step, last_step, count, sealed, header, envelope, step, value)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """

  /// Writes one row.
  ///
  /// - Precondition: there is a point, and at most ``capacity``; their steps ascend by less than 2³² together.
  /// - Parameter canBeNarrow: whether the table admits four bytes for a value.
  static func insert(
    _ points: ArraySlice<PointRecord>, metric: Int64, run: Int64, isSealed: Bool, canBeNarrow: Bool = true,
    _ database: Database
  ) throws {
    guard let first = points.first?.step, let last = points.last?.step else { return }
    let row = try RawStatement(database, sql: insertion)
    try row.bind(run, at: 1)
    try row.bind(metric, at: 2)
    try row.bind(Int64(first), at: 3)
    try row.bind(Int64(last), at: 4)
    try row.bind(Int64(points.count), at: 5)
    try row.bind(Int64(isSealed ? 1 : 0), at: 6)
    let column = StepBatch.Column(compacting: points.map(\.value))
    let encoded = EncodedColumns([column], count: points.count, canBeNarrow: canBeNarrow) {
      points[points.startIndex + $0].step
    }
    let distances: [UInt32] =
      hasEqualDistances(points) ? [] : points.map { UInt32($0.step - first).bigEndian }
    try encoded.words.withUnsafeBytes { bytes in
      func bind(_ range: Range<Int>, at index: Int32) throws {
        try row.bind(unowned: UnsafeRawBufferPointer(rebasing: bytes[range]), at: index)
      }
      if points.count > 1 { try bind(encoded.header, at: 7) }
      if !encoded.envelope.isEmpty { try bind(encoded.envelope, at: 8) }
      switch encoded.cells[0] {
      case .null: break
      case .number(let value): try row.bind(value, at: 10)
      case .bytes(let range): try bind(range, at: 10)
      }
      try distances.withUnsafeBytes { distances in
        if !distances.isEmpty { try row.bind(unowned: distances, at: 9) }
        try row.run()
      }
    }
  }

  private static func hasEqualDistances(_ points: ArraySlice<PointRecord>) -> Bool {
    guard points.count > 2 else { return true }
    let distance = points[points.startIndex + 1].step - points[points.startIndex].step
    return zip(points, points.dropFirst()).allSatisfy { $1.step - $0.step == distance }
  }

  /// The points in as few rows as can be.
  static func pieces(of points: [PointRecord]) -> [ArraySlice<PointRecord>] {
    var pieces: [ArraySlice<PointRecord>] = []
    var start = 0
    while start < points.count {
      var end = min(start + capacity, points.count)
      if points[end - 1].step - points[start].step > Int(UInt32.max) {
        let reach = points[start].step + Int(UInt32.max)
        end = points[start..<end].firstIndex { $0.step > reach } ?? end
      }
      pieces.append(points[start..<end])
      start = end
    }
    return pieces
  }
}
