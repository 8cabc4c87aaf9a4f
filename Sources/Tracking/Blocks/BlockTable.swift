internal import GRDB

/// The table `block`: recorded steps of a run, thousands in a row, without overlap.
enum BlockTable {
  static let capacity = StepBlock.capacity

  static let columns = StepColumn.allCases.map(\.name).joined(separator: ", ")

  /// Where blocks are written to.
  struct Layout {
    fileprivate let insertion: String
    fileprivate let hasEnvelope: Bool

    init(table: String, hasEnvelope: Bool) {
      let names = ["run", "first_step", "stride", "count", "sealed", "present", "header"]
      let all = names + StepColumn.allCases.map(\.name) + (hasEnvelope ? ["envelope"] : [])
      let places = Array(repeating: "?", count: all.count).joined(separator: ", ")
      insertion = "INSERT INTO \(table) (\(all.joined(separator: ", "))) VALUES (\(places))"
      self.hasEnvelope = hasEnvelope
    }

    static let current = Layout(table: "block", hasEnvelope: true)
  }

  /// Writes one block.
  static func insert(
    _ block: StepBlock, run: Int64, isSealed: Bool, as layout: Layout = .current, _ database: Database
  ) throws {
    let row = try RawStatement(database, sql: layout.insertion)
    try row.bind(run, at: 1)
    try row.bind(Int64(block.firstStep), at: 2)
    try row.bind(Int64(block.stride), at: 3)
    try row.bind(Int64(block.count), at: 4)
    try row.bind(Int64(isSealed ? 1 : 0), at: 5)
    let encoded = block.columns
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
      if layout.hasEnvelope, !encoded.envelope.isEmpty {
        try row.bind(
          unowned: UnsafeRawBufferPointer(rebasing: bytes[encoded.envelope]),
          at: Int32(encoded.cells.count) + 8)
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
