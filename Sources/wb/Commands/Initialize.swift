import ArgumentParser
import Foundation
import SweepConfig

struct Initialize: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Write a commented example sweep.")

  @ArgumentParser.Argument(help: "Where to write it.")
  var file = "sweep.yaml"

  func run() throws {
    guard !FileManager.default.fileExists(atPath: file) else {
      throw Failure(.failure, "wb: '\(file)' exists; name another file, or remove it")
    }
    do {
      try Data(ExampleSweep.text.utf8).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
    } catch {
      throw Failure(.failure, "wb: cannot write '\(file)': \(error.localizedDescription)")
    }
    Console.output("wrote \(file); next: wb run \(file)")
  }
}
