import Foundation
import Testing

@Suite struct FolderTests {
  @Test("there are experiments")
  func some() {
    #expect(Experiment.names.contains("three-elbos"))
  }

  @Test("every experiment's sweep file is right", arguments: Experiment.names)
  func sweepFile(name: String) throws {
    let path = Experiment.folder.appending(path: "\(name)/sweep.yaml").path
    let ended = try Workbench().start(["check", path]).wait()
    if ended.code == 3, ended.errors.contains("there is no such file") {
      try Test.cancel("the data of \(name) are not on this machine")
    }
    #expect(ended.code == 0, "\(ended.errors)")
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
