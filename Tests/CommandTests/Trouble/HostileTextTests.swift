import Foundation
import Testing
import Tracking

/// Texts from files go through every command as texts.
@Suite struct HostileTextTests {
  /// What a shell, a terminal, SQL, CSV, HTML and markdown each might act on.
  private static let hostile =
    "it's \"q\" $(touch pwned) `touch pwned` '; DROP TABLE run; -- <img src=x onerror=y> | \u{202E}evil\u{1B}[31m"

  private static let bench = Result {
    let bench = try Workbench()
    let column = hostile.replacing("\"", with: "\"\"")
    try bench.write("\"\(column)\",\"a\n\(column)\"\n1,2\n2,1\n3,5\n4,3\n", to: "$(touch pwned) data.csv")
    let text = try escaped(hostile)
    try bench.write(
      """
      name: hostile
      description: \(text)
      run:
        model:
          bayesian-linear-regression: {data: "$(touch pwned) data.csv", target: \(text), intercept: true}
        steps: 20
      sweep:
        family: [mean-field, full-rank]
      seeds: 3
      """, to: "$(touch pwned) sweep.yaml")
    try bench.done("run", "$(touch pwned) sweep.yaml", "samples=4")
    return bench
  }

  /// The text as a JSON string, which is YAML.
  private static func escaped(_ text: String) throws -> String {
    let data = try JSONSerialization.data(withJSONObject: text, options: .fragmentsAllowed)
    return String(decoding: data, as: UTF8.self)
      .replacing("\u{1B}", with: "\\u001b").replacing("\u{202E}", with: "\\u202e")
  }

  private static let key = "model.bayesian-linear-regression.target"

  @Test("the store holds them as they are")
  func stored() throws {
    let store = try Self.bench.get().store()
    #expect(try store.sweeps().map(\.record.description) == [Self.hostile])
    #expect(try store.runs().first?.value(of: Self.key) == .text(Self.hostile))
  }

  @Test("JSON and CSV give them back", arguments: [["ls", "--sweeps"], ["show", "@first"]])
  func machine(verb: [String]) throws {
    let bench = try Self.bench.get()
    let id = try #require(bench.store().runs().first?.record.runID)
    let arguments = verb.map { $0 == "@first" ? id : $0 }
    let json = try bench.start(arguments + ["--format", "json"]).wait().output
    let rows = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]]
    #expect(rows?.contains { $0.values.contains { $0 as? String == Self.hostile } } == true)
    let csv = CSV.rows(try bench.start(arguments + ["--format", "csv"]).wait().output)
    #expect(csv.contains { $0.contains(Self.hostile) })
  }

  static let readers = [
    ["ls"], ["ls", "--sweeps"], ["show", "@first"], ["compare"], ["compare", "--by", key], ["plan", "@file"],
    ["model", "explain", "@file"], ["check", "@file"], ["ls", "--sweep", hostile], ["catalog", hostile],
    ["run", "@file", hostile], ["run", hostile],
  ]

  @Test("no command passes to the terminal what would steer it", arguments: readers)
  func terminal(verb: [String]) throws {
    let bench = try Self.bench.get()
    let id = try #require(bench.store().runs().first?.record.runID)
    let arguments = verb.map { $0 == "@first" ? id : $0 == "@file" ? "$(touch pwned) sweep.yaml" : $0 }
    let ended = try bench.start(arguments).wait()
    for scalar in (ended.output + ended.errors).unicodeScalars where scalar != "\n" {
      #expect(![.control, .format].contains(scalar.properties.generalCategory), "\(verb)")
    }
    #expect(!ended.output.isEmpty || !ended.errors.isEmpty)
  }

  @Test("the report's commands name the file so that a shell takes it as a name")
  func report() throws {
    let bench = try Self.bench.get()
    try bench.done("report")
    try bench.done("plot", "--by", Self.key)
    let text = try bench.read("Reports/hostile/report.md")
    #expect(!text.split(separator: "```")[0].contains("<img"))
    let command = try #require(text.split(separator: "\n").first { $0.hasPrefix("wb run ") })
    #expect(command == "wb run '$(touch pwned) sweep.yaml' samples=4 --store wb.sqlite")
    // A shell that is given the line runs nothing else.
    try bench.write("wb() { echo \"$2\"; }\n\(command)\n", to: "line.sh")
    let ended = try bench.start(["sh", "line.sh"], program: "/usr/bin/env").wait()
    #expect(ended.output == "$(touch pwned) sweep.yaml\n")
    for folder in [".", "Reports/hostile", "plots"] { #expect(!bench.exists("\(folder)/pwned")) }
  }
}
