import Testing
import Tracking

@Suite struct RunTests {
  @Test("a run is found by its whole id or an unambiguous beginning")
  func prefix() throws {
    let sample = try SampleStore(runs: ["ab12", "ab1234", "ac", "new"])
    try sample.store.write(
      ["ab12", "ab1234", "ac"].map { .started(runID: $0, attempt: sample.attempt, at: 1) })
    func error(_ prefix: String) -> String? {
      #expect(throws: StoreError.self) { _ = try sample.store.run(prefix) }?.description
    }
    #expect(try sample.store.run("ac").record.runID == "ac")
    #expect(try sample.store.run("ab123").record.runID == "ab1234")
    #expect(try sample.store.run("ab12").record.runID == "ab12")
    #expect(error("ab1") == "2 runs have an id that begins with 'ab1': ab12, ab1234; give more of it")
    #expect(error("x") == "\(sample.store.path) has no run 'x'; 'wb ls' lists its runs")
    #expect(error("new") == "\(sample.store.path) has no run 'new'; 'wb ls' lists its runs")
  }

  @Test("many candidates are cut short")
  func manyCandidates() throws {
    let ids = (10..<22).map { "r\($0)" }
    let sample = try SampleStore(runs: ids)
    try sample.store.write(ids.map { .started(runID: $0, attempt: sample.attempt, at: 1) })
    let failure = #expect(throws: StoreError.self) { _ = try sample.store.run("r") }
    #expect(
      failure?.description
        == "12 runs have an id that begins with 'r': r10, r11, r12, r13, r14, r15, r16, r17, r18, r19, …; "
        + "give more of it")
  }

  @Test("a run that was never started has no status and is in no listing")
  func notStarted() throws {
    let sample = try SampleStore(runs: ["r1", "r2"])
    try sample.store.write([.started(runID: "r2", attempt: sample.attempt, at: 1)])
    #expect(try sample.store.statuses(of: ["r1", "r2", "r3"]) == ["r2": .running])
    #expect(try sample.store.runs().map(\.record.runID) == ["r2"])
    #expect(try sample.store.query("SELECT DISTINCT run_id FROM params").rows == [[.text("r2")]])
  }
}
