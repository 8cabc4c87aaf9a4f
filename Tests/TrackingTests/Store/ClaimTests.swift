import Testing
import Tracking

@Suite struct ClaimTests {
  /// A process that cannot exist: the kernel gives no pid above 2^22.
  private static func other() -> StoreSettings {
    var settings = StoreSettings.fixed()
    settings.process.pid = 99_999_999
    return settings
  }

  private static let wanted = ["r1", "r2", "r3"].map { WantedRun(runID: $0) }

  @Test("of two processes one gets each run, in order, up to the limit")
  func once() throws {
    let first = try SampleStore(runs: ["r1", "r2", "r3"])
    let (claimed, seen) = try first.store.claim(Self.wanted, limit: 2, for: first.attempt)
    #expect(claimed.map(\.runID) == ["r1", "r2"])
    #expect(seen == 2)
    #expect(claimed.allSatisfy { $0.isFirst && !$0.wasUnfinished && $0.lastStep == nil })
    let second = try Store(path: first.store.path, mode: .writing, settings: Self.other())
    let attempt = try second.beginAttempt(.sample)
    let rest = try second.claim(Self.wanted, limit: 9, for: attempt)
    #expect(rest.claimed.map(\.runID) == ["r3"])
    #expect(rest.seen == 3)
    #expect(try second.claim(Self.wanted, limit: 9, for: attempt).claimed.isEmpty)
    #expect(
      try second.standings(of: ["r1", "r3", "none"]).map { $0?.processID } == [first.pid, 99_999_999, nil])
  }

  @Test("what a dead process has claimed is taken over, with what it recorded until begun says from where")
  func takenOver() throws {
    let killed = try SampleStore(runs: ["r1", "r2", "r3"], settings: Self.other())
    _ = try killed.store.claim(Self.wanted, limit: 2, for: killed.attempt)
    let point = PointRecord(step: 5, value: 1)
    try killed.store.write(
      [
        .begun(runID: "r1", from: 0), .steps(runID: "r1", .sample((0..<9).map { .sample($0) })),
        .points(runID: "r1", metric: "loss", [PointRecord(step: 2, value: 3), point]),
      ], of: killed.attempt)
    let store = try Store(path: killed.store.path, mode: .writing, settings: .fixed())
    let attempt = try store.beginAttempt(.sample)
    let claimed = try store.claim(Self.wanted, limit: 1, for: attempt).claimed
    #expect(claimed.map(\.lastStep) == [8])
    #expect(claimed.allSatisfy { $0.wasUnfinished && !$0.isFirst })
    #expect(try store.steps(of: "r1").count == 9, "a claim deletes nothing")
    try store.write([.begun(runID: "r1", from: 4)], of: attempt)
    #expect(try store.steps(of: "r1") == (0..<4).map { .sample($0) })
    #expect(try store.series(of: "loss", runID: "r1") == [PointRecord(step: 2, value: 3)])
    #expect(try store.attempts(of: "r1").map(\.status) == [.interrupted, .running])
    #expect(
      try store.attempts(of: "r1")[0].reason == "process 99999999 on laptop ended without finishing it")
    // Steps after those that stayed are appended.
    try store.write([.steps(runID: "r1", .sample([.sample(4, elbo: 7)]))], of: attempt)
    #expect(try store.steps(of: "r1").last?.terms.elbo == 7)
  }

  @Test(
    "steps are cut inside blocks, at every place", arguments: [0, 1, 4095, 4096, 4097, 5000, 9999, 10_000])
  func truncation(step: Int) throws {
    let sample = try SampleStore()
    let steps = (0..<10_000).map { StepRecord.sample($0, elbo: $0 == 4500 ? .nan : Double($0 * $0)) }
    _ = try sample.store.claim([WantedRun(runID: "r1")], limit: 1, for: sample.attempt)
    for batch in steps.batched() {
      try sample.store.write([.steps(runID: "r1", StepBlock(batch))], of: sample.attempt)
    }
    try sample.store.write([
      .ended(runID: "r1", RunOutcome(status: .interrupted, steps: 1, seconds: 1), at: 3)
    ])
    let claimed = try sample.store.claim([WantedRun(runID: "r1")], limit: 1, for: sample.attempt).claimed
    #expect(claimed.map(\.lastStep) == [9999])
    try sample.store.write([.begun(runID: "r1", from: step)], of: sample.attempt)
    let kept = try sample.store.steps(of: "r1")
    #expect(kept.map(\.step) == Array(0..<step))
    #expect(kept.map(\.terms.elbo?.bitPattern) == steps.prefix(step).map(\.terms.elbo?.bitPattern))
    let summaries = try sample.store.summaries(of: "elbo", runIDs: ["r1"])
    #expect(summaries["r1"]?.maximum == (step == 0 ? nil : Double((step - 1) * (step - 1))), "headers follow")
    try sample.store.write([.steps(runID: "r1", .sample([.sample(step)]))], of: sample.attempt)
    #expect(try sample.store.steps(of: "r1").count == step + 1)
  }

  @Test("ended runs are taken where they are wanted again, once")
  func again() throws {
    let sample = try SampleStore()
    let wanted = [WantedRun(runID: "r1", againAfter: 1)]
    _ = try sample.store.claim([WantedRun(runID: "r1")], limit: 1, for: sample.attempt)
    try sample.store.write([.ended(runID: "r1", .finished, at: 2)])
    #expect(try sample.store.claim([WantedRun(runID: "r1")], limit: 1, for: sample.attempt).claimed.isEmpty)
    let claimed = try sample.store.claim(wanted, limit: 1, for: sample.attempt).claimed
    #expect(claimed.map(\.wasUnfinished) == [false])
    try sample.store.write([.ended(runID: "r1", .finished, at: 3)])
    #expect(
      try sample.store.claim(wanted, limit: 1, for: sample.attempt).claimed.isEmpty, "another has done it")
    #expect(try sample.store.attempts(of: "r1").count == 2)
  }

  @Test("what a process writes of a run that another has taken over is left out")
  func lost() throws {
    let first = try SampleStore(settings: Self.other())
    _ = try first.store.claim([WantedRun(runID: "r1")], limit: 1, for: first.attempt)
    let second = try Store(path: first.store.path, mode: .writing, settings: .fixed())
    let attempt = try second.beginAttempt(.sample)
    _ = try second.claim([WantedRun(runID: "r1")], limit: 1, for: attempt)
    try first.store.write(
      [.steps(runID: "r1", .sample([.sample(0)])), .ended(runID: "r1", .finished, at: 9)], of: first.attempt)
    #expect(try second.steps(of: "r1").isEmpty)
    #expect(try second.statuses(of: ["r1"]) == ["r1": .running])
  }
}

extension SampleStore {
  /// The process of the store's settings.
  fileprivate var pid: Int { ProcessIdentity.current.pid }
}
