extension StoreError: CustomStringConvertible {
  private static let elsewhere = "with --store or WB_STORE"

  public var description: String {
    switch self {
    case .missing(let path):
      "there is no store at \(path); name another \(Self.elsewhere), or make one with 'wb run'"
    case .empty(let path):
      "\(path) is an empty file, not yet a store; name another \(Self.elsewhere), or fill it with 'wb run'"
    case .missingFolder(let path, let folder):
      "the folder \(folder) of the store \(path) does not exist; make it, or name another place "
        + Self.elsewhere
    case .isFolder(let path):
      "\(path) is a folder; name a file in it \(Self.elsewhere), such as \(path)/wb.sqlite"
    case .notADatabase(let path):
      "\(path) is not an SQLite database; name another file \(Self.elsewhere)"
    case .otherApplication(let path, let applicationID, let tables):
      "\(path) is a database of another application (application_id \(applicationID), "
        + "\(Self.listed(tables))); name another file \(Self.elsewhere)"
    case .newerSchema(let path, let found, let supported):
      "\(path) has schema version \(found) and this wb knows versions up to \(supported); "
        + "use a newer wb, or name another store \(Self.elsewhere)"
    case .olderSchema(let path, let found, let needed):
      "\(path) has schema version \(found) and this wb needs \(needed); "
        + "'wb run' with it, or with a copy of it where it cannot be written, brings it up to date"
    case .readOnly(let path):
      "\(path) cannot be written: it or its folder is read-only; change that, or name another place "
        + Self.elsewhere
    case .cannotOpen(let path, let message):
      "\(path) cannot be opened (\(message)); see that it and its folder can be read and written, "
        + "or name another place \(Self.elsewhere)"
    case .diskFull(let path):
      "the disk that holds \(path) is full; what was stored before is safe: free some space, "
        + "then 'wb run' resumes"
    case .corrupt(let path, let message):
      "\(path) is damaged (\(message)); take a copy from a backup, or save what can be read with "
        + "'sqlite3 \(path) .recover'"
    case .cannotWrite(let path, let message):
      "\(path) cannot grow (\(message)): a quota, a limit (see ulimit -f) or a failing disk; what was stored before is safe: "
        + "lift that, then 'wb run' resumes"
    case .networkFileSystem(let path, let kind):
      "\(path) is on a network file system (\(kind)), where a log and locks cannot be relied on; copy it to a local disk with "
        + "'wb backup', or name a place there \(Self.elsewhere)"
    case .backupExists(let path):
      "\(path) is there already; name another file, or replace it with --force"
    case .backupOntoItself(let path):
      "\(path) cannot be its own backup; name another file"
    case .foreignSchema(let path, let what):
      "\(path) is not taken as a store of somebody else's: \(what); look at it with 'wb doctor', and drop what you did not make"
    case .mergeIntoItself(let path):
      "\(path) cannot be merged into itself; name another store, or another target \(Self.elsewhere)"
    case .busy(let path, let seconds):
      "\(path) is in use by another process, and was so for \(seconds) s; try again when that has ended"
    case .refused(let path, let message, let sql):
      "\(path) refuses a row (\(message))" + Self.statement(sql)
    case .sqlite(let path, let code, let message, let sql):
      "\(path): SQLite error \(code): \(message)" + Self.statement(sql)
    case .unknownRun(let path, let id):
      "\(path) has no run '\(id)'; 'wb ls' lists its runs"
    case .removedRun(let path, let id):
      "run \(id) was removed from \(path); 'wb restore \(id)' brings it back"
    case .ambiguousRun(let prefix, let candidates, let count):
      "\(count) runs have an id that begins with '\(prefix)': \(candidates.joined(separator: ", "))"
        + (count > candidates.count ? ", …" : "") + "; give more of it"
    case .unknownSweep(let path, let name, let known):
      "\(path) has no sweep '\(name)'; "
        + (known.isEmpty ? "it has none" : "it has " + known.joined(separator: ", "))
    case .notRunning(let runID, let status):
      "run \(runID) cannot record: " + (status.map { "it is \($0.rawValue)" } ?? "it was never started")
        + "; start it first"
    case .runInUse(let runID, let processID, let host):
      "run \(runID) is being executed by process \(processID) on \(host); wait for it, or end it"
    case .writingQuery(let sql):
      "'\(sql)' is refused: the store is only read here; "
        + "use SELECT, WITH, VALUES, EXPLAIN or PRAGMA table_info"
    case .severalStatements(let sql):
      "'\(sql)' is several statements; give one"
    case .invalidQuery(let sql, let message):
      "'\(sql)': \(message)"
    case .slowQuery(let sql, let seconds):
      "'\(sql)' took longer than \(Self.number(seconds)) s and was stopped; give it more with --timeout, or less to do, as "
        + "with run_id = '...' or LIMIT"
    }
  }

  /// Without the fraction that a whole number has not.
  private static func number(_ value: Double) -> String { Int(exactly: value).map { "\($0)" } ?? "\(value)" }

  private static func listed(_ tables: [String]) -> String {
    let shown = tables.prefix(3).joined(separator: ", ")
    return tables.isEmpty ? "no tables" : "tables \(shown)" + (tables.count > 3 ? ", …" : "")
  }

  private static func statement(_ sql: String?) -> String {
    sql.map { " in '\($0)'" } ?? ""
  }
}
