import Foundation
import Testing
import Tracking

/// Names from imported files go through every command as names.
@Suite struct HostileImportTests {
  /// What a shell, a terminal, SQL, a path, HTML, markdown, a spreadsheet or gnuplot each might act on.
  static let names = [
    "it's \"q\" '; DROP TABLE run; --", "line\none\r\ntwo", "tab\there", "../../../pwned", "`touch pwned`",
    "$(touch pwned)",
    "=cmd|' /C touch pwned'!A0", "@SUM(1)", "+1+1", "-2-2", "<script>alert(1)</script>", "| touch pwned",
    "'$x' u 1:2 \"", "\u{202E}evil",
    "\u{1B}]0;pwned\u{07}\u{1B}[31m", "\u{200B}\u{2066}x", "a\\nb\\", "%s%n{/Symbol x}_2^3",
    String(repeating: "ten kB ", count: 1500),
    "**bold** | cell | [l](javascript:x)", "&amp;", "NULL", "é\u{301}ﷺ漢字🙂",
  ]

  private static let bench = Result {
    let bench = try Workbench()
    var lines = ""
    for (index, name) in names.enumerated() {
      lines += try line(["run": name, "params": ["family": name, "key \(name)": name], "seed": 0])
      for step in 0..<4 {
        lines += try line([
          "run": name, "step": step,
          "metrics": [name: Double(index) + Double(step) / 4, "elbo": Double(-step)],
        ])
      }
    }
    try bench.write(lines, to: "names.jsonl")
    try bench.done("import", "names.jsonl", "--sweep", names[0])
    return bench
  }

  private static func line(_ object: [String: Any]) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self) + "\n"
  }

  @Test("the store holds every name whole")
  func stored() throws {
    let store = try Self.bench.get().store()
    let runs = try store.runs()
    #expect(runs.count == Self.names.count)
    #expect(Set(runs.map(\.record.family)) == Set(Self.names))
    for (run, name) in zip(runs, Self.names) {
      #expect(run.value(of: "key \(name)") == .text(name))
      #expect(try store.metrics(of: run.record.runID) == [name])
      #expect(try store.series(of: name, runID: run.record.runID).count == 4)
    }
    #expect(try store.sweeps().map(\.record.name) == [Self.names[0]])
  }

  @Test("JSON and CSV give every name back, and CSV none that a spreadsheet would execute")
  func machine() throws {
    let bench = try Self.bench.get()
    let json = try bench.done("ls", "--format", "json")
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(Set(rows.compactMap { $0["family"] as? String }) == Set(Self.names))
    for arguments in [
      ["ls", "--format", "csv"], ["export", "--as", "csv", "--what", "params"],
      ["export", "--as", "csv", "--what", "points"],
    ] {
      let rows = CSV.rows(try bench.start(arguments).wait().output)
      #expect(Set(rows.map(\.count)).count == 1, "\(arguments)")
      for cell in rows.joined()
      where cell.unicodeScalars.first.map({ "=+-@\t\r".unicodeScalars.contains($0) }) == true {
        #expect(Double(cell) != nil, "\(arguments): \(cell.prefix(40))")
      }
    }
  }

  static let readers = [
    ["ls"], ["ls", "--sweeps"], ["ls", "--format", "markdown"],
    ["compare", "--metric", "elbo", "--by", "family"],
    ["sql", "SELECT DISTINCT metric FROM points"], ["doctor"], ["status"], ["ls", "family = 'x\u{1B}[31m'"],
    ["import", "names.jsonl", "--sweep", names[0]], ["import", "\u{1B}[31m.csv"],
    ["merge", "\u{1B}[31m.sqlite"],
  ]

  @Test(
    "no command passes to the terminal what would steer it, and none executes anything", arguments: readers)
  func terminal(verb: [String]) throws {
    let bench = try Self.bench.get()
    let ended = try bench.start(verb).wait()
    for scalar in (ended.output + ended.errors).unicodeScalars where scalar != "\n" {
      #expect(![.control, .format].contains(scalar.properties.generalCategory), "\(verb)")
    }
    #expect(!ended.output.isEmpty || !ended.errors.isEmpty)
    #expect(!bench.exists("pwned"))
  }

  @Test("gnuplot draws the names, and runs none of them")
  func plot() throws {
    let bench = try Self.bench.get()
    for arguments in [
      ["plot", "--metric", "elbo", "--by", "family"],
      ["plot", "family = '\(Self.names[4])'", "--metric", Self.names[4], "--output", "p2"],
    ] {
      let ended = try bench.start(arguments).wait()
      #expect(ended.code == 0, "\(arguments): \(ended.errors)")
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: bench.folder.path)
    #expect(!names.contains { $0.hasSuffix("pwned") })
    let parent = bench.folder.deletingLastPathComponent().path
    #expect(!FileManager.default.fileExists(atPath: parent + "/pwned"))
  }

  @Test("the report holds the names as text")
  func report() throws {
    let bench = try Self.bench.get()
    let ended = try bench.wb("report", "--output", "reports")
    #expect(ended.code == 0, "\(ended.errors)")
    let names = try FileManager.default.subpathsOfDirectory(atPath: bench.folder.path)
    #expect(!names.contains { $0.hasSuffix("pwned") })
    let report = try #require(names.first { $0.hasPrefix("reports/") && $0.hasSuffix("report.md") })
    let text = try bench.read(report)
    for (index, part) in text.components(separatedBy: "```").enumerated() where index % 2 == 0 {
      #expect(!part.contains("<script>"))
      #expect(
        !part.unicodeScalars.contains {
          $0 != "\n" && [.control, .format].contains($0.properties.generalCategory)
        })
    }
  }

  @Test("every export has every name, and lies where it was told to")
  func export() throws {
    let bench = try Self.bench.get()
    for format in ["csv", "jsonl", "mlflow", "tensorboard"] {
      try bench.done("export", "--as", format, "--output", "out-\(format)")
      try bench.done("import", "out-\(format)", "--store", "\(format).sqlite", "--sweep", "s")
      let store = try bench.store("\(format).sqlite")
      let metrics = try store.runs().map { try store.metrics(of: $0.record.runID) }
      #expect(Set(metrics) == Set(Self.names.map { [$0] }), "\(format)")
    }
    let names = try FileManager.default.subpathsOfDirectory(atPath: bench.folder.path)
    #expect(!names.contains { $0.hasSuffix("pwned") })
  }

  @Test("a name with NUL is refused: no program downstream would keep it whole")
  func nul() throws {
    let bench = try Workbench()
    try bench.write("{\"step\": 0, \"a\\u0000b\": 1}\n", to: "nul.jsonl")
    let ended = try bench.wb("import", "nul.jsonl")
    #expect(
      ended.code == 1 && ended.errors.hasPrefix("wb: nul.jsonl:1: a text of a metric holds the character NUL")
    )
  }
}
