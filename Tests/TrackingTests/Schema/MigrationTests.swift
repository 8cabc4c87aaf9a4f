import Foundation
import GRDB
import Testing
import Tracking

@Suite struct MigrationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Two sweeps that share r1, with two cells: r1 has finished, r2 was left running, r3 never began, r4 is of the other cell.
  private static let rows = """
    INSERT INTO sweep VALUES (1, 'first', 'one', 'name: first', '[]', 10), (2, 'second', '', 'name: second', '["a=1"]', 20);
    INSERT INTO run VALUES
      (1, 'r1', 1, 'c1', 'gaussian', 'mean-field', 'elbo', 'joint-entropy', 'e', 'adam', 0.5, 0, '{"a":1}', 2),
      (2, 'r2', 1, 'c1', 'gaussian', 'mean-field', 'elbo', 'joint-entropy', 'e', 'adam', 0.5, 1, '{"a":1}', 1),
      (3, 'r3', 1, 'c1', 'gaussian', 'mean-field', 'elbo', 'joint-entropy', 'e', 'adam', 0.5, 2, '{"a":1}', 0),
      (4, 'r4', 2, 'c2', 'gaussian', 'full-rank', 'elbo', 'joint-entropy', 'e', 'adam', NULL, 0, '{"a":2}', 1);
    INSERT INTO sweep_run VALUES (1, 1, 1), (2, 1, 2), (3, 1, 3), (4, 2, 4), (5, 2, 1);
    INSERT INTO parameter VALUES (1, 'a'), (2, 'beta'), (3, 'none');
    INSERT INTO run_parameter VALUES
      (1, 0, 1, 1), (1, 1, 2, 0.5), (1, 2, 3, NULL), (2, 0, 1, 1), (2, 1, 2, 0.5), (2, 2, 3, NULL), (3, 0, 1, 1),
      (3, 1, 2, 0.5), (3, 2, 3, NULL), (4, 0, 1, 2), (4, 1, 2, 'linear');
    INSERT INTO attempt VALUES (1, '0.1.0', NULL, 'laptop', '', '', 'wb run a.yaml', 99999999, 1, 'boot', 11, 19, NULL);
    INSERT INTO run_attempt VALUES
      (1, 1, 1, 'failed', 11, 12, 'out of memory'), (1, 2, 1, 'finished', 13, 14, NULL), (2, 1, 1, 'running', 15, NULL, NULL),
      (4, 1, 1, 'diverged', 16, 17, 'NaN at step 3');
    INSERT INTO outcome VALUES
      (1, 1, -12.5, -10, 2.5, NULL, NULL, NULL, NULL, 0.25, NULL, 1.5, 0, 0, 103, NULL, 'kl_prior', 7),
      (4, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 2, NULL, 1024, 3, 'low', '', 0);
    INSERT INTO metric VALUES (1, 'ess');
    INSERT INTO point VALUES (1, 1, 0, NULL), (1, 1, 100, 0.25);
    """

  /// Every tenth step and the last one; some values NaN, infinite, subnormal, absent.
  private static func steps(_ run: Int, upTo last: Int) -> [StepRecord] {
    var random = RandomBits(state: UInt64(run))
    return (Array(stride(from: 0, to: last, by: 10)) + [last]).map { step in
      var value: Double? {
        let value = random.double()
        // Version 1 kept which value was NaN, not its bits, and of zero no sign.
        return value.isNaN ? .nan : value == 0 ? 0 : value
      }
      return StepRecord(
        step: step,
        terms: BoundTerms(
          elbo: value, reconstruction: value, klPrior: step < 50 ? nil : value, klPosterior: nil,
          logJoint: value,
          entropy: .nan, logEvidence: value), objective: 0, beta: 0.5, gradNorm: value)
    }
  }

  private func make(at path: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { database in
      try database.execute(sql: Version1Store.schema)
      try Self.fill(database)
    }
    try database.close()
  }

  static func fill(_ database: Database) throws {
    try database.execute(sql: Self.rows)
    try database.inTransaction {
      for (run, last) in [(1, 103), (2, 60_000), (4, 3)] {
        for step in Self.steps(run, upTo: last) { try Self.insert(step, run, database) }
      }
      return .commit
    }
  }

  private static func insert(_ step: StepRecord, _ run: Int, _ database: Database) throws {
    let values = [
      step.terms.elbo, step.objective, step.terms.reconstruction, step.terms.klPrior, step.terms.klPosterior,
      step.terms.logJoint, step.terms.entropy, step.terms.logEvidence, step.beta, step.gradNorm,
    ]
    let nan = values.enumerated().reduce(0) { $0 | ($1.element?.isNaN == true ? 1 << $1.offset : 0) }
    try database.execute(
      sql: "INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [run, step.step] + StatementArguments(values) + [nan])
  }

  @Test("a store of version 1 keeps every value, read directly and through the views")
  func values() throws {
    let path = folder.file()
    try make(at: path)
    let store = try Store(path: path, mode: .writing)
    for (run, last) in [(1, 103), (2, 60_000), (4, 3)] {
      let expected = StepBits.all(Self.steps(run, upTo: last).batched())
      #expect(StepBits.all(try store.batches(of: "r\(run)")) == expected)
    }
    let short = Self.steps(1, upTo: 103)
    let rows = try store.query("SELECT step, log_joint, objective, entropy FROM steps WHERE run_id = 'r1'")
      .rows
    for (row, step) in zip(rows, short) {
      let joint = step.terms.logJoint.flatMap { $0.isNaN ? nil : $0 }
      #expect(row == [.integer(step.step), joint.map(SQLValue.number) ?? .null, .number(0), .null])
    }
    #expect(rows.count == 12)
    #expect(
      try store.query(
        """
        SELECT metric, count(*), count(value) FROM points
        WHERE run_id = 'r1' AND metric IN ('entropy', 'ess', 'kl_prior', 'kl_posterior') GROUP BY metric
        """
      ).rows
        == [
          [.text("entropy"), .integer(12), .integer(0)], [.text("ess"), .integer(2), .integer(1)],
          [.text("kl_prior"), .integer(7), .integer(Int(short.count { $0.terms.klPrior?.isNaN == false }))],
        ])
  }

  @Test("runs, sweeps, attempts and outcomes are what they were")
  func records() throws {
    let path = folder.file()
    try make(at: path)
    let store = try Store(path: path, mode: .writing)
    #expect(try store.runs(in: "first").map(\.record.runID) == ["r1", "r2"])
    #expect(try store.runs(in: "second").map(\.record.runID) == ["r4", "r1"])
    let run = try store.run("r1")
    #expect(
      run.record
        == RunRecord(
          runID: "r1", sweep: "first", cellID: "c1", model: "gaussian", family: "mean-field",
          objective: "elbo",
          form: "joint-entropy", estimator: "e", optimizer: "adam", beta: 0.5, seed: 0, config: #"{"a":1}"#,
          parameters: [
            .init(key: "a", value: .integer(1)), .init(key: "beta", value: .number(0.5)),
            .init(key: "none", value: .null),
          ]))
    #expect(run.status == .finished)
    #expect(run.outcome?.yardstick?.elbo == -12.5)
    #expect(try store.run("r4").outcome?.largestResidual?.isNaN == true)
    #expect(try store.run("r4").outcome?.reason == "NaN at step 3")
    #expect(try store.attempts(of: "r1").map(\.status) == [.failed, .finished])
    #expect(
      try store.statuses(of: ["r1", "r2", "r3", "r4"]) == ["r1": .finished, "r2": .running, "r4": .diverged])
    #expect(try store.sweep(named: "first").runs == 3)
    #expect(try store.sweeps().map(\.lastActivity) == [15, 20])
    #expect(try store.recoverAbandonedRuns().interrupted == ["r2"])
    #expect(try store.run("r2").outcome?.steps == 60_000)
    #expect(try store.query("SELECT count(*) FROM cell").rows == [[.integer(2)]])
    #expect(try store.query("PRAGMA integrity_check").rows == [[.text("ok")]])
    #expect(try store.query("PRAGMA foreign_key_check").rows == [])
    #expect(try Store.examine(path: path, thoroughly: true).filter { $0.gravity == .damage } == [])
    #expect(
      try store.query("SELECT key, value FROM params WHERE run_id = 'r2' ORDER BY key").rows == [
        [.text("a"), .integer(1)], [.text("beta"), .number(0.5)], [.text("none"), .null],
      ])
  }

  @Test("a store of version 1 that is only read stays as it is, and the error says what to do")
  func onlyRead() throws {
    let path = folder.file()
    try make(at: path)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let failure = #expect(throws: StoreError.self) { _ = try Store(path: path, mode: .reading) }
    #expect(
      failure?.description
        == "\(path) has schema version 1 and this wb needs 6; 'wb run' with it, or with a copy of it where it cannot "
        + "be written, brings it up to date")
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test("a store of version 1 whose process lives is not changed under it")
  func inUse() throws {
    let path = folder.file()
    try make(at: path)
    let own = ProcessIdentity.current
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { database in
      try database.execute(
        sql: "UPDATE attempt SET pid = ?, process_start = ?, boot_id = ?",
        arguments: [own.pid, own.start, own.bootID])
    }
    try database.close()
    let failure = #expect(throws: StoreError.self) { _ = try Store(path: path, mode: .writing) }
    #expect(failure == .runInUse(runID: "r2", processID: own.pid, host: "laptop"))
  }
}
