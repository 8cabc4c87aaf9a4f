import Foundation
import Plotting
import Testing

/// The script of a small figure of every kind, as it was agreed. After a deliberate change write them again with
/// `WB_WRITE_GOLDEN=1 swift test --filter GoldenScriptTests`, read the difference, and look at the pictures.
@Suite struct GoldenScriptTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(
    path: "Golden")

  @Test("scripts are as they were agreed", arguments: FigureSamples.kinds)
  func script(kind: String) throws {
    let drawing = try #require(
      try FigureSamples.drawings("50 % of a_b, β=1").first { $0.name == kind })
    let text =
      drawing.script(for: [.svg, .tex])
      + drawing.data.map {
        "\n# --- \($0.name)\n\($0.contents.split(separator: "\n", omittingEmptySubsequences: false).prefix(6).joined(separator: "\n"))\n"
      }
      .joined()
    let file = Self.folder.appending(path: "\(kind).gp.txt")
    if ProcessInfo.processInfo.environment["WB_WRITE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }

  @Test("every golden script is of a kind that there is")
  func complete() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).sorted()
    #expect(files == FigureSamples.kinds.map { "\($0).gp.txt" }.sorted())
  }
}
