import Foundation
import Reporting
import Testing

/// A small report in every format, as it was agreed. After a deliberate change write them again with
/// `WB_WRITE_GOLDEN=1 swift test --filter GoldenPageTests`, read the difference, and look at the pages.
@Suite struct GoldenPageTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden")

  @Test("pages are as they were agreed", arguments: ReportFormat.allCases)
  func page(format: ReportFormat) throws {
    let report = try Report(Fixture.grid(forms: ["joint-entropy"]).input, source: Fixture.grid())
    let text =
      switch format {
      case .markdown: report.markdown
      // Its pictures are other tests'.
      case .html: report.html(besides: URL(fileURLWithPath: "/nowhere"))
      case .latex: report.latex
      }
    let file = Self.folder.appending(path: "\(format.fileName).txt")
    if ProcessInfo.processInfo.environment["WB_WRITE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    #expect(text == (try String(contentsOf: file, encoding: .utf8)))
  }
}
