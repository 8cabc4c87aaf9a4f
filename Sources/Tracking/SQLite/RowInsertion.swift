internal import GRDB

/// The insertion of rows into a table, many by one statement: to run a statement costs as much as a small row does.
struct RowInsertion {
  private let beginning: String
  private let columns: Int

  /// The rows of a statement, the largest number first.
  private static let sizes = [16, 4, 1]

  init(into table: String, _ columns: [String]) {
    beginning = "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES "
    self.columns = columns.count
  }

  /// Inserts the rows in their order.
  ///
  /// - Parameter bind: binds the columns of a row, of which the first has the index that it is given; those that it leaves out are NULL.
  func insert<Row>(
    _ rows: [Row], _ database: Database, bind: (Row, RawStatement, _ first: Int32) throws -> Void
  ) throws {
    let places = "(\(Array(repeating: "?", count: columns).joined(separator: ", ")))"
    var rest = rows[...]
    for size in Self.sizes {
      let sql = beginning + Array(repeating: places, count: size).joined(separator: ", ")
      while rest.count >= size {
        let statement = try RawStatement(database, sql: sql)
        for (index, row) in rest.prefix(size).enumerated() {
          try bind(row, statement, Int32(1 + index * columns))
        }
        try statement.run()
        rest = rest.dropFirst(size)
      }
    }
  }
}
