import Foundation
import Testing
import Tracking

/// `wb tag` and `wb note`.
@Suite struct RemarkTests {
  @Test("tags are given by id and by filter, shown, listed, found and taken away")
  func tags() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    let id = try #require(try bench.store().runs().first).record.runID
    #expect(!(try bench.done("ls")).contains("tags"))
    #expect(try bench.done("tag", String(id.prefix(12)), "baseline", "good one") == "tagged 1 run\n")
    #expect(try bench.done("tag", "seed = 0", "good one") == "tagged 3 runs; 1 had these already\n")
    #expect(try bench.done("show", id).contains("baseline, good one"))
    #expect(try bench.done("ls").contains("tags"))
    func count(_ filter: String) throws -> Int {
      CSV.rows(try bench.done("ls", filter, "--format", "csv")).count - 1
    }
    #expect(try count("tag = baseline") == 1)
    #expect(try count("tag = 'good one' and not tag = baseline") == 3)
    #expect(try count("tag != baseline") == 11)
    #expect(try count("tag in [baseline, other]") == 1)
    #expect(try count("tag is null") == 8)
    #expect(try count("tag is not null") == 4)
    #expect(try bench.done("tag", "--remove", "tag = 'good one'", "good one") == "untagged 4 runs\n")
    #expect(try bench.store().run(id).tags == ["baseline"])
    #expect(
      try bench.done("sql", "SELECT tags FROM runs WHERE tags IS NOT NULL", "--format", "csv").contains(
        "baseline"))
  }

  @Test("a note is shown and listed, and an empty one takes it away")
  func note() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    let id = try #require(try bench.store().runs().first).record.runID
    #expect(try bench.done("note", String(id.prefix(12)), "look\u{1B}[31m here") == "")
    let shown = try bench.done("show", id)
    #expect(shown.contains("look"))
    #expect(!shown.contains("\u{1B}"), "a note steers no terminal")
    #expect(!(try bench.done("ls")).contains("\u{1B}"))
    #expect(try bench.store().run(id).note == "look\u{1B}[31m here")
    try bench.done("note", id, "")
    #expect(try bench.store().run(id).note == nil)
  }

  static let wrong: [(arguments: [String], words: String)] = [
    (["tag", "seed = 0"], "Missing expected argument '<name> ...'"),
    (["tag", "seed = 0", " "], "a tag is ' '"),
    (["tag", "seed = 0", String(repeating: "x", count: 201)], "use 1 to 200 bytes"),
    (["note", "zzz", "text"], "has no run 'zzz'"), (["tag", "zzz", "a"], "has no run 'zzz'"),
  ]

  @Test("what cannot be meant is refused", arguments: wrong)
  func refused(arguments: [String], words: String) throws {
    let ended = try Finished.bench.get().start(arguments).wait()
    #expect(ended.code == 2)
    #expect(ended.errors.contains(words), "\(ended.errors)")
  }
}
