import Foundation
import Testing
import Tracking

/// `wb merge`, as it is typed.
@Suite struct MergeCommandTests {
  private static let sweep = """
    name: shared
    run: {model: eight-schools, steps: 40, samples: 2}
    sweep: {family: [mean-field, full-rank]}
    seeds: 4
    """

  @Test("two shards merge into the store of the whole sweep, and again into the same")
  func shards() throws {
    let bench = try Workbench(sweep: Self.sweep)
    try bench.done("run", "sweep.yaml", "--shard", "1/2", "--store", "a.sqlite")
    try bench.done("run", "sweep.yaml", "--shard", "2/2", "--store", "b.sqlite")
    try bench.done("run", "sweep.yaml", "--store", "whole.sqlite")
    #expect(
      try bench.done("merge", "a.sqlite", "b.sqlite", "--dry-run", "--store", "all.sqlite").hasPrefix(
        "a.sqlite: would merge"))
    #expect(!bench.exists("all.sqlite"))
    try bench.done("merge", "a.sqlite", "b.sqlite", "--store", "all.sqlite")
    #expect(try ViewContent(bench.store("all.sqlite")) == ViewContent(bench.store("whole.sqlite")))
    #expect(try bench.wb("plan", "sweep.yaml", "--store", "all.sqlite").errors.contains(" 0 to run"))
    let again = try bench.wb("merge", "whole.sqlite", "--store", "all.sqlite")
    #expect(again.code == 0 && again.output == "whole.sqlite: 8 runs: 8 the same\n" && again.errors.isEmpty)
  }

  @Test("different numbers are reported and exit with 1, refused stores with 7, each after all the others")
  func trouble() throws {
    let bench = try Workbench(sweep: Self.sweep)
    try bench.done("run", "sweep.yaml")
    for name in ["b", "c"] { try bench.done("backup", "\(name).sqlite") }
    func change(_ name: String, _ sql: String) throws {
      #expect(try bench.start([bench.path(name), sql], program: "/usr/bin/sqlite3").wait().code == 0)
    }
    guard FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3") else { return }
    let id = try #require(bench.store().runs().first).record.runID
    try change(
      "b.sqlite", "UPDATE outcome SET elbo = 1 WHERE run = (SELECT run FROM run WHERE run_id = '\(id)')")
    try change("c.sqlite", "CREATE TRIGGER t AFTER INSERT ON run BEGIN DELETE FROM outcome; END")
    let different = try bench.wb("merge", "b.sqlite")
    #expect(different.code == 1 && different.output == "b.sqlite: 8 runs: 7 the same, 1 different\n")
    #expect(different.errors.hasPrefix("wb: run \(id): its final elbo is -"))
    #expect(different.errors.hasSuffix(" here and 1 in b.sqlite; it stays as it is here\n"))
    let refused = try bench.wb("merge", "c.sqlite", "b.sqlite", "--store", "new.sqlite")
    #expect(refused.code == 7 && refused.output == "b.sqlite: 8 runs: 8 new\n")
    #expect(refused.errors.contains("the trigger t is not of wb's making"))
    #expect(try bench.wb("merge", "none.sqlite").code == 7)
    #expect(try bench.wb("merge").code == 2)
  }

  @Test("checkpoints come along, once, and links do not")
  func checkpoints() throws {
    let bench = try Workbench(sweep: Self.sweep)
    try bench.done("run", "sweep.yaml", "--store", "a.sqlite")
    let ids = try bench.store("a.sqlite").runs().map(\.record.runID)
    let folder = bench.folder.appending(path: "a.checkpoints")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try bench.write("one", to: "a.checkpoints/\(ids[0]).safetensors")
    try bench.write("foreign", to: "a.checkpoints/other.safetensors")
    try FileManager.default.createSymbolicLink(
      atPath: folder.appending(path: "\(ids[1]).safetensors").path, withDestinationPath: "/etc/hostname")
    #expect(
      try bench.done("merge", "a.sqlite", "--store", "b.sqlite") == "a.sqlite: 8 runs: 8 new; 1 checkpoint\n")
    #expect(try bench.files(in: "b.checkpoints").keys.sorted() == ["\(ids[0]).safetensors"])
    #expect(try bench.done("merge", "a.sqlite", "--store", "b.sqlite") == "a.sqlite: 8 runs: 8 the same\n")
  }
}
