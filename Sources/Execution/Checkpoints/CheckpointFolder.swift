import Foundation
import Glibc

/// The checkpoints beside a store: of `wb.sqlite` those are `wb.checkpoints/RUN.safetensors`.
public struct CheckpointFolder: Sendable {
  public let path: String

  /// - Parameter store: the store's path; its extension `.sqlite` is left out, any other is kept.
  public init(besides store: String) {
    path = (store.hasSuffix(".sqlite") ? String(store.dropLast(7)) : store) + ".checkpoints"
  }

  /// Where the checkpoint of a run is, or would be.
  public func path(ofRun id: String) -> String { "\(path)/\(id).safetensors" }

  public func has(_ id: String) -> Bool { FileManager.default.fileExists(atPath: path(ofRun: id)) }

  /// Reads the checkpoint of a run.
  public func read(_ id: String) throws(CheckpointError) -> Checkpoint {
    let place = path(ofRun: id)
    guard has(id) else { throw .missing(path: place, runID: id) }
    guard let data = FileManager.default.contents(atPath: place) else { throw .unreadable(path: place) }
    let checkpoint: Checkpoint
    do throws(CheckpointDamage) {
      checkpoint = try Checkpoint(file: Array(data))
    } catch {
      throw .damaged(path: place, why: error.what)
    }
    guard checkpoint.runID == id else {
      throw .damaged(path: place, why: "it is of run \(checkpoint.runID)")
    }
    return checkpoint
  }

  /// Writes a checkpoint: the whole file or, where this process dies or the disk is full, none.
  func write(_ checkpoint: Checkpoint) throws(CheckpointError) {
    let place = path(ofRun: checkpoint.runID)
    // One name for all attempts, so that what a killed one left is written over.
    try write(checkpoint.file(), to: place, part: "\(path)/.\(checkpoint.runID).part")
  }

  /// Writes a file by way of `part`.
  func write(_ bytes: [UInt8], to place: String, part: String) throws(CheckpointError) {
    var problem = Self.write(bytes, folder: path, part: part, place: place)
    // Another process may have removed the empty folder.
    if problem == ENOENT { problem = Self.write(bytes, folder: path, part: part, place: place) }
    guard problem == 0 else {
      unlink(part)
      throw .unwritable(path: place, why: String(cString: strerror(problem)))
    }
  }

  func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  func contents(_ path: String) -> [UInt8]? { FileManager.default.contents(atPath: path).map(Array.init) }

  func remove(_ path: String) { unlink(path) }

  /// The names in the folder.
  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] }

  func removeIfEmpty() { rmdir(path) }

  /// Returns 0, or the `errno` that kept it from writing.
  private static func write(_ bytes: [UInt8], folder: String, part: String, place: String) -> Int32 {
    if mkdir(folder, 0o777) != 0, errno != EEXIST { return errno }
    guard let file = fopen(part, "wb") else { return errno }
    let isWritten =
      fwrite(bytes, 1, bytes.count, file) == bytes.count && fflush(file) == 0 && fsync(fileno(file)) == 0
    let problem = errno
    guard fclose(file) == 0 else { return errno }
    guard isWritten else { return problem }
    return rename(part, place) == 0 ? 0 : errno
  }
}

/// Why a checkpoint cannot be had; `description` is the sentence for the user.
public enum CheckpointError: Error, Sendable, Hashable, CustomStringConvertible {
  case missing(path: String, runID: String)
  case unreadable(path: String)
  case damaged(path: String, why: String)
  case unwritable(path: String, why: String)

  public var description: String {
    switch self {
    case .missing(let path, let runID):
      "the checkpoint of run \(runID) is not at \(path); put it back, or make it again with 'wb run FILE --force'"
    case .unreadable(let path): "the checkpoint \(path) cannot be read; check that you may"
    case .damaged(let path, let why):
      "the checkpoint \(path) is damaged: \(why); make it again with 'wb run FILE --force'"
    case .unwritable(let path, let why):
      "the checkpoint \(path) cannot be written (\(why)); mend that, then 'wb run FILE --retry failed'"
    }
  }
}
