import Foundation
import Testing
import Tracking

/// `wb rm`, `wb restore`, `wb gc`.
@Suite struct RemovingTests {
  private func finished() throws -> Workbench {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    return bench
  }

  /// The families in the tables of the report; the page quotes the sweep file too, which has both.
  private func reportedFamilies(_ bench: Workbench) throws -> Set<String> {
    try bench.done("report", "small")
    let rows = try bench.read("Reports/small/report.md").split(separator: "\n").filter { $0.hasPrefix("|") }
    return Set(["full-rank", "mean-field"].filter { family in rows.contains { $0.contains(family) } })
  }

  @Test("removed runs are in no listing, comparison or report, and restored they are what they were")
  func removeAndRestore() throws {
    let bench = try finished()
    let content = try ViewContent(try bench.store())
    let compared = try bench.done("compare", "--format", "json")
    #expect(try reportedFamilies(bench) == ["full-rank", "mean-field"])
    #expect(try bench.done("rm", "family = full-rank", "seed = 2") == "removed 8 runs\n")
    let kept = try bench.store().runs()
    #expect(kept.count == 4)
    #expect(kept.allSatisfy { $0.value(of: "family") == .text("mean-field") && $0.record.seed < 2 })
    #expect(!(try bench.done("ls", "--format", "csv")).contains("full-rank"))
    #expect(!(try bench.done("compare", "--format", "csv")).contains("full-rank"))
    #expect(try !reportedFamilies(bench).contains("full-rank"))
    #expect(CSV.rows(try bench.done("ls", "--removed", "--format", "csv")).count == 9)
    #expect(try bench.done("ls", "--sweeps", "--format", "csv").contains("small,4,4,"))
    #expect(try bench.done("restore", "seed = 2") == "restored 4 runs\n")
    #expect(try bench.done("restore", "--sweep", "small") == "restored 4 runs\n")
    #expect(try ViewContent(try bench.store()) == content)
    #expect(try bench.done("compare", "--format", "json") == compared)
  }

  @Test("a sweep that asks for a removed run executes it again, to the same bits")
  func again() throws {
    let bench = try finished()
    let content = try ViewContent(try bench.store())
    try bench.done("rm", "seed = 1")
    #expect(try bench.wb("plan", "sweep.yaml").errors.hasSuffix("12 runs, 4 to run\n"))
    #expect(try bench.done("run", "sweep.yaml").hasPrefix("small: 12 runs, 12 finished; 4 executed in "))
    #expect(try ViewContent(try bench.store()) == content)
    #expect(try bench.store().removedRuns().isEmpty)
  }

  @Test("ids name runs of any sweep, by enough of their start, and a removed one says how it comes back")
  func ids() throws {
    let bench = try finished()
    let id = try #require(try bench.store().runs().first).record.runID
    #expect(try bench.done("rm", String(id.prefix(10)), id) == "removed 1 run\n")
    let shown = try bench.wb("show", id)
    #expect(shown.code == 2)
    #expect(
      shown.errors
        == "wb: run \(id) was removed from \(bench.path("wb.sqlite")); 'wb restore \(id)' brings it back\n")
    #expect(try bench.done("restore", String(id.prefix(10))) == "restored 1 run\n")
    let unknown = try bench.wb("rm", "zzzz")
    #expect(unknown.code == 2)
    #expect(unknown.errors.contains("has no run 'zzzz'"))
  }

  @Test("--dry-run says what would be done and does nothing")
  func dryRun() throws {
    let bench = try finished()
    #expect(try bench.done("rm", "seed = 0", "--dry-run") == "would remove 4 runs\n")
    #expect(try bench.store().runs().count == 12)
    try bench.done("rm", "seed = 0")
    #expect(try bench.done("restore", "seed = 0", "--dry-run") == "would restore 4 runs\n")
    #expect(try bench.done("gc", "--all", "--dry-run").hasPrefix("would delete 4 removed runs and "))
    #expect(try bench.store().removedRuns().count == 4)
  }

  @Test("what was removed long enough ago is deleted, and nothing else")
  func collect() throws {
    let bench = try finished()
    let content = try ViewContent(try bench.store(), of: "seed > 0")
    try bench.done("rm", "seed = 0")
    #expect(
      try bench.done("gc").contains("deleted 0 removed runs; 0 bytes given back") == true,
      "thirty days are the default")
    #expect(
      try bench.done("gc", "--older-than", "1h").hasSuffix(
        "4 runs removed later, see --older-than and --all\n"))
    #expect(try bench.done("gc", "--all").hasPrefix("deleted 4 removed runs; "))
    #expect(try bench.wb("restore", "seed = 0").code != 0)
    #expect(try bench.store().removedRuns().isEmpty)
    #expect(try ViewContent(try bench.store()) == content)
    #expect(try bench.wb("doctor", "--full").code == 0)
    #expect(try bench.done("run", "sweep.yaml").hasPrefix("small: 12 runs, 12 finished; 4 executed in "))
  }

  @Test("checkpoints go with their runs, and stay with those that are kept")
  func checkpoints() throws {
    let bench = try Workbench(sweep: TrainedBench.ppca)
    try bench.write(TrainedBench.table(40), to: "table.csv")
    try bench.done("run", "sweep.yaml", "seeds=2")
    let runs = try bench.store().runs().map(\.record.runID)
    try bench.done("rm", runs[0])
    #expect(try bench.files(in: "wb.checkpoints").count == runs.count, "removed is not deleted")
    try bench.done("gc", "--all")
    #expect(
      try bench.files(in: "wb.checkpoints").keys.sorted()
        == runs.dropFirst().map { $0 + ".safetensors" }.sorted())
  }

  @Test("a run in execution is not removed")
  func running() throws {
    let bench = try Workbench(sweep: SampleSweep.long)
    let run = try bench.start(["run", "sweep.yaml", "-j", "1"])
    try bench.waitForFirstStep()
    let ended = try bench.wb("rm", "--sweep", "long")
    #expect(ended.code == 7)
    #expect(ended.errors.contains("is being executed by process \(run.process.processIdentifier) on "))
    run.send(SIGKILL)
    _ = try run.wait()
    #expect(try bench.wb("rm", "--sweep", "long").code == 0)
    #expect(try bench.wb("doctor").code == 0)
  }

  static let wrong: [(arguments: [String], code: Int32, words: String)] = [
    (["rm"], 2, "which runs? Name ids, a filter, or --sweep NAME for all of one"),
    (["restore"], 2, "which runs? Name ids, a filter, or --sweep NAME for all of one"),
    (["rm", "seed = 99"], 1, "wb: no run matches; see: wb ls"),
    (["rm", "sed = 1"], 2, "did you mean 'seed'?"), (["rm", "seed ="], 2, "expected a number"),
    (["rm", "--sweep", "smal"], 2, "has no sweep 'smal'; it has small"),
    (["restore", "seed = 1"], 1, "wb: no removed run matches; see: wb ls --removed"),
    (["gc", "--older-than", "soon"], 2, "The value 'soon' is invalid for '--older-than <age>'"),
    (["ls", "--sweeps", "--removed"], 2, "--sweeps and --removed are two listings; use one"),
  ]

  @Test("what cannot be meant is refused, and nothing is removed", arguments: wrong)
  func refused(arguments: [String], code: Int32, words: String) throws {
    let bench = try Finished.bench.get()
    let ended = try bench.start(arguments).wait()
    #expect(ended.code == code, "\(ended.errors)")
    #expect(ended.errors.contains(words), "\(ended.errors)")
    #expect(try bench.store().runs().count == 12)
  }
}
