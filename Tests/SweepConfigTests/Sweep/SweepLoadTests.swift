import FileFormats
import Foundation
import Inference
import SweepConfig
import Testing

@Suite("sweep files on disk")
struct SweepLoadTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "sweeps-\(UUID().uuidString)")
  private var path: String { folder.appendingPathComponent("sweep.yaml").path }

  /// Loads a file with these bytes; the error's text has `DIR` for the folder.
  private func load(_ bytes: some Sequence<UInt8>, data: String? = nil) -> Result<Sweep, TextError> {
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      if let data { try Data(data.utf8).write(to: folder.appendingPathComponent("data.csv")) }
      return .success(try Sweep.load(path: path))
    } catch {
      return .failure(TextError(text: "\(error)".replacingOccurrences(of: folder.path, with: "DIR")))
    }
  }

  struct TextError: Error, Equatable {
    var text: String
  }

  private func message(_ bytes: some Sequence<UInt8>, data: String? = nil) -> String {
    switch load(bytes, data: data) {
    case .success(let sweep): "no error: \(sweep.cells.count) cells"
    case .failure(let error): error.text
    }
  }

  @Test("a byte order mark and Windows line ends are accepted")
  func byteOrderMark() throws {
    let sweep = try load("\u{FEFF}name: x\r\nrun:\r\n  model: eight-schools\r\nseeds: 2\r\n".utf8).get()
    #expect(sweep.name == "x")
    #expect(sweep.runs.count == 2)
  }

  @Test("lines are counted alike with Windows line ends")
  func windowsLines() {
    #expect(
      message("name: x\r\nrun:\r\n  model: eight-schools\r\n  beta: -1\r\n".utf8) == """
        DIR/sweep.yaml:4:9: beta is -1; use a number from 0, or a schedule
            beta: -1
                  ^
        """)
  }

  @Test("tables are found beside the sweep file, and their errors have their own line")
  func tables() throws {
    let text = "name: x\nrun: {model: {bayesian-linear-regression: {data: data.csv, target: y}}}\n"
    let run = try #require(load(text.utf8, data: "x,y\n1,2\n2,3\n").get().runs.first)
    let digest = SHA256.hexDigest(of: "x,y\n1,2\n2,3\n".utf8).prefix(16)
    #expect(run.cell.identityJSON.contains("\"data_digest\":\"\(digest)\""))
    #expect(
      message(text.utf8, data: "x,y\n1,2\n2\n") == """
        DIR/sweep.yaml:2:50: data.csv:3: the row has 1 cell and the header 2; give every row as many cells as the header
            run: {model: {bayesian-linear-regression: {data: data.csv, target: y}}}
                                                             ^
        """)
  }

  @Test("bytes that are not UTF-8 are refused with their place")
  func encoding() {
    #expect(
      message(Array("name: x\nrun: é".utf8) + [0xFF, 0x0A])
        == "DIR/sweep.yaml: byte 0xFF at line 2, column 7 is not UTF-8; save the file as UTF-8")
    #expect(message([0xFF, 0xFE, 0x6E, 0x00]) == "DIR/sweep.yaml: the file is UTF-16; save it as UTF-8")
  }

  @Test("an empty file, a folder, a missing file and a huge one are refused")
  func unreadable() {
    #expect(message([]) == "DIR/sweep.yaml: the file is empty; `wb init` writes an example")
    #expect(
      message([UInt8](repeating: UInt8(ascii: "#"), count: 10 * 1024 * 1024 + 1))
        == "DIR/sweep.yaml: it is larger than 10 MB; use a smaller file")
    #expect(throws: SweepError.self) { try Sweep.load(path: "/nowhere/sweep.yaml") }
    #expect(throws: SweepError.self) { try Sweep.load(path: "/tmp") }
  }
}
