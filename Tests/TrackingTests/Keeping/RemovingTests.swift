import Foundation
import GRDB
import Testing
import Tracking

@Suite struct RemovingTests {
  /// Three runs of one cell: r1 and r2 have finished, r3 never began.
  private func sample(_ settings: StoreSettings = .fixed()) throws -> SampleStore {
    let sample = try SampleStore(runs: ["r1", "r2", "r3"], settings: settings)
    for run in ["r1", "r2"] {
      try sample.store.write([
        .started(runID: run, attempt: sample.attempt, at: 1),
        .steps(runID: run, .sample([.sample(0), .sample(1, elbo: .nan), .sample(2)])),
        .points(runID: run, metric: "ess", [PointRecord(step: 0, value: 3)]),
        .ended(runID: run, .finished, at: 3),
      ])
    }
    return sample
  }

  private static let views = ["runs", "params", "steps", "points"]

  private func content(_ store: Store) throws -> [QueryResult] {
    try Self.views.map { try store.query("SELECT * FROM \($0)") }
  }

  @Test("a removed run is in no view and no listing, and restored it is what it was")
  func removeAndRestore() throws {
    let sample = try sample()
    let before = try content(sample.store)
    #expect(try sample.store.remove(["r1"]) == 1)
    #expect(try sample.store.remove(["r1"]) == 0, "it is removed already")
    for view in Self.views {
      #expect(
        try sample.store.query("SELECT DISTINCT run_id FROM \(view)").rows == [[.text("r2")]], "\(view)")
    }
    #expect(try sample.store.runs().map(\.record.runID) == ["r2"])
    #expect(try sample.store.runs(in: "three-elbos").map(\.record.runID) == ["r2"])
    #expect(try sample.store.statuses(of: ["r1", "r2"]) == ["r2": .finished])
    #expect(try sample.store.sweep(named: "three-elbos").runs == 2)
    #expect(try sample.store.sweep(named: "three-elbos").counts == [.finished: 1])
    let removed = try sample.store.removedRuns()
    #expect(removed.map(\.record.runID) == ["r1"])
    #expect(removed.first?.removedAt == 1000)
    let failure = #expect(throws: StoreError.self) { _ = try sample.store.run("r1") }
    #expect(
      failure?.description == "run r1 was removed from \(sample.store.path); 'wb restore r1' brings it back")
    #expect(try sample.store.run("r1", isRemoved: true).record.runID == "r1")
    #expect(throws: StoreError.unknownRun(path: sample.store.path, id: "r2")) {
      _ = try sample.store.run("r2", isRemoved: true)
    }
    #expect(try sample.store.restore(["r1", "r2"]) == 1)
    #expect(try content(sample.store) == before)
    #expect(try sample.store.removedRuns() == [])
  }

  @Test("a sweep whose runs are all removed is in no listing, and back with one of them")
  func sweep() throws {
    let sample = try SampleStore(runs: ["r1"])
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1), .ended(runID: "r1", .finished, at: 2),
    ])
    try sample.store.remove(["r1"])
    #expect(try sample.store.sweeps() == [])
    #expect(try sample.store.latestSweep() == nil)
    try sample.store.restore(["r1"])
    #expect(try sample.store.sweeps().map(\.record.name) == ["three-elbos"])
  }

  @Test("a removed run that starts again is there again, with what it records now")
  func startAgain() throws {
    let sample = try sample()
    try sample.store.remove(["r1"])
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 5), .steps(runID: "r1", .sample([.sample(0)])),
    ])
    #expect(try sample.store.runs().map(\.record.runID) == ["r1", "r2"])
    #expect(try sample.store.steps(of: "r1") == [.sample(0)])
    #expect(try sample.store.restore(["r1"]) == 0)
    #expect(try sample.store.collect(["r1"]).runIDs == [], "it is no removed run any more")
  }

  @Test("a run that a living process executes is not removed, nor those beside it")
  func running() throws {
    let sample = try sample()
    try sample.store.write([.started(runID: "r3", attempt: sample.attempt, at: 1)])
    let own = ProcessIdentity.current
    #expect(throws: StoreError.runInUse(runID: "r3", processID: own.pid, host: "laptop")) {
      try sample.store.remove(["r1", "r3"])
    }
    #expect(try sample.store.removedRuns() == [])
  }

  @Test("a run that a dead process left running can be removed")
  func abandoned() throws {
    var settings = StoreSettings.fixed()
    settings.process = ProcessIdentity(pid: 99_999_999, start: 1, bootID: "another boot")
    let dead = try SampleStore(settings: settings)
    try dead.store.write([.started(runID: "r1", attempt: dead.attempt, at: 1)])
    let store = try Store(path: dead.store.path, mode: .writing, settings: .fixed())
    #expect(try store.remove(["r1"]) == 1)
    #expect(try store.recoverAbandonedRuns().interrupted == [])
    #expect(try store.collect(["r1"]).runIDs == ["r1"])
  }

  @Test("a run that was never registered cannot be removed")
  func unknown() throws {
    let sample = try sample()
    #expect(throws: StoreError.unknownRun(path: sample.store.path, id: "r9")) {
      try sample.store.remove(["r9"])
    }
  }
}
