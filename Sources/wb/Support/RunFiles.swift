import Execution
import Foundation

/// What runs leave beside the store, each in files that begin with the run's id.
extension CheckpointFolder {
  /// The names of the files by the ids of their runs; what is only begun has a dot before it, and counts too.
  func files() -> [String: [String]] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return Dictionary(grouping: names) { name in
      let bare = name.hasPrefix(".") ? name.dropFirst() : name[...]
      return String(bare.prefix { $0 != "." })
    }
  }

  /// The size of all files of a run, in bytes.
  func bytes(ofRuns ids: [String]) -> Int {
    let files = files()
    return ids.flatMap { files[$0] ?? [] }.reduce(0) { $0 + Self.size("\(path)/\($1)") }
  }

  /// Deletes the files of runs; returns how many bytes they had.
  func delete(ofRuns ids: [String]) throws -> Int {
    let files = files()
    var bytes = 0
    for name in ids.flatMap({ files[$0] ?? [] }) {
      bytes += Self.size("\(path)/\(name)")
      try FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }
    return bytes
  }

  /// Copies every whole file to another folder, over what is there of that name; returns how many.
  func copy(to folder: CheckpointFolder) throws -> Int {
    let names = files().values.joined().filter { !$0.hasPrefix(".") }
    if names.isEmpty { return 0 }
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    for name in names {
      let target = "\(folder.path)/\(name)"
      if FileManager.default.fileExists(atPath: target) { try FileManager.default.removeItem(atPath: target) }
      try FileManager.default.copyItem(atPath: "\(path)/\(name)", toPath: target)
    }
    return names.count
  }

  private static func size(_ path: String) -> Int {
    ((try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int) ?? 0
  }
}
