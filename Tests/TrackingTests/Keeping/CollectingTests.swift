import Foundation
import Testing
import Tracking

@Suite struct CollectingTests {
  /// Steps of which no two values are the same: nothing of them is kept once.
  private static func varying(_ steps: Int) -> [StepBatch] {
    (0..<steps).map { step in
      let value = Double(step) + 0.1
      let terms = BoundTerms(elbo: value, reconstruction: value, klPrior: value, entropy: value)
      return StepRecord(step: step, terms: terms, objective: value, beta: value, gradNorm: value)
    }.batched()
  }

  private func tables(_ store: Store) throws -> [String: Int] {
    let names = [
      "run", "cell", "cell_parameter", "sweep", "sweep_run", "attempt", "run_attempt", "outcome", "block",
      "series", "single", "tag",
      "note",
    ]
    var counts: [String: Int] = [:]
    for name in names {
      guard case .integer(let count)? = try store.query("SELECT count(*) FROM \(name)").rows.first?.first
      else { continue }
      counts[name] = count
    }
    return counts
  }

  @Test("what is collected is gone with all that is its own, and what others need stays")
  func collected() throws {
    let sample = try SampleStore(runs: ["r1", "r2"])
    let steps = 2000
    var other = RunRecord.sample("o1", sweep: "other")
    other.cellID = "c2"
    other.family = "full-rank"
    try sample.store.register(.sample("other"), runs: [other])
    for run in ["r1", "r2", "o1"] {
      try sample.store.write(
        [.started(runID: run, attempt: sample.attempt, at: 1)]
          + Self.varying(steps).flatMap(\.blocks).map { .steps(runID: run, $0) } + [
            .points(runID: run, metric: "ess", [PointRecord(step: 0, value: 3)]),
            .points(runID: run, metric: "loss", (0..<2).map { PointRecord(step: $0, value: 3) }),
            .ended(runID: run, RunOutcome(status: .finished, steps: steps - 1, seconds: 1), at: 3),
          ])
      try sample.store.tag([run], with: ["tagged"])
      try sample.store.note("noted", on: run)
    }
    try sample.store.endAttempt(sample.attempt)
    let kept = try sample.store.query("SELECT * FROM steps WHERE run_id = 'r2'").rows
    try sample.store.remove(["r1", "o1"])
    let report = try sample.store.collect(["r1", "o1", "r2"])
    #expect(report.runIDs == ["r1", "o1"], "r2 is not removed")
    #expect(report.cells == 1)
    #expect(report.sweeps == 1)
    #expect(report.attempts == 0)
    #expect(
      try tables(sample.store) == [
        "run": 1, "cell": 1, "cell_parameter": 4, "sweep": 1, "sweep_run": 1, "attempt": 1, "run_attempt": 1,
        "outcome": 1, "block": 1, "series": 1, "single": 1, "tag": 1, "note": 1,
      ])
    #expect(try sample.store.query("SELECT * FROM steps WHERE run_id = 'r2'").rows == kept)
    #expect(try sample.store.restore(["r1"]) == 0)
    #expect(
      try Store.examine(path: sample.store.path, thoroughly: true).filter { $0.gravity == .damage } == [])
    try sample.store.remove(["r2"])
    _ = try sample.store.collect(["r2"])
    #expect(Set(try tables(sample.store).values) == [0])
  }

  @Test("the file ends where its last page in use ends")
  func space() throws {
    let sample = try SampleStore(runs: ["r1", "r2"])
    let steps = 20_000
    for run in ["r1", "r2"] {
      try sample.store.write(
        [.started(runID: run, attempt: sample.attempt, at: 1)]
          + Self.varying(steps).flatMap(\.blocks).map { .steps(runID: run, $0) } + [
            .ended(runID: run, RunOutcome(status: .finished, steps: steps - 1, seconds: 1), at: 3)
          ])
    }
    let before = try sample.store.query("SELECT count(*), sum(elbo) FROM steps WHERE run_id = 'r2'").rows
    try sample.store.remove(["r1"])
    let report = try sample.store.collect(["r1"])
    // Seven columns of 20,000 values in eight bytes.
    #expect(report.bytesBefore - report.bytesAfter > 7 * 8 * 20_000)
    #expect(report.freeBytes == 0)
    let size = try FileManager.default.attributesOfItem(atPath: sample.store.path)[.size] as? Int
    #expect(size == report.bytesAfter)
    #expect(
      try sample.store.query("SELECT count(*), sum(elbo) FROM steps WHERE run_id = 'r2'").rows == before)
  }
}
