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

  @Test("the name of the sweep that was active last is found without counting")
  func names() throws {
    let folder = try TemporaryFolder()
    let store = try Store(path: folder.file(), mode: .writing, settings: .fixed(at: 2))
    func expect(_ name: String?, _ when: Comment) throws {
      #expect(try store.sweepName(nil) == name, when)
      #expect(try store.latestSweep()?.record.name == name, when)
    }
    try expect(nil, "there is none")
    for (sweep, runs) in [("a", ["a1", "both"]), ("b", ["b1", "b2", "both"]), ("empty", [])] {
      try store.register(.sample(sweep), runs: runs.map { .sample($0, sweep: sweep) })
    }
    let attempt = try store.beginAttempt(.sample)
    try expect("a", "all were registered at 2, and the first counts")
    try store.write([.started(runID: "b1", attempt: attempt, at: 1)])
    try expect("a", "a run began before that")
    try store.write([.ended(runID: "b1", .finished, at: 3)])
    try expect("b", "it ended later")
    try store.write([.started(runID: "both", attempt: attempt, at: 4)])
    try expect("a", "a run of both began later, and the first counts")
    try store.write([
      .ended(runID: "both", .finished, at: 4), .started(runID: "b2", attempt: attempt, at: 5),
      .ended(runID: "b2", .finished, at: 6),
    ])
    try expect("b", "a run of b ended last")
    try store.remove(["b2"])
    try expect("a", "that run is removed")
    #expect(try store.sweepName("empty") == "empty")
  }

  @Test("a sweep whose runs are all removed has no name either")
  func removedName() throws {
    let sample = try SampleStore(runs: ["r1"])
    try sample.store.register(.sample("empty"), runs: [])
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1), .ended(runID: "r1", .finished, at: 2000),
    ])
    #expect(try sample.store.sweepName(nil) == "three-elbos")
    try sample.store.remove(["r1"])
    #expect(try sample.store.sweepName(nil) == "empty")
    #expect(throws: StoreError.unknownSweep(path: sample.store.path, name: "three-elbos", known: ["empty"])) {
      _ = try sample.store.sweepName("three-elbos")
    }
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
