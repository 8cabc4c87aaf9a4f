import Foundation
import GRDB
import Testing
import Tracking

/// Some runs of a store come into another of the same process.
@Suite struct TakingTests {
  @Test func `chosen runs are taken with their numbers, a running one as interrupted, and others are left`()
    throws
  {
    let source = try SampleStore(runs: ["r1", "r2", "r3"])
    for id in ["r1", "r2"] {
      try source.store.write([
        .started(runID: id, attempt: source.attempt, at: 1),
        .steps(runID: id, .sample([.sample(0), .sample(1), .sample(2)])),
      ])
    }
    try source.store.write([.ended(runID: "r1", .finished, at: 2)])
    let target = try Store(privateAt: source.folder.file("shard.sqlite"))
    let report = try target.take(["r1", "r2"], from: source.store)
    #expect(report.new == ["r1", "r2"])
    #expect(try target.standings(of: ["r3"]) == [nil])
    try target.close()
    let taken = try Store(path: source.folder.file("shard.sqlite"), mode: .reading)
    #expect(
      try taken.query("SELECT run_id, status, steps FROM runs ORDER BY run_id").rows
        == [
          [.text("r1"), .text("finished"), .integer(2)], [.text("r2"), .text("interrupted"), .integer(2)],
        ])
    let query = "SELECT * FROM steps ORDER BY run_id, step"
    #expect(try taken.query(query).rows == source.store.query(query).rows)
    // It is another store's business still.
    #expect(try source.store.standings(of: ["r2"])[0]?.status == .running)
    let other = try Store(path: source.folder.file("all.sqlite"), mode: .writing)
    let shard = try ForeignStore(path: source.folder.file("shard.sqlite"), isUnchanging: true)
    #expect(try other.merge(shard).new == ["r1", "r2"])
    #expect(try other.merge(shard).new == [])
  }

  @Test func `a private store is one file when it is closed, and nobody else's while it is open`() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("private.sqlite")
    let store = try Store(privateAt: path)
    try store.register(.sample(), runs: [.sample("r1")])
    #expect(throws: StoreError.self) { try Store(path: path, mode: .reading, settings: .fixed()) }
    try store.close()
    let names = try FileManager.default.contentsOfDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    #expect(names.filter { $0.hasPrefix("private.") && !$0.hasSuffix("-journal") } == ["private.sqlite"])
    let mode = try DatabaseQueue(path: path).read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    #expect(mode == "delete")
  }
}
