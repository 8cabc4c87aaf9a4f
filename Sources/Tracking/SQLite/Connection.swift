internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// Opens connections to a store's file. Each is checked before anything is written to the file.
enum Connection {
  static func writing(_ path: String, settings: StoreSettings) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration(settings))
    try queue.writeWithoutTransaction { database in
      try StoreIdentity(of: database).check(path: path, writing: true)
      // SQLite opens a file that it may not write for reading, without a word.
      guard sqlite3_db_readonly(database.sqliteConnection, "main") == 0 else {
        throw StoreError.readOnly(path: path)
      }
      try useWriteAheadLog(database)
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      // Some builds overwrite what is deleted with zeros by default: needless here, and slow.
      try database.execute(sql: "PRAGMA secure_delete = OFF")
      if let pages = settings.maximumPages {
        try database.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
      try SchemaMigration.migrate(database)
    }
    return queue
  }

  static func reading(_ path: String, settings: StoreSettings) throws -> DatabaseQueue {
    var configuration = configuration(settings)
    configuration.readonly = true
    do {
      return try checked(path, at: path, configuration)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CANTOPEN {
      // A reader of a write-ahead log has to create files beside it. Where the folder allows none, and there is
      // no log, nobody can be writing: the file may then be read as one that does not change.
      guard !FileManager.default.fileExists(atPath: path + "-wal") else { throw error }
      return try checked(path, at: URL(fileURLWithPath: path).absoluteString + "?immutable=1", configuration)
    }
  }

  private static func checked(
    _ path: String, at location: String, _ configuration: Configuration
  ) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: location, configuration: configuration)
    try queue.read { try StoreIdentity(of: $0).check(path: path, writing: false) }
    return queue
  }

  private static func configuration(_ settings: StoreSettings) -> Configuration {
    var configuration = Configuration()
    configuration.label = "wb.store"
    configuration.busyMode = .timeout(settings.busySeconds)
    return configuration
  }

  /// Processes that create a store at the same time can meet here, where SQLite does not wait by itself.
  private static func useWriteAheadLog(_ database: Database) throws {
    let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
    guard mode == "wal" else {
      throw DatabaseError(message: "no write-ahead log: the journal mode is \(mode ?? "unknown")")
    }
  }
}
