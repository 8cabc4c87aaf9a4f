import Foundation
import Testing

/// Help texts are golden files. After a deliberate change write them again with
/// `WB_WRITE_GOLDEN=1 swift test --filter HelpTests`, and read the difference.
@Suite struct HelpTests {
  static let verbs = [
    "init", "check", "plan", "run", "worker", "submit", "submit slurm", "cancel", "collect", "status",
    "watch", "ls", "show", "diff", "compare", "gate", "plot",
    "report",
    "sample", "encode", "reconstruct", "draws", "tag", "note", "log", "rm", "restore", "gc", "backup",
    "doctor",
    "merge", "export", "import", "catalog", "model", "model explain", "sql", "schema",
  ]

  private static let golden = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Golden")

  @Test("help is as it was agreed", arguments: [""] + verbs)
  func help(verb: String) throws {
    let words = verb.split(separator: " ").map(String.init)
    // The parser wraps its help to the terminal's width.
    let ended = try Workbench().start(words + ["--help"], environment: ["COLUMNS": "80"]).wait()
    #expect(ended.code == 0)
    #expect(ended.errors.isEmpty)
    let name = (["wb"] + words).joined(separator: "-") + ".txt"
    let file = Self.golden.appending(path: name)
    if ProcessInfo.processInfo.environment["WB_WRITE_GOLDEN"] != nil {
      try FileManager.default.createDirectory(at: Self.golden, withIntermediateDirectories: true)
      try Data(ended.output.utf8).write(to: file)
    }
    #expect(ended.output == (try String(contentsOf: file, encoding: .utf8)), "\(name)")
    for line in ended.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test("every verb has its golden help, and every golden help its verb")
  func complete() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.golden.path).sorted()
    let expected = ([""] + Self.verbs).map { verb in
      (["wb"] + verb.split(separator: " ").map(String.init)).joined(separator: "-") + ".txt"
    }
    #expect(files == expected.sorted())
    let top = try Workbench().done("--help")
    for verb in Self.verbs where !verb.contains(" ") { #expect(top.contains("  \(verb) ")) }
  }

  @Test("wb alone shows its help and succeeds")
  func alone() throws {
    #expect(try Workbench().done() == Workbench().done("--help"))
  }

  @Test("--version prints the version and nothing else")
  func version() throws {
    #expect(try Workbench().done("--version").contains(/^[0-9]+\.[0-9]+\.[0-9]+\n$/))
  }
}
