import Foundation
import GRDB
import Testing
import Tracking

@Suite struct Version2MigrationTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A finished run of three steps and one that was left running; elbo is 1, 2, NaN, beta 0.5 throughout. The header has
  /// minimum, maximum, sum, last and the first step that is not finite.
  static let rows = """
    INSERT INTO sweep VALUES (1, 'first', 'one', 'name: first', '[]', 10);
    INSERT INTO cell VALUES (1, 'c1', 'gaussian', 'mean-field', 'elbo', 'joint-entropy', 'e', 'adam', 0.5, '{"a":1}');
    INSERT INTO parameter VALUES (1, 'a');
    INSERT INTO cell_parameter VALUES (1, 0, 1, 1);
    INSERT INTO run VALUES
      (1, 'r1', 1, 1, 0, 1, 'finished', 11, 12, NULL), (2, 'r2', 1, 1, 1, 1, 'running', 13, NULL, NULL);
    INSERT INTO sweep_run VALUES (1, 1, 1), (1, 2, 2);
    INSERT INTO attempt VALUES (1, '0.1.0', NULL, 'laptop', '', '', 'wb run a.yaml', 99999999, 1, 'boot', 11, 19, NULL);
    INSERT INTO run_attempt VALUES (1, 1, 1, 'finished', 11, 12, NULL), (2, 1, 1, 'running', 13, NULL, NULL);
    INSERT INTO outcome VALUES
      (1, 1, -12.5, NULL, NULL, NULL, NULL, NULL, NULL, 0.25, NULL, 1.5, NULL, 0, 20, NULL, '', 0);
    INSERT INTO block (run, first_step, stride, count, sealed, present, header, elbo, beta) VALUES
      (1, 0, 10, 3, 1, 257,
       x'3ff000000000000040000000000000007ff80000000000007ff800000000000000000000000000143fe00000000000003fe00000000000003ff80000000000003fe0000000000000ffffffffffffffff',
       x'3ff000000000000040000000000000007ff8000000000000', 0.5);
    INSERT INTO metric VALUES (1, 'ess');
    INSERT INTO point VALUES (1, 1, 0, NULL), (1, 1, 20, 0.25);
    """

  private func make(at path: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { database in
      try database.execute(sql: Version2Store.schema)
      try database.execute(sql: Self.rows)
    }
    try database.close()
  }

  @Test("a store of version 2 keeps its runs, steps and points, and can remove and tag them")
  func values() throws {
    let path = folder.file()
    try make(at: path)
    let store = try Store(path: path, mode: .writing)
    #expect(
      try store.query("SELECT step, elbo, beta, kl_prior FROM steps WHERE run_id = 'r1'").rows == [
        [.integer(0), .number(1), .number(0.5), .null], [.integer(10), .number(2), .number(0.5), .null],
        [.integer(20), .null, .number(0.5), .null],
      ])
    #expect(
      try store.series(of: "elbo", runID: "r1").map(\.value.bitPattern)
        == ([1, 2, .nan] as [Double]).map(\.bitPattern))
    #expect(
      try store.query("SELECT count(*), count(value) FROM points WHERE metric = 'ess'").rows == [
        [.integer(2), .integer(1)]
      ])
    #expect(try store.run("r1").outcome?.yardstick?.elbo == -12.5)
    #expect(try store.recoverAbandonedRuns().interrupted == ["r2"])
    try store.tag(["r1"], with: ["good"])
    try store.remove(["r2"])
    #expect(
      try store.query("SELECT run_id, tags, note FROM runs").rows == [
        [.text("r1"), .text(#"["good"]"#), .null]
      ])
    #expect(try Store.examine(path: path, thoroughly: true).filter { $0.gravity == .damage } == [])
  }

  @Test("a store of version 2 that is only read stays as it is, and the error says what to do")
  func onlyRead() throws {
    let path = folder.file()
    try make(at: path)
    let before = try Data(contentsOf: URL(fileURLWithPath: path))
    let failure = #expect(throws: StoreError.self) { _ = try Store(path: path, mode: .reading) }
    #expect(failure == .olderSchema(path: path, found: 2, needed: 6))
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
  }

  @Test("what is collected of an older store is given back, and from then on page by page")
  func collecting() throws {
    let path = folder.file()
    try make(at: path)
    let store = try Store(path: path, mode: .writing)
    try store.remove(["r1"])
    let report = try store.collect(["r1"])
    #expect(report.runIDs == ["r1"])
    #expect(report.freeBytes == 0)
  }
}
