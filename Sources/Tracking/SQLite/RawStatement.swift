internal import GRDB
internal import GRDBSQLite

/// A prepared statement driven through SQLite's C interface, for the loops that move one row per step.
///
/// GRDB's own execution collects the values of a row in an array of existentials first, which costs more than
/// SQLite's insertion of the row. Use it inside GRDB's access to `database` alone. Columns and arguments count
/// from 0 and 1, as in SQLite.
struct RawStatement {
  private let database: Database
  private let statement: Statement
  private let handle: OpaquePointer

  /// Takes the statement from the connection's cache.
  init(_ database: Database, sql: String) throws {
    self.init(database, try database.cachedStatement(sql: sql))
    sqlite3_clear_bindings(handle)
  }

  /// A statement with its arguments.
  init(_ database: Database, _ statement: Statement) {
    self.database = database
    self.statement = statement
    handle = statement.sqliteStatement
    sqlite3_reset(handle)
  }

  func bind(_ value: Int64, at index: Int32) throws {
    try check(sqlite3_bind_int64(handle, index, value))
  }

  /// Binds NULL for nil. SQLite itself makes NULL of a NaN.
  func bind(_ value: Double?, at index: Int32) throws {
    if let value {
      try check(sqlite3_bind_double(handle, index, value))
    } else {
      try check(sqlite3_bind_null(handle, index))
    }
  }

  func bind(_ value: String, at index: Int32) throws {
    var value = value
    let code = value.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters in
        sqlite3_bind_text64(
          handle, index, characters.baseAddress, UInt64(characters.count), Self.copied, UInt8(SQLITE_UTF8))
      }
    }
    try check(code)
  }

  /// Binds bytes that have to stay as they are until the statement has run: SQLite does not copy them.
  func bind(unowned bytes: UnsafeRawBufferPointer, at index: Int32) throws {
    try check(sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), nil))
  }

  func bindNull(at index: Int32) throws {
    try check(sqlite3_bind_null(handle, index))
  }

  func bind(_ value: ParameterValue, at index: Int32) throws {
    switch value {
    case .null: try check(sqlite3_bind_null(handle, index))
    case .integer(let value): try bind(Int64(value), at: index)
    case .number(let value): try bind(value, at: index)
    case .text(let value): try bind(value, at: index)
    }
  }

  /// Runs a statement that gives no row, and makes it ready for the next one.
  func run() throws {
    let code = sqlite3_step(handle)
    guard code == SQLITE_DONE else { throw failure(code) }
    sqlite3_reset(handle)
  }

  /// Calls `body` at each row of the result.
  func forEachRow(_ body: (Self) throws -> Void) throws {
    try readRows(while: { row in
      try body(row)
      return true
    })
  }

  /// Calls `body` at each row of the result, until it returns false.
  func readRows(while body: (Self) throws -> Bool) throws {
    defer { sqlite3_reset(handle) }
    while true {
      switch sqlite3_step(handle) {
      case SQLITE_ROW: guard try body(self) else { return }
      case SQLITE_DONE: return
      case let code: throw failure(code)
      }
    }
  }

  var columnCount: Int32 { sqlite3_column_count(handle) }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }

  /// nil for NULL.
  func double(_ column: Int32) -> Double? {
    // Of NULL, SQLite makes 0.
    let value = sqlite3_column_double(handle, column)
    return value == 0 && isNull(column) ? nil : value
  }

  func text(_ column: Int32) -> String {
    guard let characters = sqlite3_column_text(handle, column) else { return "" }
    let count = Int(sqlite3_column_bytes(handle, column))
    return String(decoding: UnsafeBufferPointer(start: characters, count: count), as: UTF8.self)
  }

  /// nil for NULL.
  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// The bytes of a blob, good until the next row.
  func blob(_ column: Int32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: sqlite3_column_blob(handle, column), count: Int(sqlite3_column_bytes(handle, column)))
  }

  func isBlob(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_BLOB }

  /// A value without a declared type.
  func parameter(_ column: Int32) -> ParameterValue {
    switch sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: .integer(Int(integer(column)))
    case SQLITE_FLOAT: .number(sqlite3_column_double(handle, column))
    case SQLITE_TEXT: .text(text(column))
    default: .null
    }
  }

  private func check(_ code: Int32) throws {
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// The error, read before the reset that frees the statement of it.
  private func failure(_ code: Int32) -> DatabaseError {
    defer { sqlite3_reset(handle) }
    return DatabaseError(
      resultCode: ResultCode(rawValue: code), message: database.lastErrorMessage, sql: statement.sql)
  }

  /// SQLITE_TRANSIENT, a cast in C: SQLite copies the text before the call returns.
  private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
