import Foundation
import GRDB
import Testing
import Tracking

@Suite struct ExaminationTests {
  private func finished(_ settings: StoreSettings = .fixed()) throws -> SampleStore {
    let sample = try SampleStore(runs: ["r1", "r2"], settings: settings)
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1),
      .steps(runID: "r1", .sample((0...2).map { .sample($0, elbo: -Double($0)) })),
      .ended(runID: "r1", .finished, at: 3),
    ])
    return sample
  }

  /// The findings that are not as things should be, as `check runID: what`.
  private func complaints(_ sample: SampleStore, thoroughly: Bool = false, checkpoints: [String] = []) throws
    -> [String]
  {
    try Store.examine(path: sample.store.path, thoroughly: thoroughly, checkpoints: checkpoints)
      .filter { $0.gravity != .ok && $0.check != "log" }
      .map { "\($0.gravity) \($0.check) \($0.runID ?? "-"): \($0.what)" }
  }

  /// Changes the store as no program of ours would.
  private func tamper(_ sample: SampleStore, _ sql: String) throws {
    let database = try DatabaseQueue(path: sample.store.path)
    try database.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; \(sql)")
    }
    try database.close()
  }

  @Test("a sound store has a line for each look, and none that complains")
  func sound() throws {
    let sample = try finished()
    for thoroughly in [false, true] {
      #expect(try complaints(sample, thoroughly: thoroughly, checkpoints: ["r1"]) == [])
    }
    let findings = try Store.examine(path: sample.store.path)
    #expect(
      Set(findings.map(\.check)) == [
        "integrity", "schema", "decoding", "references", "orphans", "blocks", "series", "summaries",
        "results", "log", "claims", "runs", "space",
      ])
    #expect(findings.first { $0.check == "runs" }?.what == "1 run, 1 finished, 1 never started")
    #expect(findings.last { $0.check == "space" }?.runID == "r1")
  }

  private static let columns = StepColumn.allCases.map(\.name).joined(separator: ", ")

  static let damages: [(sql: String, complaint: String)] = [
    ("DELETE FROM block", "damage results r1: it finished after 2 steps, and none is recorded"),
    (
      "UPDATE outcome SET steps = 9",
      "damage results r1: it finished after 9 steps, and the last one recorded is 2"
    ),
    ("DELETE FROM outcome", "damage results r1: it is finished, and how it ended is not recorded"),
    (
      "UPDATE run_attempt SET status = 'failed'",
      "damage results r1: it is finished, and its last attempt is not"
    ),
    (
      "UPDATE block SET present = 3",
      "damage blocks r1: steps from 0: its columns are not those that its row says"
    ),
    ("UPDATE block SET header = x'00'", "damage blocks r1: steps from 0: its header has 1 bytes"),
    (
      "UPDATE block SET stride = 0",
      "damage blocks r1: steps from 0: a block that begins at step 0 and goes on by 0"
    ),
    ("UPDATE block SET count = 70000", "damage blocks r1: steps from 0: a block of 70000 steps"),
    (
      "INSERT INTO block SELECT run, 1, stride, count, sealed, present, header, envelope, \(columns) FROM block",
      "damage blocks r1: steps from 1: two blocks have step 1"
    ),
    ("DELETE FROM cell", "damage references -: 2 rows of table run have no cell"),
    ("UPDATE block SET run = 77", "damage references -: 1 row of table block have no run"),
    (
      "UPDATE digits SET scale = 1 WHERE digits = '3FF'",
      "damage decoding -: the table digits has 1 wrong rows of 4096, where 4096 are right"
    ),
    ("DELETE FROM place WHERE place = 7", "damage decoding -: the table place does not hold 0 to 4095"),
    ("DROP VIEW params", "damage schema -: the view params is missing"),
    (
      "CREATE TRIGGER t AFTER INSERT ON block BEGIN DELETE FROM block; END",
      "damage schema -: the trigger t is not of wb's making"
    ),
    ("CREATE TABLE mine (x)", "note schema -: the table mine is not of wb's making"),
    (
      "UPDATE run SET status = 'done' WHERE run = 1", "damage results r1: its status is 'done', which is none"
    ),
  ]

  @Test("what is wrong is found and named, with the run", arguments: damages)
  func found(sql: String, complaint: String) throws {
    let sample = try finished()
    try tamper(sample, sql)
    let complaints = try complaints(sample)
    #expect(complaints.contains(complaint), "\(complaints)")
    for finding in try Store.examine(path: sample.store.path) where finding.gravity == .damage {
      #expect(finding.fix != nil, "\(finding.what)")
    }
  }

  @Test("a value that does not agree with its header is found by a thorough look")
  func changedValue() throws {
    let sample = try finished()
    // The values of elbo are 0, -1, -2: the second becomes -1.0000000000000002.
    try tamper(
      sample, "UPDATE block SET elbo = x'0000000000000000bff0000000000001c000000000000000' WHERE run = 1")
    #expect(try complaints(sample) == [])
    // The least, the largest and the last are as before: the sum tells.
    #expect(
      try complaints(sample, thoroughly: true)
        == ["damage blocks r1: steps from 0: its header does not agree with the values of elbo"])
  }

  @Test("what is left of runs is found: checkpoints, cells, attempts, sweeps")
  func orphans() throws {
    let sample = try finished()
    try sample.store.endAttempt(sample.attempt)
    _ = try sample.store.endAttempt(sample.store.beginAttempt(.sample))
    try tamper(
      sample,
      """
      INSERT INTO cell SELECT 9, cell_id, model, family, objective, form, estimator, optimizer, beta, config FROM cell;
      INSERT INTO sweep VALUES (9, 'empty', '', '', '[]', 0);
      """)
    #expect(
      try complaints(sample, checkpoints: ["r1", "r9"]) == [
        "note orphans -: 1 cell without a run", "note orphans -: 1 sweep without a run",
        "note orphans -: 1 ended attempt without a run",
        "warning orphans r9: there is a checkpoint of a run that the store does not have",
      ])
  }

  @Test("a run of a process that is gone is named, and one of a living process is not")
  func claims() throws {
    var settings = StoreSettings.fixed()
    settings.process = ProcessIdentity(pid: 99_999_999, start: 1, bootID: "another boot")
    let sample = try SampleStore(runs: ["r1"], settings: settings)
    try sample.store.write([.started(runID: "r1", attempt: sample.attempt, at: 1)])
    #expect(
      try complaints(sample)
        == ["warning claims r1: it is recorded as running, of process 99999999 on laptop, which is gone"])
    let own = try SampleStore(runs: ["r1"])
    try own.store.write([.started(runID: "r1", attempt: own.attempt, at: 1)])
    #expect(try complaints(own) == [])
  }

  @Test("finished runs with steps that are not finite are named, diverged ones are not")
  func nonFinite() throws {
    let sample = try SampleStore(runs: ["r1", "r2"])
    for (run, status) in [("r1", RunStatus.finished), ("r2", .diverged)] {
      try sample.store.write([
        .started(runID: run, attempt: sample.attempt, at: 1),
        .steps(runID: run, .sample([.sample(0), .sample(1, elbo: .nan), .sample(2)])),
        .ended(runID: run, RunOutcome(status: status, steps: 2, seconds: 1), at: 3),
      ])
    }
    #expect(
      try complaints(sample, thoroughly: true)
        == ["warning blocks r1: it finished, and at step 1 a recorded term is not finite"])
  }

  @Test("removed runs are counted apart")
  func removed() throws {
    let sample = try finished()
    try sample.store.remove(["r1"])
    #expect(try complaints(sample) == ["note runs -: 1 run removed, and still kept"])
  }

  @Test("many findings of a kind are abridged")
  func many() throws {
    let sample = try SampleStore(runs: (0..<50).map { "r\($0)" })
    for run in 0..<50 {
      try sample.store.write([
        .started(runID: "r\(run)", attempt: sample.attempt, at: 1),
        .ended(runID: "r\(run)", .finished, at: 2),
      ])
    }
    let findings = try Store.examine(path: sample.store.path).filter { $0.check == "results" }
    #expect(findings.count == 11)
    #expect(findings.last?.what == "and 40 more like these")
  }
}
