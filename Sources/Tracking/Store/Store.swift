internal import Foundation
internal import GRDB

/// The record of runs and their steps: one SQLite file, written by one process at a time and read by any number.
///
/// Every function blocks until it is done and can be called from any thread; each reads or writes one consistent
/// state of the file. What a returned call has written survives the death of the process.
public final class Store: Sendable {
  public enum Mode: Sendable, Hashable {
    /// Changes nothing, and never creates the file.
    case reading
    /// Creates the file where there is none, and brings its schema up to date.
    case writing
  }

  /// The absolute path of the file.
  public let path: String
  public let mode: Mode

  let settings: StoreSettings
  private let queue: DatabaseQueue
  /// nil where there is no write-ahead log to be written.
  private let copier: LogCopier?

  /// Opens the store at `path`, relative to the current folder.
  ///
  /// - Throws: a `StoreError` where the file is missing and `mode` is reading, is no store, belongs to a newer
  ///   wb, is damaged, cannot be read or written, or is to be written on a network file system.
  public convenience init(path: String, mode: Mode) throws(StoreError) {
    try self.init(path: path, mode: mode, settings: StoreSettings())
  }

  /// Makes a store that only this process opens, with a rollback journal and an exclusive lock, and that is nobody's if the machine
  /// crashes: one to be copied elsewhere.
  public convenience init(privateAt path: String) throws(StoreError) {
    var settings = StoreSettings()
    settings.isPrivate = true
    try self.init(path: path, mode: .writing, settings: settings)
  }

  package init(path: String, mode: Mode, settings: StoreSettings) throws(StoreError) {
    let path = URL(fileURLWithPath: path).standardizedFileURL.path
    try Self.checkPlace(path, mode: mode)
    if mode == .writing, let kind = FileSystem.network(holding: path, mounts: settings.mounts) {
      throw .networkFileSystem(path: path, kind: kind)
    }
    self.path = path
    self.mode = mode
    self.settings = settings
    do {
      queue =
        switch mode {
        case .reading: try Connection.reading(path, settings: settings)
        case .writing: try Connection.writing(path, settings: settings)
        }
      copier = mode == .writing && !settings.isPrivate ? try LogCopier(following: queue) : nil
    } catch {
      throw StoreError(error, path: path, busySeconds: settings.busySeconds)
    }
  }

  /// Closes the file, once all that was begun is done. A store that is released closes by itself, silently.
  public func close() throws(StoreError) {
    copier?.close()
    do { try queue.close() } catch { throw storeError(error) }
  }

  static func checkPlace(_ path: String, mode: Mode) throws(StoreError) {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) {
      guard !isFolder.boolValue else { throw .isFolder(path: path) }
    } else if mode == .reading {
      throw .missing(path: path)
    } else {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      guard FileManager.default.fileExists(atPath: folder) else {
        throw .missingFolder(path: path, folder: folder)
      }
    }
  }
}

extension Store {
  /// Reads one consistent state of the file.
  func read<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try queue.read(body) } catch { throw storeError(error) }
  }

  /// Writes in one transaction, which is undone where `body` throws.
  func write<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    guard mode == .writing else { throw .readOnly(path: path) }
    do { return try queue.write(body) } catch { throw storeError(error) }
  }

  /// Does to the file what SQLite does outside of transactions alone.
  func withoutTransaction<Value>(_ body: (Database) throws -> Value) throws(StoreError) -> Value {
    do { return try queue.writeWithoutTransaction(body) } catch { throw storeError(error) }
  }

  /// Waits until nobody copies the log of what this store has written.
  func finishCopying() { copier?.finish() }

  /// Copies one consistent state of the file, page by page, while others may write.
  func copyPages(to copy: DatabaseQueue) throws { try queue.backup(to: copy) }

  func storeError(_ error: any Error) -> StoreError {
    StoreError(error, path: path, busySeconds: settings.busySeconds)
  }
}
