internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// A store of somebody else's, to take runs from: read as bytes that nobody vouches for, and never changed.
///
/// Its schema has to be what the migrations of its version make, word for word, so that no trigger, view or index of
/// another's making is ever met. A store of an older version is migrated in a copy.
public final class ForeignStore: Sendable {
  /// The absolute path of the file, as errors name it.
  public let path: String

  private let queue: DatabaseQueue
  private let file: StoreFile
  /// The migrated copy of an older store; nil of a store of this version.
  private let copy: TemporaryCopy?
  let settings: StoreSettings

  /// Opens the store at `path` and checks its schema; what is in it is examined when it is merged.
  ///
  /// - Throws: a `StoreError` where it is no store that can be read, or has a schema of another's making.
  ///
  /// - Parameter isUnchanging: whether nobody writes the file: no lock is asked for, which not every network file system has.
  public convenience init(path: String, isUnchanging: Bool = false) throws(StoreError) {
    try self.init(path: path, settings: StoreSettings(), isUnchanging: isUnchanging)
  }

  package init(path: String, settings: StoreSettings, isUnchanging: Bool = false) throws(StoreError) {
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    try Store.checkPlace(path, mode: .reading)
    self.path = path
    self.settings = settings
    file = StoreFile(path: path)
    do {
      let queue = try Connection.foreign(path, settings: settings, isUnchanging: isUnchanging)
      let version = try queue.read { try Self.checkedVersion(of: $0, path: path) }
      if version == SchemaMigration.latest {
        self.queue = queue
        copy = nil
      } else {
        let copy = try TemporaryCopy(of: queue)
        // Opening it to write migrates it.
        try Store(path: copy.path, mode: .writing, settings: settings).close()
        self.queue = try Connection.foreign(copy.path, settings: settings)
        self.copy = copy
      }
    } catch {
      throw StoreError(error, path: path, busySeconds: settings.busySeconds)
    }
  }

  /// Reads one consistent state of the file, with all but reading refused, once it is examined from end to end.
  ///
  /// - Throws: `corrupt` where something of it is damaged.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do {
      return try queue.unsafeRead { database in
        try database.execute(sql: "BEGIN")
        ReadOnlyGuard.install(on: database)
        defer {
          sqlite3_set_authorizer(database.sqliteConnection, nil, nil)
          try? database.execute(sql: "COMMIT")
        }
        try self.examine(database)
        return try body(database)
      }
    } catch {
      throw StoreError(error, path: path, busySeconds: settings.busySeconds)
    }
  }

  private func examine(_ database: Database) throws {
    let examination = Examination(
      database: database, file: file, isThorough: true, checkpoints: [], process: settings.process)
    guard let damage = examination.findings().first(where: { $0.gravity == .damage }) else { return }
    let run = damage.runID.map { "run \($0): " } ?? ""
    throw StoreError.corrupt(path: path, message: "\(damage.check): \(run)\(damage.what)")
  }
}

extension ForeignStore {
  /// The version of a store that has the schema of it.
  private static func checkedVersion(of database: Database, path: String) throws -> Int {
    let identity = try StoreIdentity(of: database)
    guard !identity.isFresh else { throw StoreError.empty(path: path) }
    guard identity.applicationID == StoreIdentity.applicationID else {
      throw StoreError.otherApplication(
        path: path, applicationID: identity.applicationID, tables: identity.foreignTables)
    }
    guard identity.version <= SchemaMigration.latest else {
      throw StoreError.newerSchema(path: path, found: identity.version, supported: SchemaMigration.latest)
    }
    guard identity.version >= 1 else {
      throw StoreError.corrupt(path: path, message: "its schema version is \(identity.version)")
    }
    if let difference = try SchemaText(of: database).difference(to: SchemaText(ofVersion: identity.version)) {
      throw StoreError.foreignSchema(path: path, what: difference)
    }
    return identity.version
  }
}

extension Connection {
  /// Opens a file to read it, whatever it is.
  static func foreign(
    _ path: String, settings: StoreSettings, isUnchanging: Bool = false
  ) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "wb.foreign"
    configuration.readonly = true
    configuration.busyMode = .timeout(settings.busySeconds)
    func opened(_ location: String) throws -> DatabaseQueue {
      let queue = try DatabaseQueue(path: location, configuration: configuration)
      _ = try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM sqlite_master") }
      return queue
    }
    if isUnchanging { return try opened(URL(fileURLWithPath: path).absoluteString + "?immutable=1") }
    do {
      return try opened(path)
    } catch let error as DatabaseError where [.SQLITE_CANTOPEN, .SQLITE_READONLY].contains(error.resultCode) {
      // As in Connection.reading: a folder that takes no files, and no log that somebody could be writing.
      guard !FileManager.default.fileExists(atPath: path + "-wal") else { throw error }
      return try opened(URL(fileURLWithPath: path).absoluteString + "?immutable=1")
    }
  }
}

/// A copy of a store in a folder of its own, deleted with the last reference.
private final class TemporaryCopy: Sendable {
  private let folder: URL
  let path: String

  init(of queue: DatabaseQueue) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "wb-merge-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    path = folder.appending(path: "copy.sqlite").path
    let copy = try DatabaseQueue(path: path)
    try queue.backup(to: copy)
    try copy.close()
  }

  deinit { try? FileManager.default.removeItem(at: folder) }
}
