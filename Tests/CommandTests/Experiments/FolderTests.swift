import Foundation
import Testing

@Suite struct FolderTests {
  @Test("there are experiments")
  func some() {
    #expect(Experiment.names.contains("three-elbos"))
  }

  @Test("every experiment's sweep file is right", arguments: Experiment.names)
  func sweepFile(name: String) throws {
    try Workbench().done("check", Experiment.folder.appending(path: "\(name)/sweep.yaml").path)
  }

  @Test("every experiment says what it asks and what the answer is", arguments: Experiment.names)
  func readme(name: String) throws {
    let text = try String(contentsOf: Experiment.folder.appending(path: "\(name)/README.md"), encoding: .utf8)
    #expect(text.hasPrefix("# "))
  }

  private static let reports = Binary.repository.appending(path: "Reports")

  @Test(
    "every experiment has its committed report with pictures",
    .enabled("there is no folder Reports yet") { FileManager.default.fileExists(atPath: reports.path) },
    arguments: Experiment.names)
  func report(name: String) throws {
    let folder = Self.reports.appending(path: name)
    let text = try String(contentsOf: folder.appending(path: "report.md"), encoding: .utf8)
    let pictures = text.matches(of: /\]\((plots\/[^)]+)\)/).map { String($0.1) }
    #expect(!pictures.isEmpty)
    for picture in pictures {
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: picture).path), "\(picture)")
    }
  }
}
