internal import Foundation
internal import GRDB

extension Store {
  /// Copies the store to another file while others may write to it: one consistent state, examined, with all of it or
  /// nothing at `target`, in one file without a log.
  ///
  /// - Parameter replacing: whether a file that is there already gives way.
  /// - Throws: `backupExists` where one is there and does not; `corrupt` where the store is damaged; whatever keeps SQLite from reading the store or writing the
  ///   copy.
  public func backUp(to target: String, replacing: Bool = false) throws(StoreError) {
    let target = URL(fileURLWithPath: target).standardizedFileURL.path
    try Self.checkBackup(target, of: path, replacing: replacing)
    let part = target + ".part"
    let files = FileManager.default
    do {
      try? files.removeItem(atPath: part)
      let copy = try DatabaseQueue(path: part)
      do {
        try copyPages(to: copy)
        try copy.close()
      } catch {
        throw StoreError(error, path: part, busySeconds: settings.busySeconds)
      }
      // Reading leaves an empty log beside it, for the copy says of itself that it has one, as the store does.
      let damage = try Self.examine(path: part).first { $0.gravity == .damage }
      for suffix in ["-wal", "-shm"] { try? files.removeItem(atPath: part + suffix) }
      if let damage { throw StoreError.corrupt(path: path, message: "\(damage.check): \(damage.what)") }
      if replacing {
        // The log of what was there is not of what comes.
        for suffix in ["", "-wal", "-shm"] where files.fileExists(atPath: target + suffix) {
          try files.removeItem(atPath: target + suffix)
        }
      }
      try files.moveItem(atPath: part, toPath: target)
    } catch {
      for suffix in ["", "-journal", "-wal", "-shm"] { try? files.removeItem(atPath: part + suffix) }
      if let error = error as? CocoaError {
        throw .cannotOpen(path: target, message: error.localizedDescription)
      }
      throw StoreError(error, path: part, busySeconds: settings.busySeconds)
    }
  }

  private static func checkBackup(
    _ target: String, of path: String, replacing: Bool
  ) throws(StoreError) {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: target, isDirectory: &isFolder)
    if isThere, isFolder.boolValue { throw .isFolder(path: target) }
    func resolved(_ path: String) -> String { URL(fileURLWithPath: path).resolvingSymlinksInPath().path }
    guard resolved(target) != resolved(path) else { throw .backupOntoItself(path: path) }
    if isThere, !replacing { throw .backupExists(path: target) }
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw .missingFolder(path: target, folder: folder)
    }
  }
}
