internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// An SQLite file of another tool, for what exchanges runs with it. Errors are `StoreError` with the file's path.
package final class PlainDatabase {
  package let path: String
  private let queue: DatabaseQueue

  /// Opens a file to read it. Whatever does more than read is refused, whoever made the schema.
  package init(reading path: String) throws(StoreError) {
    self.path = path
    try Store.checkPlace(path, mode: .reading)
    do {
      queue = try Connection.foreign(path, settings: StoreSettings())
    } catch {
      throw StoreError(error, path: path, busySeconds: 10)
    }
  }

  /// Creates a file, where there is none.
  package init(creating path: String) throws(StoreError) {
    self.path = path
    guard !FileManager.default.fileExists(atPath: path) else { throw .backupExists(path: path) }
    try Store.checkPlace(path, mode: .writing)
    do {
      queue = try DatabaseQueue(path: path)
    } catch {
      throw StoreError(error, path: path, busySeconds: 10)
    }
  }

  /// Calls `row` with each row that a statement gives. Columns of text and blob come as they are, of whatever type.
  package func forEachRow(_ sql: String, _ row: ([SQLValue]) throws -> Void) throws {
    do {
      try queue.unsafeRead { database in
        ReadOnlyGuard.install(on: database)
        let statement = try RawStatement(database, database.makeStatement(sql: sql))
        try statement.forEachRow { try row($0.values) }
      }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path, busySeconds: 10)
    }
  }

  /// Writes in one transaction.
  package func write(_ body: (Writer) throws -> Void) throws {
    do {
      try queue.write { try body(Writer(database: $0)) }
    } catch let error as DatabaseError {
      throw StoreError(error, path: path, busySeconds: 10)
    }
  }

  package func close() throws(StoreError) {
    do { try queue.close() } catch { throw StoreError(error, path: path, busySeconds: 10) }
  }

  package struct Writer {
    fileprivate let database: Database

    /// Runs statements without arguments.
    package func execute(_ sql: String) throws { try database.execute(sql: sql) }

    /// Runs one statement with its arguments; a NaN would become NULL.
    package func execute(_ sql: String, _ values: [SQLValue]) throws {
      let statement = try RawStatement(database, sql: sql)
      for (index, value) in values.enumerated() {
        let place = Int32(index) + 1
        switch value {
        case .null: try statement.bindNull(at: place)
        case .integer(let value): try statement.bind(Int64(value), at: place)
        case .number(let value): try statement.bind(value, at: place)
        case .text(let value): try statement.bind(value, at: place)
        case .blob: preconditionFailure("no tool that runs are exchanged with keeps a blob")
        }
      }
      try statement.run()
    }
  }
}

extension RawStatement {
  fileprivate var values: [SQLValue] {
    (0..<columnCount).map { column in
      if isBlob(column) { return .blob(Array(blob(column))) }
      return switch parameter(column) {
      case .null: .null
      case .integer(let value): .integer(value)
      case .number(let value): .number(value)
      case .text(let value): .text(value)
      }
    }
  }
}
