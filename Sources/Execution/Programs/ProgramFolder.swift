import FileFormats
import Foundation
import Inference
import SweepConfig

/// What the program of a run finds beside the store, of `wb.sqlite` in `wb.checkpoints/RUN.work`: its parameters, and what it has
/// kept there to go on from.
struct ProgramFolder {
  let path: String

  init(of run: Run, in checkpoints: CheckpointFolder) {
    path = "\(checkpoints.path)/\(run.id).work"
  }

  var parameters: String { path + "/parameters.json" }

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

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
