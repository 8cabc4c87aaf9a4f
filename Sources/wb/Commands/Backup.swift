import ArgumentParser
import Execution
import Foundation
import Reporting
import Tracking

struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the store and its checkpoints while others write, and examine the copy.",
    usage: "wb backup [<target>] [--force] [--store <path>]",
    discussion: """
      The copy is one consistent state of the store, in one file. A target that is there is left alone.

        wb backup
        wb backup /media/disk/
      """)

  @ArgumentParser.Argument(
    help: "The copy, or a folder for it; else beside the store, named by the time.")
  var target: String?

  @Flag(help: "Replace a copy that is there.")
  var force = false

  @OptionGroup var store: StoreOptions

  func run() throws {
    let store = try store.open()
    let target = place(of: store)
    try store.backUp(to: target, replacing: force)
    let copied = try CheckpointFolder(besides: store.path).copy(to: CheckpointFolder(besides: target))
    let bytes = (try FileManager.default.attributesOfItem(atPath: target)[.size] as? Int) ?? 0
    try Console.output(
      VisibleText.escaped(target) + ": \(Words.size(bytes))"
        + (copied > 0 ? ", \(Words.count(copied, "checkpoint"))" : "") + ", examined and sound")
  }

  private func place(of store: Store) -> String {
    let name = URL(fileURLWithPath: store.path).lastPathComponent
    guard let target else {
      let base = store.path.hasSuffix(".sqlite") ? String(store.path.dropLast(7)) : store.path
      let time = Date().ISO8601Format(
        .iso8601(timeZone: .gmt, dateSeparator: .omitted, timeSeparator: .omitted))
      return "\(base)-\(time)Z.sqlite"
    }
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: target, isDirectory: &isFolder)
    return isThere && isFolder.boolValue ? "\(target)/\(name)" : target
  }
}
