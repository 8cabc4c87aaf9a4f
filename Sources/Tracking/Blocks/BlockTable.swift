internal import GRDB

/// The table `block`: recorded steps of a run, thousands in a row, without overlap.
enum BlockTable {
  /// The steps of a block at most.
  static let capacity = 4096

  static let columns = StepColumn.allCases.map(\.name).joined(separator: ", ")

  private static let insertion =
    "INSERT INTO block (run, first_step, stride, count, sealed, present, header, \(columns)) VALUES (?, ?, ?, ?, ?, ?, ?"
    + StepColumn.allCases.map { _ in ", ?" }.joined() + ")"

  /// Writes one block.
  ///
  /// - Precondition: `batch` has at most ``capacity`` steps.
  static func insert(_ batch: StepBatch, run: Int64, isSealed: Bool, _ database: Database) throws {
    let row = try RawStatement(database, sql: insertion)
    try row.bind(run, at: 1)
    try row.bind(Int64(batch.firstStep), at: 2)
    try row.bind(Int64(batch.stride), at: 3)
    try row.bind(Int64(batch.count), at: 4)
    try row.bind(Int64(isSealed ? 1 : 0), at: 5)
    let encoded = EncodedBatch(batch)
    try row.bind(encoded.present, at: 6)
    try encoded.words.withUnsafeBytes { bytes in
      try row.bind(unowned: UnsafeRawBufferPointer(rebasing: bytes[encoded.header]), at: 7)
      for (index, cell) in encoded.cells.enumerated() {
        switch cell {
        case .null: try row.bindNull(at: Int32(index) + 8)
        case .number(let value): try row.bind(value, at: Int32(index) + 8)
        case .bytes(let range):
          try row.bind(unowned: UnsafeRawBufferPointer(rebasing: bytes[range]), at: Int32(index) + 8)
        }
      }
      try row.run()
    }
  }

  /// The last step that a run has recorded; nil where there is none.
  static func lastStep(of run: Int64, _ database: Database) throws -> Int? {
    let statement = try RawStatement(
      database,
      sql:
        "SELECT first_step + stride * (count - 1) FROM block WHERE run = ? ORDER BY first_step DESC LIMIT 1")
    try statement.bind(run, at: 1)
    var last: Int?
    try statement.forEachRow { last = Int($0.integer(0)) }
    return last
  }
}

/// A batch as the bytes of a block's row.
private struct EncodedBatch {
  enum Cell {
    case null
    case number(Double)
    /// A range of the bytes of ``words``.
    case bytes(Range<Int>)
  }

  /// The header, then the values of the columns that vary, the highest byte first.
  private(set) var words: [UInt64] = []
  private(set) var header = 0..<0
  private(set) var cells: [Cell] = []
  private(set) var present: Int64 = 0

  init(_ batch: StepBatch) {
    words.reserveCapacity(batch.columns.count * (batch.count + BlockHeader.size / 8))
    for (index, column) in batch.columns.enumerated() where column != .absent {
      present |= 1 << Int64(index)
      BlockHeader(of: column, in: batch).write(to: &words)
    }
    header = 0..<8 * words.count
    for column in batch.columns {
      switch column {
      case .absent: cells.append(.null)
      case .constant(let value): cells.append(value.isNaN ? append([value]) : .number(value))
      case .values(let values): cells.append(append(values))
      }
    }
  }

  private mutating func append(_ values: [Double]) -> Cell {
    let start = words.count
    words.append(contentsOf: repeatElement(0, count: values.count))
    words.withUnsafeMutableBufferPointer { words in
      values.withUnsafeBufferPointer { values in
        for index in values.indices { words[start + index] = values[index].bitPattern.bigEndian }
      }
    }
    return .bytes(8 * start..<8 * words.count)
  }
}
