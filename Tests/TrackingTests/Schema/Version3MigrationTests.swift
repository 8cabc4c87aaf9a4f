import Foundation
import GRDB
import Testing
import Tracking

@Suite struct Version3MigrationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A removed and tagged run with 70 points of a metric whose first is NaN, the others at step × step; and a run that was left
  /// running, with none.
  static let rows = """
    INSERT INTO sweep VALUES (1, 'first', 'one', 'name: first', '[]', 10);
    INSERT INTO cell VALUES (1, 'c1', 'gaussian', 'mean-field', 'elbo', 'joint-entropy', 'e', 'adam', 0.5, '{"a":1}');
    INSERT INTO parameter VALUES (1, 'a');
    INSERT INTO cell_parameter VALUES (1, 0, 1, 1);
    INSERT INTO run VALUES
      (1, 'r1', 1, 1, 0, 1, 'diverged', 11, 12, 'NaN', NULL), (2, 'r2', 1, 1, 1, 1, 'running', 13, NULL, NULL, NULL),
      (3, 'r3', 1, 1, 2, 1, 'failed', 13, 14, 'why', 15);
    INSERT INTO sweep_run VALUES (1, 1, 1), (1, 2, 2), (1, 3, 3);
    INSERT INTO attempt VALUES (1, '0.1.0', NULL, 'laptop', '', '', 'wb run a.yaml', 99999999, 1, 'boot', 11, 19, NULL);
    INSERT INTO run_attempt VALUES
      (1, 1, 1, 'diverged', 11, 12, 'NaN'), (2, 1, 1, 'running', 13, NULL, NULL), (3, 1, 1, 'failed', 13, 14, 'why');
    INSERT INTO outcome VALUES
      (1, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1.5, NULL, 0, 4761, NULL, '', 0),
      (3, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 1.5, NULL, 0, 0, NULL, '', 0);
    INSERT INTO metric VALUES (1, 'ess'), (2, 'other');
    INSERT INTO point
      WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 69)
      SELECT 1, 2, n * n, CASE WHEN n > 0 THEN n / 4.0 END FROM n;
    INSERT INTO tag VALUES (1, 'good');
    INSERT INTO note VALUES (1, 'look');
    """

  private func make(at path: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { database in
      try database.execute(sql: Version3Store.schema)
      try database.execute(sql: Self.rows)
    }
    try database.close()
  }

  @Test("a store of version 3 keeps its points, tags, notes and removed runs, and is summarised")
  func values() throws {
    let path = folder.file()
    try make(at: path)
    let store = try Store(path: path, mode: .writing)
    let points = try store.series(of: "other", runID: "r1")
    #expect(points.map(\.step) == (0..<70).map { $0 * $0 })
    #expect(points[0].value.isNaN)
    #expect(points.dropFirst().map(\.value) == (1..<70).map { Double($0) / 4 })
    #expect(
      try store.query("SELECT step, value FROM points WHERE run_id = 'r1' LIMIT 3").rows == [
        [.integer(0), .null], [.integer(1), .number(0.25)], [.integer(4), .number(0.5)],
      ])
    #expect(
      try store.query(
        "SELECT run_id, metric, count, last_step, minimum, last, first_non_finite_step FROM summaries"
      ).rows
        == [
          [
            .text("r1"), .text("other"), .integer(70), .integer(4761), .number(0.25), .number(17.25),
            .integer(0),
          ]
        ])
    #expect(
      try store.query("SELECT run_id, tags, note FROM runs").rows == [
        [.text("r1"), .text(#"["good"]"#), .text("look")], [.text("r2"), .null, .null],
      ])
    #expect(try store.recoverAbandonedRuns().interrupted == ["r2"])
    #expect(try store.removedRuns().map(\.record.runID) == ["r3"])
    try store.restore(["r3"])
    #expect(try Store.examine(path: path, thoroughly: true).filter { $0.gravity == .damage } == [])
  }

  @Test("a run of a living process keeps its store at the version that the process knows")
  func living() throws {
    let path = folder.file()
    try make(at: path)
    let own = ProcessIdentity.current
    let database = try DatabaseQueue(path: path)
    try database.write {
      try $0.execute(
        sql: "UPDATE attempt SET pid = ?, process_start = ?, boot_id = ?",
        arguments: [own.pid, own.start, own.bootID])
    }
    try database.close()
    let failure = #expect(throws: StoreError.self) { _ = try Store(path: path, mode: .writing) }
    #expect(failure == .runInUse(runID: "r2", processID: own.pid, host: "laptop"))
  }
}
