import ArgumentParser
import Foundation
import Reporting
import SweepConfig

struct Initialize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented example sweep.")

  @ArgumentParser.Argument(help: "Where to write it.")
  var file = "sweep.yaml"

  func run() throws {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().path
    guard FileManager.default.fileExists(atPath: folder) else {
      throw Failure(.failure, "wb: there is no folder '\(folder)'; make it, or name another place")
    }
    do {
      try Data(ExampleSweep.text.utf8).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
    } catch let error as CocoaError where error.code == .fileWriteFileExists {
      throw Failure(.failure, "wb: '\(file)' exists; name another file, or remove it")
    } catch {
      throw Failure(.failure, "wb: cannot write '\(file)': \(error.localizedDescription)")
    }
    try Console.output("wrote \(file); next: wb run \(ShellText.quoted(file))")
  }
}
