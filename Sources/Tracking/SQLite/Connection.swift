internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// Opens connections to a store's file. Each is checked before anything is written to the file.
enum Connection {
  static func writing(_ path: String, settings: StoreSettings) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path, configuration: configuration(settings))
    try queue.writeWithoutTransaction { database in
      if settings.isPrivate { try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
      // In a transaction, for another process may be creating the store between two reads.
      try database.inTransaction(.deferred) {
        try StoreIdentity(of: database).check(path: path, writing: true)
        return .commit
      }
      // SQLite opens a file that it may not write for reading, without a word.
      guard sqlite3_db_readonly(database.sqliteConnection, "main") == 0 else {
        throw StoreError.readOnly(path: path)
      }
      // Of a new file alone; the log then keeps it. Half the work of pages of 4 KiB where blocks are written.
      try database.execute(sql: "PRAGMA page_size = \(pageSize)")
      // Also of a new file: what is deleted can then be given back to the disk page by page.
      try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
      if settings.isPrivate {
        // One file, that can be moved anywhere as soon as it is closed; the journal keeps its place between transactions.
        try database.execute(sql: "PRAGMA journal_mode = TRUNCATE")
        try database.execute(sql: "PRAGMA synchronous = OFF")
      } else {
        try useWriteAheadLog(database, within: settings.busySeconds)
        try database.execute(sql: "PRAGMA synchronous = NORMAL")
      }
      // Some builds overwrite what is deleted with zeros by default: needless here, and slow.
      try database.execute(sql: "PRAGMA secure_delete = OFF")
      if let pages = settings.maximumPages {
        try database.execute(sql: "PRAGMA max_page_count = \(pages)")
      }
      try SchemaMigration.migrate(database)
      // A statement of many rows keeps the pages that it changes until it has run: in memory, not in a file for each statement.
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
    }
    return queue
  }

  /// The size of a page of a new store, in bytes.
  private static let pageSize = 8192

  static func reading(_ path: String, settings: StoreSettings) throws -> DatabaseQueue {
    var configuration = configuration(settings)
    configuration.readonly = true
    do {
      return try checked(path, at: path, configuration)
    } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
      // A reader of a write-ahead log has to create files beside it. Where the folder allows none, and there is
      // no log, nobody can be writing: the file may then be read as one that does not change.
      guard !FileManager.default.fileExists(atPath: path + "-wal") else {
        throw StoreError.cannotOpen(path: path, message: error.message ?? "no message")
      }
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

  /// Six processes that create one store together: without waiting here, one in twenty of them fails, for SQLite
  /// gives up at once where two change the journal mode.
  private static func useWriteAheadLog(_ database: Database, within seconds: Double) throws {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while true {
      do {
        let mode = try String.fetchOne(database, sql: "PRAGMA journal_mode = WAL")
        guard mode == "wal" else {
          throw DatabaseError(message: "no write-ahead log: the journal mode is \(mode ?? "unknown")")
        }
        return
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && .now < deadline {
        Thread.sleep(forTimeInterval: 0.01)
      }
    }
  }
}
