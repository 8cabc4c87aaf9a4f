import Foundation

/// A file that is written from its beginning to its end, whole or not at all; or standard output, by way of a closure.
package final class OutputText {
  private let path: String
  private let file: FileHandle?
  private let print: ((String) throws -> Void)?
  private var text = ""
  private static let bufferSize = 1 << 16

  /// Writes to a file, where there is none.
  package init(path: String) throws(ExchangeError) {
    self.path = path
    print = nil
    guard !FileManager.default.fileExists(atPath: path) else { throw .targetExists(path: path) }
    guard FileManager.default.createFile(atPath: path + ".part", contents: nil),
      let file = FileHandle(forWritingAtPath: path + ".part")
    else { throw .unwritable(path: path, why: String(cString: strerror(errno))) }
    self.file = file
  }

  package init(print: @escaping (String) throws -> Void) {
    path = ""
    file = nil
    self.print = print
  }

  func write(_ more: String) throws {
    text += more
    if text.utf8.count >= Self.bufferSize { try flush() }
  }

  func write(_ bytes: [UInt8]) throws {
    do { try file?.write(contentsOf: bytes) } catch {
      throw ExchangeError.unwritable(path: path, why: Self.why(error))
    }
  }

  /// Gives the file its name.
  package func close() throws {
    try flush()
    guard let file else { return }
    do {
      try file.close()
      try FileManager.default.moveItem(atPath: path + ".part", toPath: path)
    } catch {
      throw ExchangeError.unwritable(path: path, why: Self.why(error))
    }
  }

  /// Leaves nothing behind of what was not closed.
  package func discard() {
    guard file != nil else { return }
    try? file?.close()
    try? FileManager.default.removeItem(atPath: path + ".part")
  }

  private func flush() throws {
    defer { text.removeAll(keepingCapacity: true) }
    if let print { return try print(text) }
    try write(Array(text.utf8))
  }

  private static func why(_ error: any Error) -> String { (error as NSError).localizedDescription }

  /// Writes a whole file.
  static func file(_ path: String, _ body: (OutputText) throws -> Void) throws {
    let output = try OutputText(path: path)
    do {
      try body(output)
      try output.close()
    } catch {
      output.discard()
      throw error
    }
  }

  /// Makes a folder, where there is nothing or an empty one.
  static func folder(_ path: String) throws {
    if let names = try? FileManager.default.contentsOfDirectory(atPath: path) {
      guard names.isEmpty else { throw ExchangeError.targetExists(path: path) }
      return
    }
    guard !FileManager.default.fileExists(atPath: path) else { throw ExchangeError.targetExists(path: path) }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ExchangeError.unwritable(path: path, why: why(error))
    }
  }
}
