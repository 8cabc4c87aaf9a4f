import Execution
import Foundation

extension CheckpointFolder {
  /// Copies the checkpoints of runs from another store's folder, where this one lacks them; returns how many.
  ///
  /// The other folder is somebody else's: a link in it is not followed, and what is no file is left.
  func bring(_ ids: [String], from other: CheckpointFolder) throws -> Int {
    let theirs = other.files()
    if theirs.isEmpty { return 0 }
    let ours = Set(files().values.joined())
    var count = 0
    for name in ids.flatMap({ theirs[$0] ?? [] }) where !name.hasPrefix(".") && !ours.contains(name) {
      let source = "\(other.path)/\(name)"
      let kind = try FileManager.default.attributesOfItem(atPath: source)[.type] as? FileAttributeType
      guard kind == .typeRegular else { continue }
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      // Whole or not at all: a part is named as what is only begun is.
      let part = "\(path)/.\(name).part"
      try? FileManager.default.removeItem(atPath: part)
      try FileManager.default.copyItem(atPath: source, toPath: part)
      try FileManager.default.moveItem(atPath: part, toPath: "\(path)/\(name)")
      count += 1
    }
    return count
  }
}
