internal import GRDB

extension StoreError {
  /// What an error of GRDB or of our own means for the store at `path`.
  init(_ error: any Error, path: String, busySeconds: Double) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError: self.init(error, path: path, busySeconds: busySeconds)
    default: self = .sqlite(path: path, code: -1, message: "\(error)", sql: nil)
    }
  }

  private init(_ error: DatabaseError, path: String, busySeconds: Double) {
    let message = error.message ?? "no message"
    self =
      switch error.resultCode {
      case .SQLITE_NOTADB: .notADatabase(path: path)
      case .SQLITE_READONLY, .SQLITE_PERM: .readOnly(path: path)
      case .SQLITE_CANTOPEN: .cannotOpen(path: path, message: message)
      case .SQLITE_FULL: .diskFull(path: path)
      // SQLite knows a full disk alone by its name.
      case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE:
        .cannotWrite(path: path, message: message)
      case .SQLITE_CORRUPT: .corrupt(path: path, message: message)
      case .SQLITE_BUSY, .SQLITE_LOCKED: .busy(path: path, seconds: busySeconds)
      case .SQLITE_CONSTRAINT: .refused(path: path, message: message, sql: error.sql)
      default:
        .sqlite(
          path: path, code: Int(error.extendedResultCode.rawValue), message: message, sql: error.sql)
      }
  }
}
