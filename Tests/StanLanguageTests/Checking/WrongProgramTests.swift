import Foundation
import StanLanguage
import Testing

/// Wrong programs with what is said about them, in `Golden/wrong_programs.txt`: a title after `====`, the program, and after
/// `----` all errors. After a deliberate change write them again with
/// `WB_WRITE_GOLDEN=1 swift test --filter WrongProgramTests`, and read the difference.
@Suite struct WrongProgramTests {
  private static let file = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden/wrong_programs.txt")

  private struct Wrong {
    var title: String
    var program: String
    var errors: String
  }

  private static func all() throws -> [Wrong] {
    try String(contentsOf: file, encoding: .utf8).components(separatedBy: "==== ").dropFirst().map { text in
      let parts = text.components(separatedBy: "----\n")
      let lines = parts[0].split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return Wrong(
        title: String(lines[0]), program: String(lines[1]), errors: parts.count > 1 ? parts[1] : "")
    }
  }

  @Test("wrong programs are refused with what is wrong, where, and how to put it right")
  func refused() throws {
    let programs = try Self.all()
    #expect(programs.count > 100)
    if ProcessInfo.processInfo.environment["WB_WRITE_GOLDEN"] != nil {
      let text = programs.map { "==== \($0.title)\n\($0.program)----\n\(problems($0.program))\n" }.joined()
      try Data(text.utf8).write(to: Self.file)
    }
    for wrong in try Self.all() {
      #expect(problems(wrong.program) + "\n" == wrong.errors, "\(wrong.title)")
      #expect(wrong.errors.contains("error: "), "\(wrong.title)")
      #expect(wrong.errors.contains("fix: "), "\(wrong.title)")
    }
  }
}
