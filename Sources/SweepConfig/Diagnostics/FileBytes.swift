import Foundation

/// The bytes of a file, or why they cannot be read, as a clause: `there is no such file`.
enum FileBytes {
  struct Failure: Error {
    var what: String
    var fix: String
  }

  /// - Parameter limit: the greatest number of bytes that is read.
  static func read(_ path: String, limit: Int) throws(Failure) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure(what: "there is no such file", fix: "check the path")
    }
    if isFolder.boolValue { throw Failure(what: "it is a folder", fix: "name a file in it") }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw Failure(what: "it cannot be opened", fix: "check that you may read it")
    }
    defer { try? handle.close() }
    var bytes: [UInt8] = []
    do {
      while let chunk = try handle.read(upToCount: 1 << 20), !chunk.isEmpty {
        bytes.append(contentsOf: chunk)
        if bytes.count > limit {
          throw Failure(what: "it is larger than \(limit / (1 << 20)) MB", fix: "use a smaller file")
        }
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(what: "it cannot be read", fix: "check the disk and the permissions")
    }
    return bytes
  }
}
