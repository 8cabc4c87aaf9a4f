internal import Dispatch
internal import GRDB
internal import GRDBSQLite
internal import Synchronization

/// Copies the write-ahead log into the file while the store goes on being written (SQLite's passive checkpoint). A commit that does
/// so itself, as by default, waits twice for the disk; here it does what is left where the log has become long, and the log then
/// begins anew.
final class LogCopier: Sendable {
  /// The pages of the log.
  private struct State {
    /// Those that were there when what is copied was last begun to be.
    var begun = 0
    var isCopying = false
    var isClosed = false
  }

  /// So many bytes of the log are copied at a time.
  private static let portion = 1 << 20
  /// At so many a commit copies what is left.
  private static let longest = 32 << 20

  private let path: String
  private let pageSize: Int
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "wb.store.log")
  /// The connection, used on the queue alone.
  nonisolated(unsafe) private var connection: OpaquePointer?

  /// Follows the commits of a store's connection, which this has to outlive.
  init(following store: DatabaseQueue) throws {
    path = store.path
    pageSize = try store.read { try Int.fetchOne($0, sql: "PRAGMA page_size") } ?? 4096
    let own = Unmanaged.passUnretained(self).toOpaque()
    store.writeWithoutTransaction { database in
      _ = sqlite3_wal_hook(
        database.sqliteConnection,
        { own, writer, _, pages in
          guard let own else { return SQLITE_OK }
          Unmanaged<LogCopier>.fromOpaque(own).takeUnretainedValue().committed(Int(pages), writer)
          return SQLITE_OK
        }, own)
    }
  }

  deinit { sqlite3_close(connection) }

  /// Closes its connection: the store's own is then the last one, which takes the log away when it is closed.
  func close() {
    state.withLock { $0.isClosed = true }
    queue.sync {
      sqlite3_close(connection)
      connection = nil
    }
  }

  /// Waits until what was begun to be copied is.
  func finish() { queue.sync {} }

  private func committed(_ pages: Int, _ writer: OpaquePointer?) {
    let isLong = pages * pageSize >= Self.longest
    let mustCopy = state.withLock { state in
      if pages < state.begun { state.begun = 0 }
      guard !state.isClosed, !state.isCopying, isLong || (pages - state.begun) * pageSize >= Self.portion
      else { return false }
      state.begun = pages
      state.isCopying = !isLong
      return true
    }
    guard mustCopy else { return }
    if isLong {
      sqlite3_wal_checkpoint_v2(writer, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
    } else {
      queue.async { self.copy() }
    }
  }

  private func copy() {
    if !state.withLock({ $0.isClosed }), isOpen() {
      // What fails here fails again, with a report, where the store is written or closed.
      sqlite3_wal_checkpoint_v2(connection, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
      // SQLite waits for the disk only where nothing is left in the log: then there is less to wait for.
      var file: UnsafeMutablePointer<sqlite3_file>?
      if sqlite3_file_control(connection, nil, SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK, let file {
        _ = file.pointee.pMethods.pointee.xSync(file, SQLITE_SYNC_NORMAL)
      }
    }
    state.withLock { $0.isCopying = false }
  }

  private func isOpen() -> Bool {
    if connection != nil { return true }
    guard sqlite3_open_v2(path, &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nil) == SQLITE_OK,
      // Before it has read the file, a connection does not know that there is a log.
      sqlite3_exec(connection, "PRAGMA schema_version", nil, nil, nil) == SQLITE_OK
    else {
      sqlite3_close(connection)
      connection = nil
      return false
    }
    return true
  }
}
