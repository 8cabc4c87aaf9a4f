import ArgumentParser
import Foundation
import SweepConfig

/// A sweep file and its overrides.
struct SweepOptions: ParsableArguments {
  @ArgumentParser.Argument(help: "The sweep file.", completion: .file(extensions: ["yaml", "yml"]))
  var file: String

  @ArgumentParser.Argument(
    help: "Changes by dotted path: beta=0.1,1,4 seeds=20 optimizer.adam.learning_rate=0.02.")
  var overrides: [String] = []

  func load() throws -> Sweep {
    try Sweep.load(
      path: file, overrides: overrides, dataFolder: ProcessInfo.processInfo.environment["WB_DATA"])
  }

  /// The folder of the sweep file.
  var folder: String {
    guard let slash = file.lastIndex(of: "/") else { return "." }
    return slash == file.startIndex ? "/" : String(file[..<slash])
  }
}
