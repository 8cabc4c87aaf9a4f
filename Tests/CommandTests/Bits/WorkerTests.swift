import Foundation
import Testing
import Tracking

/// Workers that share a folder.
@Suite struct WorkerTests {
  /// A second or so in all, with checkpoints after a few milliseconds.
  private static let sweep = """
    name: shared
    checkpoint_seconds: 0.02
    run:
      model: eight-schools
      samples: 8
      steps: 120000
      record: {every: 61}
    sweep:
      family: [mean-field, full-rank]
      optimizer: [adam, {adam: {schedule: cosine, average: 0.9, clip_norm: 10}}]
    seeds: 2
    """

  private static let whole = Result {
    let bench = try Workbench(sweep: sweep)
    try bench.done("run", "sweep.yaml", "checkpoint_seconds=0")
    return try ViewContent(try bench.store())
  }

  private static let small = Result {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    return try ViewContent(try bench.store())
  }

  private static func wait(for what: String, isThere: () throws -> Bool) throws {
    for _ in 0..<2000 {
      if try isThere() { return }
      Thread.sleep(forTimeInterval: 0.01)
    }
    Issue.record("there was not \(what) within 20 s")
  }

  private static let worker = ["worker", "sweep.yaml", "--shared", "pool", "-j", "1"]

