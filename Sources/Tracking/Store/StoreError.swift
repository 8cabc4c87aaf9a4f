/// Why the store could not do what it was asked to; `description` is the sentence for the user.
public enum StoreError: Error, Sendable, Hashable {
  // What stands at the path is no store that can be used.

  /// There is no file to read.
  case missing(path: String)
  /// The file has no schema yet, and was opened to read.
  case empty(path: String)
  case missingFolder(path: String, folder: String)
  case isFolder(path: String)
  case notADatabase(path: String)
  case otherApplication(path: String, applicationID: Int, tables: [String])
  case newerSchema(path: String, found: Int, supported: Int)
  /// The store wants a migration, and was opened to read.
  case olderSchema(path: String, found: Int, needed: Int)

  // SQLite could not read or write; `message` is its own.

  case readOnly(path: String)
  case cannotOpen(path: String, message: String)
  case diskFull(path: String)
  case corrupt(path: String, message: String)
  case busy(path: String, seconds: Double)
  /// The file system took no more, though the disk is not full.
  case cannotWrite(path: String, message: String)
  /// The file lies on another machine's disk.
  case networkFileSystem(path: String, kind: String)
  /// A constraint of the schema refused a row, as when a step is recorded twice.
  case refused(path: String, message: String, sql: String?)
  case sqlite(path: String, code: Int, message: String, sql: String?)

  // The store has no such thing.

  case unknownRun(path: String, id: String)
  /// The run was removed, and can be restored.
  case removedRun(path: String, id: String)
  /// Several runs have ids that begin so; `candidates` lists the first ten.
  case ambiguousRun(prefix: String, candidates: [String], count: Int)
  case unknownSweep(path: String, name: String, known: [String])

  // Backups.

  case backupExists(path: String)
  case backupOntoItself(path: String)

  // Other stores, to be merged.

  /// The schema is not what the migrations of its version make; `what` is a clause.
  case foreignSchema(path: String, what: String)
  case mergeIntoItself(path: String)

  // Events and statements that do not fit.

  /// An event of a run that is not running; `status` is nil where it was never started.
  case notRunning(runID: String, status: RunStatus?)
  /// Another living process executes the run.
  case runInUse(runID: String, processID: Int, host: String)
  /// The statement could write, or change the connection.
  case writingQuery(sql: String)
  case severalStatements(sql: String)
  case invalidQuery(sql: String, message: String)
  /// The statement was stopped, for it took longer than `seconds`.
  case slowQuery(sql: String, seconds: Double)
}

extension StoreError {
  /// Whether another process held the file, so that the same may succeed later.
  public var isBusy: Bool { if case .busy = self { true } else { false } }
}
