internal import GRDB

extension Store {
  /// The first `limit` rows that a reading statement gives.
  ///
  /// - Throws: as ``query(_:within:columns:row:)``.
  public func query(
    _ sql: String, limit: Int = .max, within seconds: Double = .infinity
  ) throws(StoreError) -> QueryResult {
    var result = QueryResult(columns: [], rows: [], isTruncated: false)
    do {
      try query(sql, within: seconds) { columns in
        result.columns = columns
      } row: { row in
        guard result.rows.count < limit else {
          result.isTruncated = true
          return false
        }
        result.rows.append(row)
        return true
      }
    } catch {
      throw storeError(error)
    }
    return result
  }

  /// Gives the columns of a reading statement to `columns`, then row after row to `row` until that returns false.
  ///
  /// The statement runs on a connection of its own that cannot write. One row is in memory at a time.
  ///
  /// - Throws: `writingQuery` for a statement that could write or change the connection, `severalStatements`,
  ///   `invalidQuery` with SQLite's message, `slowQuery` where it takes longer than `seconds`, whatever keeps SQLite from
  ///   reading, and what the closures throw.
  public func query(
    _ sql: String, within seconds: Double = .infinity, columns: ([String]) throws -> Void,
    row: ([SQLValue]) throws -> Bool
  ) throws {
    do {
      let queue = try Connection.reading(path, settings: settings)
      let deadline = QueryDeadline(seconds: seconds)
      defer { withExtendedLifetime(deadline) {} }
      try queue.unsafeRead { database in
        ReadOnlyGuard.install(on: database)
        deadline.install(on: database)
        defer { QueryDeadline.uninstall(from: database) }
        let statement = try Self.statement(sql, database)
        try columns(statement.columnNames)
        let rows = try Row.fetchCursor(statement)
        while let next = try rows.next() {
          guard try row(next.databaseValues.map(SQLValue.init)) else { return }
        }
      }
    } catch let error as DatabaseError {
      throw queryError(error, sql: sql, seconds: seconds)
    }
  }

  private func queryError(_ error: DatabaseError, sql: String, seconds: Double) -> StoreError {
    let message = error.message ?? "no message"
    return switch error.resultCode {
    case .SQLITE_INTERRUPT: .slowQuery(sql: sql, seconds: seconds)
    case .SQLITE_AUTH: .writingQuery(sql: sql)
    // A refused function has the code of any other mistake in a statement.
    case .SQLITE_ERROR where message.hasPrefix("not authorized"): .writingQuery(sql: sql)
    case .SQLITE_ERROR, .SQLITE_MISUSE, .SQLITE_TOOBIG, .SQLITE_MISMATCH:
      .invalidQuery(sql: sql, message: message)
    default: storeError(error)
    }
  }

  private static func statement(_ sql: String, _ database: Database) throws -> Statement {
    do {
      return try database.makeStatement(sql: sql)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_MISUSE {
      throw StoreError.severalStatements(sql: sql)
    }
  }
}

extension SQLValue {
  fileprivate init(_ value: DatabaseValue) {
    self =
      switch value.storage {
      case .null: .null
      case .int64(let value): .integer(Int(value))
      case .double(let value): .number(value)
      case .string(let value): .text(value)
      case .blob(let data): .blob(Array(data))
      }
  }
}
