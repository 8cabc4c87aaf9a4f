internal import GRDB

extension RunStatus {
  /// The status that a column holds; the schema admits no other text, unless the file was tampered with.
  init(stored: String) throws {
    guard let status = RunStatus(rawValue: stored) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "a run has the status '\(stored)'")
    }
    self = status
  }
}
