import Foundation
import Inference

/// Where the data files of a sweep are sought: the sweep file's folder first.
struct DataFolders {
  private let folders: [String]
  /// How a further folder is given, for messages.
  private let further: String

  init(_ folders: [String], further: String) {
    self.further = further
    var distinct: [String] = []
    for folder in folders where !distinct.contains(folder) { distinct.append(folder) }
    self.folders = distinct
  }

  /// The place of a data file: the first folder that has it, or a path from the root as it is.
  func place(of path: String) throws(SettingsProblem) -> String {
    if path.hasPrefix("/") {
      if Self.exists(path) { return path }
      throw SettingsProblem(
        path: [], what: "cannot read '\(path)': there is no such file",
        fix: "check the path" + Self.origin(of: path))
    }
    let places = folders.map { $0 + "/" + path }.filter { Self.exists($0) }
    // A folder of that name does not hide a file behind it.
    if let place = places.first(where: { !Self.isFolder($0) }) ?? places.first { return place }
    let names = folders.map { Self.isFolder($0) ? $0 : $0 + " (no such folder)" }
    let list =
      names.count == 1 ? names[0] : names.dropLast().joined(separator: ", ") + " or " + (names.last ?? "")
    throw SettingsProblem(
      path: [], what: "cannot read '\(path)': there is no such file in \(list)",
      fix:
        "check the path, or give the folder that holds it, \(further)"
        + Self.origin(of: path))
  }

  /// Where files of such a name come from, as a further sentence; empty where that is not known.
  private static func origin(of path: String) -> String {
    path.contains("idx3-ubyte")
      ? ". Such files come from the MNIST or Fashion-MNIST distribution; Debian's package dataset-fashion-mnist puts the latter into /usr/share/datasets/fashion-mnist"
      : ""
  }

  private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  private static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
