internal import GRDB
internal import GRDBSQLite

/// Has SQLite refuse to compile, on one connection, whatever does more than read.
///
/// A connection opened for reading cannot write to the store, but it can still attach other files, or be changed
/// itself by a PRAGMA: https://www.sqlite.org/c3ref/set_authorizer.html. The guard takes the place of GRDB's own
/// authorizer, so the connection is good for nothing else afterwards.
///
/// What is allowed is bounded as well: a text or blob by ``longestValue``, so that one function call cannot take the
/// memory of the machine.
enum ReadOnlyGuard {
  /// In bytes; the longest value of a store is the text of a sweep file, at most 10 MB.
  static let longestValue = 64 << 20

  static func install(on database: Database) {
    sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_LENGTH, Int32(longestValue))
    sqlite3_limit(database.sqliteConnection, SQLITE_LIMIT_ATTACHED, 0)
    sqlite3_set_authorizer(
      database.sqliteConnection,
      { _, action, first, second, _, _ in
        let allowed =
          switch action {
          case SQLITE_SELECT, SQLITE_READ, SQLITE_RECURSIVE: true
          case SQLITE_FUNCTION: second.map { String(cString: $0) } != "load_extension"
          // Table-valued functions, such as json_each, declare themselves so; SQLite lets no statement do it.
          case SQLITE_UPDATE: first.map { String(cString: $0) } == "sqlite_master"
          case SQLITE_PRAGMA: ReadOnlyGuard.allows(pragma: first, hasArgument: second != nil)
          default: false
          }
        return allowed ? SQLITE_OK : SQLITE_DENY
      }, nil)
  }

  private static func allows(pragma: UnsafePointer<CChar>?, hasArgument: Bool) -> Bool {
    guard let name = pragma.map({ String(cString: $0).lowercased() }) else { return false }
    return describing.contains(name) || (!hasArgument && telling.contains(name))
  }

  /// These describe their argument.
  private static let describing: Set = [
    "foreign_key_check", "foreign_key_list", "index_info", "index_list", "index_xinfo", "integrity_check",
    "quick_check", "table_info", "table_list", "table_xinfo",
  ]

  /// These tell a value, and would set it if given an argument.
  private static let telling: Set = [
    "application_id", "collation_list", "compile_options", "database_list", "encoding", "freelist_count",
    "function_list", "journal_mode", "module_list", "page_count", "page_size", "pragma_list",
    "schema_version", "user_version",
  ]
}
