import Foundation
import GRDB
import Testing
import Tracking

/// Stores that nobody vouches for.
@Suite struct ForeignStoreTests {
  private let folder: TemporaryFolder
  private let path: String

  /// A store of two finished runs.
  init() throws {
    let sample = try SampleStore(runs: ["r1", "r2"])
    for run in ["r1", "r2"] {
      try sample.store.write([
        .started(runID: run, attempt: sample.attempt, at: 1),
        .steps(runID: run, .sample((0...2).map { .sample($0) })), .ended(runID: run, .finished, at: 3),
      ])
    }
    try sample.store.close()
    folder = sample.folder
    path = sample.store.path
  }

  private func change(_ sql: String) throws {
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { try $0.execute(sql: sql) }
    try database.close()
  }

  /// Merges into a new store, and expects that nothing has landed in it where that is refused.
  private func refusal() throws -> String? {
    let target = folder.file("target.sqlite")
    let store = try Store(path: target, mode: .writing)
    defer { try? store.close() }
    do {
      _ = try store.merge(ForeignStore(path: path))
      return nil
    } catch {
      #expect(try store.sweeps().isEmpty && store.runs().isEmpty)
      return "\(error)"
    }
  }

  static let foreign = [
    (
      "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM run; END", "the trigger t is not of wb's making"
    ),
    ("CREATE VIEW v AS SELECT 1", "the view v is not of wb's making"),
    ("CREATE TABLE mine (x)", "the table mine is not of wb's making"),
    ("CREATE INDEX i ON run (abs(seed))", "the index i is not of wb's making"),
    ("DROP INDEX run_cell", "the index run_cell is missing"),
    (
      "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = sql || ' ' WHERE name = 'points'",
      "the view points is not the one that wb made"
    ),
  ]

  @Test("a schema with anything that wb did not make is refused, and says what", arguments: foreign)
  func schema(sql: String, what: String) throws {
    try change(sql)
    #expect(
      try refusal()
        == "\(path) is not taken as a store of somebody else's: \(what); look at it with 'wb doctor', and drop what "
        + "you did not make")
  }

  static let damages = [
    "UPDATE run SET run_id = '../../etc/passwd' WHERE run = 1", "UPDATE run SET run_id = 'a b' WHERE run = 1",
    "UPDATE sweep SET name = 'a' || char(0) || 'b'", "UPDATE sweep SET overrides = '{}'",
    "PRAGMA foreign_keys = OFF; DELETE FROM cell", "DELETE FROM outcome WHERE run = 1",
    "PRAGMA foreign_keys = OFF; DELETE FROM run_attempt", "UPDATE block SET header = x'00' WHERE run = 2",
    "UPDATE block SET first_step = 1 << 60 WHERE run = 2", "DELETE FROM place",
    "INSERT INTO block SELECT run, first_step + 1, stride, count, sealed, present, header, envelope, elbo, objective, reconstruction, kl_prior, kl_posterior, log_joint, entropy, log_evidence, beta, grad_norm FROM block",
    "PRAGMA ignore_check_constraints = ON; UPDATE run SET status = 'fine' WHERE run = 1",
    "PRAGMA ignore_check_constraints = ON; UPDATE outcome SET steps = -1 WHERE run = 1",
    "PRAGMA ignore_check_constraints = ON; UPDATE block SET count = 0 WHERE run = 1",
    "PRAGMA ignore_check_constraints = ON; UPDATE cell SET config = 'not json'",
  ]

  @Test("a store in which something is damaged is refused as a whole", arguments: damages)
  func damage(sql: String) throws {
    try change(sql)
    #expect(try refusal()?.contains("is damaged (") == true)
  }

  @Test(
    "bytes that were changed at random are refused, or merged into a store that is sound", arguments: 1...60)
  func bytes(seed: UInt64) throws {
    var random = RandomBits(state: seed)
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    for _ in 0..<Int.random(in: 1...40, using: &random) {
      // Nearly all of the file are tables that never change: the rows are in the pages after them.
      let place = Int.random(in: 0..<bytes.count, using: &random)
      bytes[place] = UInt8.random(in: 0...255, using: &random)
    }
    if seed % 5 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    _ = try refusal()
    let findings = try Store.examine(path: folder.file("target.sqlite"), thoroughly: true)
    #expect(findings.filter { $0.gravity == .damage } == [])
  }

  @Test(
    "a store of every older version is read from a copy that is brought up to date, and stays as it is",
    arguments: [1, 2, 3])
  func older(version: Int) throws {
    let old = folder.file("old.sqlite")
    let file = try DatabaseQueue(path: old)
    try Store.empty(ofVersion: version).backup(to: file)
    try file.writeWithoutTransaction { database in
      switch version {
      case 1: try MigrationTests.fill(database)
      case 2: try database.execute(sql: Version2MigrationTests.rows)
      default: try database.execute(sql: Version3MigrationTests.rows)
      }
    }
    try file.close()
    let upToDate = folder.file("up-to-date.sqlite")
    try FileManager.default.copyItem(atPath: old, toPath: upToDate)
    let expected = try Store(path: upToDate, mode: .writing)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: old))
    let store = try Store(path: folder.file("target.sqlite"), mode: .writing)
    let merged = try store.merge(ForeignStore(path: old)).new
    #expect(merged.contains("r1"))
    let present = Set(try expected.runs().map(\.record.runID))
    for id in merged.filter(present.contains) {
      #expect(StepBits.all(try store.batches(of: id)) == StepBits.all(try expected.batches(of: id)))
      #expect(try store.run(id).record == expected.run(id).record)
    }
    let outcomes = "SELECT * FROM runs WHERE status <> 'running' AND status <> 'interrupted'"
    #expect(try store.query(outcomes).rows == expected.query(outcomes).rows)
    let ended =
      "SELECT run_id, metric, step, value FROM points WHERE run_id = 'r1' AND metric NOT IN ('objective')"
    #expect(try store.query(ended).rows == expected.query(ended).rows)
    #expect(try !store.query(ended).rows.isEmpty)
    #expect(try Data(contentsOf: URL(fileURLWithPath: old)) == bytes)
    #expect(try folder.names().filter { $0.hasPrefix("old") } == ["old.sqlite"])
  }

  @Test("a file that is no store is refused")
  func noStore() throws {
    let other = folder.file("other.sqlite")
    let database = try DatabaseQueue(path: other)
    try database.writeWithoutTransaction { try $0.execute(sql: "CREATE TABLE t (x)") }
    #expect(throws: StoreError.otherApplication(path: other, applicationID: 0, tables: ["t"])) {
      try ForeignStore(path: other)
    }
    try Data("no database, though long enough to be one: \(String(repeating: "-", count: 1000))".utf8)
      .write(to: URL(fileURLWithPath: folder.file("text")))
    #expect(throws: StoreError.notADatabase(path: folder.file("text"))) {
      try ForeignStore(path: folder.file("text"))
    }
    #expect(throws: StoreError.missing(path: folder.file("none"))) {
      try ForeignStore(path: folder.file("none"))
    }
  }
}
