internal import GRDB
internal import GRDBSQLite

/// Ends a statement that takes too long: SQLite asks after every few thousand instructions of its machine, between the
/// rows of a result too.
final class QueryDeadline {
  private let end: ContinuousClock.Instant

  init(seconds: Double) {
    // A clock counts in 64 bits: thirty years are as good as for ever.
    end = ContinuousClock.now + .seconds(min(seconds, 1e9))
  }

  /// Has the statements of a connection end with `SQLITE_INTERRUPT` when the time is over, for as long as this object
  /// lives.
  func install(on database: Database) {
    sqlite3_progress_handler(
      database.sqliteConnection, 4096,
      { context in
        guard let context else { return 0 }
        let deadline = Unmanaged<QueryDeadline>.fromOpaque(context).takeUnretainedValue()
        return ContinuousClock.now < deadline.end ? 0 : 1
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  static func uninstall(from database: Database) {
    sqlite3_progress_handler(database.sqliteConnection, 0, nil, nil)
  }
}
