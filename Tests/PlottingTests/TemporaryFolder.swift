import Foundation
import Plotting

/// Runs `body` with a new folder, and removes it afterwards. The folder's own name needs quoting.
func withTemporaryFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "it's a \"plot\" \(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder)
}

/// Whether gnuplot can be started here; tests that draw are skipped where it cannot.
let hasGnuplot: Bool = {
  let empty = Drawing(name: "empty", settings: [], plot: [], data: [])
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("probe-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: folder) }
  return (try? Gnuplot().draw(empty, in: folder)) != nil
}()

/// Runs stock gnuplot on a script in its folder.
func redraw(_ script: String, in folder: URL) throws -> (status: Int32, errors: String) {
  let process = Process()
  let errors = Pipe()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  // In the locale C gnuplot warns that it cannot write a degree sign, and draws the same.
  process.arguments = ["LC_ALL=C.UTF-8", "gnuplot", script]
  process.currentDirectoryURL = folder
  process.standardError = errors
  try process.run()
  let words = errors.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return (process.terminationStatus, String(decoding: words, as: UTF8.self))
}
