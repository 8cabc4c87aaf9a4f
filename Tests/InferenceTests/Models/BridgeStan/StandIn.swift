import Foundation
import Inference
import NumericArrays

/// A shared library with BridgeStan's interface, compiled for a test in a folder of its own.
struct StandIn {
  let folder: URL

  /// Whether there is a C compiler to make one with.
  static let hasCompiler = (try? run(["cc", "--version"])) == 0
  static let source = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("stand_in.c").path

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("bridgestan-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  struct Failed: Error {}

  /// - Parameter flags: such as -DMAJOR=1.
  func library(_ name: String = "gaussian_model.so", flags: [String] = []) throws -> LoadedFile {
    let path = folder.appendingPathComponent(name).path
    guard try Self.run(["cc", "-shared", "-fPIC", "-w", "-o", path, Self.source, "-lm"] + flags) == 0 else {
      throw Failed()
    }
    return LoadedFile(name: name, place: path, bytes: [], digest: name)
  }

  static func data(_ text: String) -> LoadedFile {
    LoadedFile(name: "data.json", place: "/data.json", bytes: Array(text.utf8), digest: text)
  }

  private static func run(_ words: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