  @Test("workers that share a folder bring back the store that one process writes", arguments: [1, 3])
  func together(count: Int) throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    let ended = try (0..<count).map { _ in try bench.start(Self.worker) }.map { try $0.wait() }
    for one in ended { #expect(one.code == 0, "\(one.errors)") }
    #expect(
      try bench.done("collect", "sweep.yaml", "--shared", "pool").hasPrefix(
        "small: 12 runs, 12 finished; nothing is missing; 12 new in "))
    #expect(try ViewContent(try bench.store()) == Self.small.get())
    let positions = "SELECT run_id FROM sweep_run JOIN run USING (run) ORDER BY position"
    let other = try Workbench(sweep: SampleSweep.small)
    try other.done("run", "sweep.yaml")
    #expect(try bench.store().query(positions).rows == other.store().query(positions).rows)
    #expect(
      try bench.done("collect", "sweep.yaml", "--shared", "pool").hasPrefix(
        "small: 12 runs, 12 finished; nothing is missing; 0 new in "))
  }

  @Test(
    "a worker that is stopped leaves checkpoints, and another goes on to the same bits",
    arguments: [SIGTERM, SIGUSR1])
  func stopped(signal: Int32) throws {
    // Where nothing was under way when it stopped, there is nothing to go on with.
    for _ in 0..<5 where try goesOn(after: signal) { return }
    Issue.record("of five workers none was stopped in the middle of a run")
  }

  /// Whether the second of two workers has gone on with a run of the first.
  private func goesOn(after signal: Int32) throws -> Bool {
    let bench = try Workbench(sweep: Self.sweep)
    let first = try bench.start(Self.worker + ["--lease", "1"])
    try Self.wait(for: "steps of a run") {
      try bench.wb("status", "--shared", "pool", "--format", "json").output.contains("\"step\"")
    }
    first.send(signal)
    let ended = try first.wait()
    #expect(ended.code == 75, "\(ended.output)\(ended.errors)")
    #expect(ended.errors.hasSuffix("wb: interrupted; go on with the same command, here or elsewhere\n"))
    let collected = try bench.wb("collect", "sweep.yaml", "--shared", "pool", "--store", "part.sqlite")
    #expect(collected.code == 75)
    #expect(collected.errors.contains(" not there yet: "))
    let second = try bench.start(Self.worker).wait()
    #expect(second.code == 0, "\(second.errors)")
    #expect(second.output.contains("; every run of the sweep is done\n"))
    try bench.done("collect", "sweep.yaml", "--shared", "pool")
    #expect(try ViewContent(try bench.store()) == Self.whole.get())
    // Nobody else could have left something to go on from.
    return try !bench.store().query("SELECT 1 FROM run WHERE attempts > 1").rows.isEmpty
  }

  @Test("what a killed worker had claimed others do when its lease is over")
  func killed() throws {
    let bench = try Workbench(sweep: Self.sweep)
    let first = try bench.start(Self.worker + ["--lease", "1"])
    try Self.wait(for: "a worker") { bench.exists("pool/workers") }
    Thread.sleep(forTimeInterval: 0.3)
    first.send(SIGKILL)
    _ = try first.wait()
    let second = try bench.start(Self.worker).wait()
    #expect(second.code == 0, "\(second.errors)")
    try bench.done("collect", "sweep.yaml", "--shared", "pool")
    #expect(try ViewContent(try bench.store()) == Self.whole.get())
  }

  @Test("a shard that is cut off is named and left out, and wb run executes what was in it")
  func truncated() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    _ = try bench.start(Self.worker).wait()
    let worker = try #require(
      FileManager.default.contentsOfDirectory(atPath: bench.path("pool/workers")).first)
    let shard = bench.path("pool/workers/\(worker)/0001.sqlite")
    let handle = try #require(FileHandle(forWritingAtPath: shard))
    try handle.truncate(atOffset: 20_000)
    let ended = try bench.wb("collect", "sweep.yaml", "--shared", "pool")
    #expect(ended.code == 75)
    #expect(ended.output == "small: 12 runs, 0 finished, 12 missing; 0 new in 0 shards\n")
    #expect(ended.errors.contains("0001.sqlite is damaged ("))
    #expect(ended.errors.contains("; it is left out\n"))
    try bench.done("run", "sweep.yaml")
    #expect(try ViewContent(try bench.store()) == Self.small.get())
  }

  @Test("failed runs are counted, told in the status, and end with 4")
  func failing() throws {
    let bench = try Workbench(sweep: SampleSweep.diverging)
    #expect(try bench.start(Self.worker).wait().code == 4)
    let status = try bench.done("status", "sweep.yaml", "--shared", "pool")
    #expect(status.hasPrefix("diverging: 6 runs, 3 finished, 3 diverged\n1 worker left in good order\n"))
    #expect(status.contains("every run is in the folder; next: wb collect\n"))
    #expect(try bench.done("watch", "--shared", "pool", "--once") == status)
    #expect(try bench.wb("collect", "sweep.yaml", "--shared", "pool").code == 4)
  }

  @Test("what cannot be shared is refused with the way out")
  func refused() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    let nothing = try bench.wb("collect", "sweep.yaml", "--shared", "pool")
    #expect(nothing.code == 7)
    #expect(
      nothing.errors
        == "wb: nothing is shared in \(bench.path("pool")); start workers there with 'wb worker FILE --shared \(bench.path("pool"))'\n"
    )
    _ = try bench.start(Self.worker).wait()
    let other = try bench.wb("worker", "sweep.yaml", "seeds=4", "--shared", "pool")
    #expect(other.code == 1)
    #expect(other.errors.contains("and this one has others; share another folder with --shared"))
    let cancel = try bench.wb("cancel", "--shared", "pool")
    #expect(cancel.code == 1)
    #expect(cancel.errors.hasPrefix("wb: nothing was submitted for "))
  }

  @Test("a submission is shown as a script of workers and the commands that submit it")
  func dryRun() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    // Without Slurm, and so with its own default of MaxArraySize.
    let ended = try bench.wb(
      "submit", "slurm", "sweep.yaml", "seeds=4", "-j", "2000", "--shared", "pool", "--dry-run", "--",
      "--partition=cpu", "--cpus-per-task=4", environment: ["PATH": "/nowhere"])
    #expect(ended.code == 0, "\(ended.errors)")
    #expect(ended.output.hasPrefix("#!/bin/bash\n#SBATCH --job-name=wb-small\n#SBATCH --requeue\n"))
    #expect(ended.output.contains("--signal=B:USR1@60"))
    #expect(
      ended.output.contains(
        " worker \(bench.path("sweep.yaml")) seeds=4 --shared \(bench.path("pool")) --workers 2000"))
    for array in ["0-1000", "0-998"] {
      #expect(
        ended.output.contains("\n# sbatch --parsable --array=\(array) --partition=cpu --cpus-per-task=4 "))
    }
    #expect(!bench.exists("pool"))
    let none = try bench.wb(
      "submit", "slurm", "sweep.yaml", "-j", "2", environment: ["PATH": "/nowhere"])
    #expect(none.code == 1)
    #expect(none.errors.hasPrefix("wb: Slurm does not answer here (there is no scontrol in the PATH); "))
  }
}
