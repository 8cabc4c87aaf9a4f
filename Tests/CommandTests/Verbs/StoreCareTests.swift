import Foundation
import Testing
import Tracking

/// `wb doctor` and `wb backup`.
@Suite struct StoreCareTests {
  @Test(
    "every sweep of ours leaves a store that the doctor calls sound",
    arguments: [
      SampleSweep.small, SampleSweep.diverging, SampleSweep.learned,
    ])
  func sound(sweep: String) throws {
    let bench = try Workbench(sweep: sweep)
    try bench.wb("run", "sweep.yaml")
    let ended = try bench.wb("doctor", "--full", "--format", "json")
    #expect(ended.code == 0, "\(ended.output)\(ended.errors)")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(ended.output.utf8)) as? [[String: Any]])
    for row in rows {
      let state = row["state"] as? String ?? ""
      #expect(["ok", "note"].contains(state) || row["check"] as? String == "blocks", "\(row)")
    }
  }

  @Test("after a kill the doctor names the runs that nobody executes, and after the next run it does not")
  func killed() throws {
    let bench = try Workbench(sweep: SampleSweep.long)
    let run = try bench.start(["run", "sweep.yaml", "-j", "1"])
    try bench.waitForFirstStep()
    run.send(SIGKILL)
    _ = try run.wait()
    let ended = try bench.wb("doctor", "--full", "--format", "csv")
    #expect(ended.code == 0)
    #expect(ended.output.contains("of process \(run.process.processIdentifier) on "))
    #expect(ended.output.contains("that a process left behind; a copy needs both files"))
    try bench.done("run", "sweep.yaml", "steps=10")
    #expect(!(try bench.done("doctor", "--format", "csv")).contains("of process"))
  }

  @Test("a damaged store exits with 7, and each line says what to do")
  func damaged() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    let path = bench.folder.appending(path: "wb.sqlite")
    var bytes = try Data(contentsOf: path)
    let middle = bytes.count / 2
    bytes.replaceSubrange(middle..<middle + 20_000, with: Data(repeating: 0xAB, count: 20_000))
    try bytes.write(to: path)
    let ended = try bench.wb("doctor", "--format", "csv")
    #expect(ended.code == 7)
    #expect(ended.errors.hasPrefix("wb: wb.sqlite is damaged: "))
    let damages = CSV.rows(ended.output).filter { $0[1] == "damage" }
    #expect(!damages.isEmpty)
    #expect(damages.allSatisfy { !$0[3].isEmpty && !$0[4].isEmpty })
    for verb in [
      ["ls"], ["compare"], ["show", "a"], ["run", "sweep.yaml"], ["sql", "SELECT sum(elbo) FROM steps"],
    ] {
      // An answer or an error, and no crash: those end with 128 and more.
      #expect(try bench.start(verb).wait().code < 128)
    }
    try bytes.prefix(bytes.count / 3 / 8192 * 8192).write(to: path)
    let cut = try bench.wb("doctor")
    #expect(cut.code == 7)
    #expect(cut.output.contains("its end is missing"))
    #expect(try bench.wb("ls").code == 7)
  }

  @Test("a backup while a sweep is executed is sound, and goes on where the sweep was")
  func backup() throws {
    let bench = try Workbench(sweep: SampleSweep.long)
    let run = try bench.start(["run", "sweep.yaml", "-j", "1"])
    try bench.waitForFirstStep()
    let text = try bench.done("backup", "copy.sqlite")
    #expect(text.hasSuffix(", examined and sound\n"))
    run.send(SIGINT)
    #expect([0, 75].contains(try run.wait().code))
    #expect(try bench.wb("doctor", "--full", "--store", "copy.sqlite").code == 0)
    try bench.done("run", "sweep.yaml")
    try bench.done("run", "sweep.yaml", "--store", "copy.sqlite")
    #expect(try ViewContent(try bench.store()) == ViewContent(try bench.store("copy.sqlite")))
  }

  @Test("checkpoints go along, a copy that is there stays, and --force replaces it")
  func checkpoints() throws {
    let bench = try Workbench(sweep: TrainedBench.ppca)
    try bench.write(TrainedBench.table(40), to: "table.csv")
    try bench.done("run", "sweep.yaml")
    try FileManager.default.createDirectory(
      at: bench.folder.appending(path: "it's a disk"), withIntermediateDirectories: false)
    #expect(try bench.done("backup", "it's a disk").hasPrefix("it's a disk/wb.sqlite: "))
    #expect(try bench.files(in: "it's a disk/wb.checkpoints") == bench.files(in: "wb.checkpoints"))
    let again = try bench.wb("backup", "it's a disk")
    #expect(again.code == 7)
    #expect(again.errors.contains("is there already; name another file, or replace it with --force"))
    try bench.done("backup", "it's a disk", "--force")
    try bench.done("backup")
    let copies = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path).filter {
      $0.hasPrefix("wb-") && $0.hasSuffix("Z.sqlite")
    }
    #expect(copies.count == 1)
    #expect(try bench.wb("backup", "wb.sqlite", "--force").errors.contains("cannot be its own backup"))
    #expect(try bench.wb("backup", "nowhere/x.sqlite").code == 7)
  }
}
