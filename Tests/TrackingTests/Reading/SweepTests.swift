import Testing
import Tracking

@Suite struct SweepTests {
  @Test("a sweep counts its runs by status and knows its last activity")
  func counts() throws {
    let sample = try SampleStore(runs: ["r1", "r2", "r3", "r4"])
    try sample.store.register(.sample("empty"), runs: [])
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1001),
      .started(runID: "r2", attempt: sample.attempt, at: 1002),
      .started(runID: "r3", attempt: sample.attempt, at: 1003), .ended(runID: "r1", .finished, at: 1005),
    ])
    let sweep = try sample.store.sweep(named: "three-elbos")
    #expect(
      sweep
        == SweepSummary(
          record: .sample(), registeredAt: 1000, runs: 4, counts: [.finished: 1, .running: 2],
          lastActivity: 1005))
    #expect(sweep.notStarted == 1)
    #expect(try sample.store.sweeps().map(\.record.name) == ["three-elbos", "empty"])
    #expect(try sample.store.sweep(named: "empty").counts == [:])
    #expect(try sample.store.latestSweep() == sweep)
  }

  @Test("an unknown sweep is answered with the known ones")
  func unknown() throws {
    let sample = try SampleStore()
    let failure = #expect(throws: StoreError.self) { _ = try sample.store.sweep(named: "four") }
    #expect(failure?.description == "\(sample.store.path) has no sweep 'four'; it has three-elbos")
    #expect(try sample.store.runs(in: "four") == [])
  }

  @Test("an empty store has no latest sweep")
  func none() throws {
    let folder = try TemporaryFolder()
    #expect(try Store(path: folder.file(), mode: .writing).latestSweep() == nil)
  }
}
