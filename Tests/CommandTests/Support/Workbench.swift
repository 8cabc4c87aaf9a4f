import Foundation
import Testing
import Tracking

/// A temporary folder to type commands in; deleted with everything in it when the last reference goes.
final class Workbench: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "wb-commands-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  /// A folder with a sweep file in it.
  convenience init(sweep: String) throws {
    try self.init()
    try write(sweep, to: "sweep.yaml")
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: folder.appending(path: name))
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: folder.appending(path: name)), as: UTF8.self)
  }

  /// The contents of a folder's files by their names.
  func files(in name: String) throws -> [String: Data] {
    let folder = folder.appending(path: name)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return Dictionary(
      uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: folder.appending(path: $0))) })
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  func store(_ name: String = "wb.sqlite") throws -> Store { try Store(path: path(name), mode: .reading) }

  /// Runs `wb` here and waits for its end.
  @discardableResult
  func wb(_ arguments: String..., environment: [String: String] = [:]) throws -> Ended {
    try start(arguments, environment: environment).wait()
  }

  /// Runs `wb` here and expects it to succeed; returns its standard output.
  @discardableResult
  func done(
    _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let ended = try start(arguments).wait()
    #expect(ended.code == 0, "wb \(arguments) says: \(ended.errors)", sourceLocation: sourceLocation)
    return ended.output
  }

  /// Begins to run `wb`, or another program, here.
  func start(
    _ arguments: [String], program: String = Binary.path, environment: [String: String] = [:]
  ) throws -> Started {
    try Started(program, arguments, in: folder, environment: environment)
  }
}

/// A command that has ended.
struct Ended {
  /// The exit code, or 128 and the signal that ended it, as a shell has it.
  var code: Int32
  var output: String
  var errors: String
}

/// A command that runs, its output going to files.
final class Started {
  let process = Process()
  private let files: [URL]

  init(_ program: String, _ arguments: [String], in folder: URL, environment: [String: String]) throws {
    files = try ["out", "err"].map { name in
      let file = FileManager.default.temporaryDirectory.appending(path: "wb-\(name)-\(UUID().uuidString)")
      try Data().write(to: file)
      return file
    }
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    // Nothing of the surroundings may change what is tested.
    let inherited = ProcessInfo.processInfo.environment.filter {
      ["PATH", "HOME", "TMPDIR"].contains($0.key)
    }
    process.environment = inherited.merging(environment) { _, given in given }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
  }

  deinit { for file in files { try? FileManager.default.removeItem(at: file) } }

  /// What it has written to standard error so far.
  var errors: String {
    get throws { String(decoding: try Data(contentsOf: files[1]), as: UTF8.self) }
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  func wait() throws -> Ended {
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
    let status = process.terminationStatus
    return Ended(
      code: process.terminationReason == .exit ? status : 128 + status, output: texts[0], errors: texts[1])
  }
}
