import Testing
import Tracking

@Suite struct RemarkTests {
  @Test("tags are given once, taken away by name, and read with the run")
  func tags() throws {
    let sample = try SampleStore(runs: ["r1", "r2"])
    try sample.store.write(["r1", "r2"].map { .started(runID: $0, attempt: sample.attempt, at: 1) })
    #expect(try sample.store.tag(["r1", "r2"], with: ["b", "a"]) == 2)
    #expect(try sample.store.tag(["r1"], with: ["a"]) == 0)
    #expect(try sample.store.run("r1").tags == ["a", "b"])
    #expect(
      try sample.store.query("SELECT run_id FROM runs, json_each(tags) WHERE value = 'b'").rows.count == 2)
    #expect(try sample.store.untag(["r1", "r2"], ["a", "c"]) == 2)
    #expect(try sample.store.untag(["r1"], ["a"]) == 0)
    #expect(try sample.store.runs().map(\.tags) == [["b"], ["b"]])
  }

  @Test(
    "any text is a tag and a note, and comes back as it was",
    arguments: [
      "it's \"quoted\"", "a,b", "two\nlines", "'; DROP TABLE run; --", "\u{202E}right to left", "ÅÄÖ 漢字 🙂",
      "../x",
      String(repeating: "long ", count: 40), "[\"json\"]", "%s %n",
    ])
  func hostile(text: String) throws {
    let sample = try SampleStore()
    try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 1)])
    try sample.store.tag(["r1"], with: [text])
    try sample.store.note(text, on: "r1")
    let run = try sample.store.run("r1")
    #expect(run.tags == [text])
    #expect(run.note == text)
    #expect(try sample.store.query("SELECT value FROM runs, json_each(tags)").rows == [[.text(text)]])
    #expect(try sample.store.query("SELECT note FROM runs").rows == [[.text(text)]])
  }

  @Test("a note takes the place of the one before, and an empty one takes it away")
  func notes() throws {
    let sample = try SampleStore()
    try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 1)])
    try sample.store.note("first", on: "r1")
    try sample.store.note("second", on: "r1")
    #expect(try sample.store.run("r1").note == "second")
    try sample.store.note("", on: "r1")
    #expect(try sample.store.run("r1").note == nil)
    #expect(throws: StoreError.unknownRun(path: sample.store.path, id: "r9")) {
      try sample.store.note("x", on: "r9")
    }
  }

  @Test("a run that starts again keeps what was said of it")
  func again() throws {
    let sample = try SampleStore()
    try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 1)])
    try sample.store.tag(["r1"], with: ["kept"])
    try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 2)])
    #expect(try sample.store.run("r1").tags == ["kept"])
  }
}
