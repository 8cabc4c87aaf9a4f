import GRDB
import Testing
import Tracking

@Suite struct QueryTests {
  private func sample() throws -> SampleStore {
    let sample = try SampleStore()
    try sample.store.write([
      .started(runID: "r1", attempt: sample.attempt, at: 1),
      .steps(runID: "r1", .sample((0..<100).map { .sample($0) })),
    ])
    return sample
  }

  @Test("a query gives its columns and values by type")
  func values() throws {
    let sample = try sample()
    let result = try sample.store.query("SELECT 1 AS a, 2.0 AS b, 'x' AS c, NULL, x'00ff' AS e")
    #expect(result.columns == ["a", "b", "c", "NULL", "e"])
    #expect(result.rows == [[.integer(1), .number(2), .text("x"), .null, .blob([0, 255])]])
    #expect(!result.isTruncated)
  }

  @Test("a limit cuts the rows and says so; without rows the columns remain")
  func limit() throws {
    let sample = try sample()
    let result = try sample.store.query("SELECT step FROM steps", limit: 3)
    #expect(result.rows == [[.integer(0)], [.integer(1)], [.integer(2)]])
    #expect(result.isTruncated)
    #expect(try !sample.store.query("SELECT step FROM steps", limit: 100).isTruncated)
    #expect(try sample.store.query("SELECT step FROM steps WHERE step < 0").columns == ["step"])
  }

  @Test(
    "reading statements are run",
    arguments: [
      "WITH t(x) AS (VALUES (1), (2)) SELECT sum(x) FROM t", "VALUES (1)",
      "EXPLAIN QUERY PLAN SELECT * FROM runs",
      "EXPLAIN SELECT 1", "PRAGMA table_info(runs)", "SELECT name FROM pragma_table_info('runs')",
      "PRAGMA user_version", "PRAGMA integrity_check", "SELECT value FROM json_each('[1, 2]')",
      "SELECT json_extract(config, '$.family') FROM runs", "SELECT 1; ", "-- why\nSELECT exp(1.0)",
    ])
  func allowed(sql: String) throws {
    let sample = try sample()
    #expect(try !sample.store.query(sql).rows.isEmpty)
  }

  @Test(
    "statements that could write are refused",
    arguments: [
      "DELETE FROM run", "INSERT INTO sweep (name) VALUES ('x')", "UPDATE run SET seed = 1", "DROP VIEW runs",
      "CREATE TABLE t (x)", "CREATE TEMP TABLE t (x)", "ATTACH '/tmp/other.sqlite' AS other", "BEGIN",
      "VACUUM",
      "VACUUM INTO '/tmp/copy.sqlite'", "PRAGMA user_version = 9", "PRAGMA query_only = 0",
      "PRAGMA journal_mode = DELETE", "PRAGMA wal_checkpoint", "PRAGMA writable_schema = 1", "REINDEX",
      "ANALYZE",
      "SELECT load_extension('x')",
      "WITH t AS (SELECT 1) DELETE FROM run", "EXPLAIN DELETE FROM run", "ATTACH ':memory:' AS other",
      "DETACH main", "SAVEPOINT s", "COMMIT", "ALTER TABLE run ADD COLUMN x",
      "REPLACE INTO run (run) VALUES (1)",
      "CREATE TRIGGER t AFTER INSERT ON run BEGIN SELECT 1; END", "CREATE INDEX i ON run (seed)",
      "PRAGMA main.user_version = 1", "PRAGMA query_only(0)", "PRAGMA trusted_schema = 1",
      "PRAGMA incremental_vacuum", "PRAGMA optimize", "PRAGMA temp_store_directory = '/tmp'",
      "PRAGMA hard_heap_limit = 1", "PRAGMA mmap_size = 1000000", "PRAGMA foreign_keys = 0",
      "SELECT 1 UNION SELECT load_extension('x', 'y')",
    ])
  func refused(sql: String) throws {
    let sample = try sample()
    let failure = #expect(throws: StoreError.self) { _ = try sample.store.query(sql) }
    #expect(
      failure?.description
        == "'\(sql)' is refused: the store is only read here; use SELECT, WITH, VALUES, EXPLAIN or PRAGMA "
        + "table_info")
    #expect(try sample.folder.names().filter { !$0.hasPrefix("wb.sqlite") } == [])
  }

  @Test(
    "a statement that is wrong is answered with SQLite's message",
    arguments: [
      ("SELECT * FROM trials", "'SELECT * FROM trials': no such table: trials"),
      ("SELEC 1", "'SELEC 1': near \"SELEC\": syntax error"),
      ("SELECT elbos FROM runs", "'SELECT elbos FROM runs': no such column: elbos"),
      (
        "UPDATE sqlite_master SET sql = ''",
        "'UPDATE sqlite_master SET sql = ''': table sqlite_master may not be modified"
      ),
      ("SELECT ?", "'SELECT ?': wrong number of statement arguments: 0"),
      ("  ", "'  ': empty statement"),
      ("SELECT 1; SELECT 2", "'SELECT 1; SELECT 2' is several statements; give one"),
      ("SELECT 1; DROP TABLE run", "'SELECT 1; DROP TABLE run' is several statements; give one"),
      ("SELECT abs(-9223372036854775808)", "'SELECT abs(-9223372036854775808)': integer overflow"),
    ])
  func invalid(sql: String, text: String) throws {
    let sample = try sample()
    let failure = #expect(throws: StoreError.self) { _ = try sample.store.query(sql) }
    #expect(failure?.description == text)
  }

  @Test(
    "a statement without an end is stopped when its time is over, with rows and without",
    arguments: [
      "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c",
      "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0",
      "SELECT count(*) FROM place a, place b, place c, place d",
    ])
  func endless(sql: String) throws {
    let sample = try sample()
    let failure = #expect(throws: StoreError.self) { _ = try sample.store.query(sql, within: 0.05) }
    #expect(failure == .slowQuery(sql: sql, seconds: 0.05))
    #expect(
      failure?.description
        == "'\(sql)' took longer than 0.05 s and was stopped; give it more with --timeout, or less to do, as with run_id = "
        + "'...' or LIMIT")
    #expect(try sample.store.query("SELECT count(*) FROM steps", within: 60).rows == [[.integer(100)]])
  }

  @Test("a statement that makes one value of the machine's memory is refused")
  func huge() throws {
    let sample = try sample()
    let sql = "SELECT length(hex(zeroblob(900000000)))"
    #expect(throws: StoreError.invalidQuery(sql: sql, message: "string or blob too big")) {
      _ = try sample.store.query(sql)
    }
  }

  @Test("an error of the caller passes through as it is")
  func callerError() throws {
    struct Stop: Error {}
    let sample = try sample()
    #expect(throws: Stop.self) {
      try sample.store.query("SELECT 1", columns: { _ in throw Stop() }, row: { _ in true })
    }
  }
}
