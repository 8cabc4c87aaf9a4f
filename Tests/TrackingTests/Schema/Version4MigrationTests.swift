import Foundation
import GRDB
import Testing
import Tracking

@Suite struct Version4MigrationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The runs of version 3's store, in the tables of version 4: r1 with three steps whose elbo is 1, 2, NaN, and with one value of
  /// another metric, which says the same in version 4 as in any later one.
  private static let rows = """
    INSERT INTO sweep VALUES (1, 'first', 'one', 'name: first', '[]', 10);
    INSERT INTO cell VALUES (1, 'c1', 'gaussian', 'mean-field', 'elbo', 'joint-entropy', 'e', 'adam', 0.5, '{"a":1}');
    INSERT INTO run VALUES
      (1, 'r1', 1, 1, 0, 1, 'finished', 11, 12, NULL, NULL), (2, 'r2', 1, 1, 1, 1, 'running', 13, NULL, NULL, NULL);
    INSERT INTO sweep_run VALUES (1, 1, 1), (1, 2, 2);
    INSERT INTO attempt VALUES (1, '0.1.0', NULL, 'laptop', '', '', 'wb run a.yaml', 99999999, 1, 'boot', 11, 19, NULL);
    INSERT INTO run_attempt VALUES (1, 1, 1, 'finished', 11, 12, NULL), (2, 1, 1, 'running', 13, NULL, NULL);
    INSERT INTO outcome VALUES
      (1, 1, -12.5, NULL, NULL, NULL, NULL, NULL, NULL, 0.25, NULL, 1.5, NULL, 0, 20, NULL, '', 0);
    INSERT INTO block (run, first_step, stride, count, sealed, present, header, elbo, beta) VALUES
      (1, 0, 10, 3, 1, 257,
       x'3ff000000000000040000000000000007ff80000000000007ff800000000000000000000000000143fe00000000000003fe00000000000003ff80000000000003fe0000000000000ffffffffffffffff',
       x'3ff000000000000040000000000000007ff8000000000000', 0.5);
    INSERT INTO metric VALUES (11, 'ess');
    INSERT INTO series VALUES (1, 11, 20, 20, 1, 1, NULL, NULL, NULL, 0.25);
    INSERT INTO summary VALUES
      (1, 1, 3, 0, 20, 1, 2, NULL, NULL, 12, 20), (9, 1, 3, 0, 20, 0.5, 0.5, 0.5, 0.5, 0, NULL),
      (11, 1, 1, 20, 20, 0.25, 0.25, 0.25, 0.25, 0, NULL);
    """

  private func make(at path: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { database in
      try database.execute(sql: Version4Store.schema)
      try database.execute(sql: Self.rows)
    }
    try database.close()
  }

  @Test("a store of version 4 keeps its values as they are, and takes new ones of four bytes beside them")
  func values() throws {
    let path = folder.file()
    try make(at: path)
    let store = try Store(path: path, mode: .writing, settings: .fixed())
    let old: [[SQLValue]] = [
      [.integer(0), .number(1), .number(0.5), .null], [.integer(10), .number(2), .number(0.5), .null],
      [.integer(20), .null, .number(0.5), .null],
    ]
    let own = "SELECT step, elbo, beta, kl_prior FROM steps WHERE run_id = "
    #expect(try store.query(own + "'r1'").rows == old)
    #expect(try store.recoverAbandonedRuns().interrupted == ["r2"])
    let attempt = try store.beginAttempt(.sample)
    var columns = StepColumn.allCases.map { _ in StepBatch.Column.absent }
    columns[0] = .values([1, -2.5, .nan, .infinity])
    try store.write([
      .started(runID: "r2", attempt: attempt, at: 20),
      .steps(runID: "r2", StepBlock(StepBatch(firstStep: 0, stride: 1, count: 4, columns: columns))),
      .points(runID: "r2", metric: "ess", [1, 2, 3.5].enumerated().map { PointRecord(step: $0, value: $1) }),
      .ended(runID: "r2", .finished, at: 21),
    ])
    #expect(
      try store.query(own + "'r2'").rows.map { $0[1] } == [
        .number(1), .number(-2.5), .null, .number(.infinity),
      ])
    #expect(try store.query(own + "'r1'").rows == old)
    #expect(
      try store.query("SELECT run_id, step, value FROM points WHERE metric = 'ess' ORDER BY run_id, step")
        .rows == [
          [.text("r1"), .integer(20), .number(0.25)], [.text("r2"), .integer(0), .number(1)],
          [.text("r2"), .integer(1), .number(2)], [.text("r2"), .integer(2), .number(3.5)],
        ])
    #expect(
      try store.query("SELECT length(elbo) FROM block ORDER BY run").rows == [[.integer(24)], [.integer(16)]])
    #expect(try store.query("SELECT max(length(value)) FROM series WHERE count > 1").rows == [[.integer(12)]])
    #expect(try store.query("PRAGMA integrity_check").rows == [[.text("ok")]])
  }

  @Test("what the tables still refuse, a column of another length, they refuse after the migration")
  func constraint() throws {
    let path = folder.file()
    try make(at: path)
    try Store(path: path, mode: .writing).close()
    let database = try DatabaseQueue(path: path)
    for bytes in [4, 20, 32] {
      #expect(throws: DatabaseError.self) {
        try database.write { try $0.execute(sql: "UPDATE block SET elbo = zeroblob(?)", arguments: [bytes]) }
      }
    }
  }

  @Test("a store of version 4 that is only read, or whose process lives, stays as it is")
  func untouched() throws {
    let path = folder.file()
    try make(at: path)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    #expect(throws: StoreError.olderSchema(path: path, found: 4, needed: 6)) {
      _ = try Store(path: path, mode: .reading)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
    let own = ProcessIdentity.current
    let database = try DatabaseQueue(path: path)
    try database.write {
      try $0.execute(
        sql: "UPDATE attempt SET pid = ?, process_start = ?, boot_id = ?",
        arguments: [own.pid, own.start, own.bootID])
    }
    try database.close()
    #expect(throws: StoreError.runInUse(runID: "r2", processID: own.pid, host: "laptop")) {
      _ = try Store(path: path, mode: .writing)
    }
  }
}
