import FileFormats
import Foundation
import Inference
import SweepConfig

/// What the program of a run finds beside the store, of `wb.sqlite` in `wb.checkpoints/RUN.work`: its parameters, and what it has
/// kept there to go on from.
struct ProgramFolder {
  let path: String

  init(ofRun id: String, in checkpoints: CheckpointFolder) { path = "\(checkpoints.path)/\(id).work" }

  /// Whether the program has kept something beside its parameters.
  var hasSomethingKept: Bool {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.contains { $0 != Self.parametersName }
  }

  private static let parametersName = "parameters.json"

  var parameters: String { path + "/" + Self.parametersName }

  /// Writes the run's parameters; an earlier attempt's files stay where the run goes on.
  func prepare(_ run: Run, anew: Bool) throws {
    if anew { remove() }
    // Whoever ends a run removes the folder around this one where it is empty, in between too.
    var tries = 0
    while true {
      do {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        break
      } catch let error as CocoaError where error.code == .fileNoSuchFile && tries < 100 {
        tries += 1
      }
    }
    var told: ConfigMapping = ["run_id": .text(run.id), "seed": .integer(run.seed)]
    for entry in run.cell.settings.configuration.entries { told[entry.key] = entry.value }
    try Data((canonicalJSON(told) + "\n").utf8).write(to: URL(fileURLWithPath: parameters))
  }

  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// Takes over what an attempt elsewhere has kept: all or, where it cannot be read or written, nothing.
  func copy(from other: ProgramFolder) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: other.path, toPath: path)
    } catch {
      remove()
    }
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
