import Foundation
import Testing
import Tracking

/// Parts of a sweep, and ends that come early.
@Suite struct RunLimitsTests {
  @Test("--limit executes so many of the missing runs")
  func limit() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    #expect(
      try bench.done("run", "sweep.yaml", "--limit", "5")
        .hasPrefix("small: 12 runs, 5 finished, 7 left; 5 executed in "))
    let first = try bench.store().runs().map(\.record.runID)
    #expect(first.count == 5)
    #expect(
      try bench.done("run", "sweep.yaml", "--limit", "50").hasPrefix(
        "small: 12 runs, 12 finished; 7 executed in "))
    #expect(try Array(bench.store().runs().map(\.record.runID).prefix(5)) == first)
    #expect(
      try bench.done("run", "sweep.yaml", "--limit", "1") == "small: 12 runs, 12 finished; nothing to do\n")
  }

  @Test("shards are fixed parts that together are the sweep", arguments: [1, 3, 5, 12, 20])
  func shards(count: Int) throws {
    let whole = try Workbench(sweep: SampleSweep.small)
    let bench = try Workbench(sweep: SampleSweep.small)
    try whole.done("run", "sweep.yaml")
    for part in 1...count {
      let size = (12 - part + count) / count
      let text = try bench.done("run", "sweep.yaml", "--shard", "\(part)/\(count)")
      let runs = "\(size) run\(size == 1 ? "" : "s")"
      #expect(text.hasPrefix("small: \(runs) (shard \(part)/\(count) of 12), \(size) finished; "), "\(text)")
    }
    #expect(
      try bench.store().query("SELECT count(*), max(attempts) FROM run").rows == [
        [.integer(12), .integer(1)]
      ])
    #expect(try ViewContent(try whole.store()) == ViewContent(try bench.store()))
  }

  @Test(
    "what is no limit is refused",
    arguments: [
      ("--limit", "0", "--limit is 0; use a number of runs from 1"),
      ("--shard", "0/3", "--shard is '0/3'; use i/n with i from 1 to n, as in 2/5"),
      ("--shard", "4/3", "--shard is '4/3'; use i/n with i from 1 to n, as in 2/5"),
      ("--shard", "1/", "--shard is '1/'; use i/n with i from 1 to n, as in 2/5"),
      ("--max-seconds", "0", "--max-seconds is 0.0; use a number above 0"),
    ])
  func refused(option: String, value: String, message: String) throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    let ended = try bench.wb("run", "sweep.yaml", option, value)
    #expect(ended.code == 2)
    #expect(ended.errors.hasPrefix("Error: \(message)\n"), "\(ended.errors)")
    #expect(!bench.exists("wb.sqlite"))
  }

  @Test("a run that takes too long fails with its step, and the others finish")
  func timeout() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    let arguments = [
      "run", "sweep.yaml", "timeout=0.1", "steps=60,1000000000", "record.every=1000", "seeds=1",
    ]
    let ended = try bench.start(arguments).wait()
    #expect(ended.code == 4, "\(ended.errors)")
    #expect(ended.output.hasPrefix("small: 8 runs, 4 finished, 4 failed; 8 executed in "))
    #expect(
      ended.errors.contains(
        /\nfailed +4 +[0-9a-f]{8} +timed out after 0\.1 s at step [0-9]+\nnext:/), "\(ended.errors)")
    let store = try bench.store()
    for run in try store.runs() where run.status == .failed {
      let outcome = try #require(run.outcome)
      #expect(outcome.reason == "timed out after 0.1 s at step \(outcome.steps)")
      #expect(outcome.yardstick == nil && outcome.seconds > 0.1)
      let last = try #require(try store.steps(of: run.record.runID).last?.step)
      #expect(last <= outcome.steps && last > outcome.steps - 1001, "its steps are kept")
    }
    #expect(!bench.exists("wb.checkpoints"))
    // The limit is no part of what identifies a run.
    let again = try bench.wb("run", "sweep.yaml", "timeout=77", "steps=60", "record.every=1000", "seeds=1")
    #expect(again.output == "small: 4 runs, 4 finished; nothing to do\n")
  }

  @Test(
    "a sweep that is out of time stops as by Ctrl-C",
    arguments: [["--max-seconds", "0.3"], ["max_seconds=0.3"]])
  func maxSeconds(words: [String]) throws {
    let bench = try Workbench(sweep: SampleSweep.long)
    let ended = try bench.start(["run", "sweep.yaml", "steps=1000000000", "record.every=1000"] + words).wait()
    #expect(ended.code == 75)
    #expect(ended.errors == "wb: stopped after 0.3 s, as max_seconds asks; go on with the same command\n")
    #expect(try bench.store().runs().allSatisfy { $0.status == .interrupted })
    #expect(try !bench.files(in: "wb.checkpoints").isEmpty)
  }

  @Test("reasons that differ in their numbers alone are one line of the table")
  func reasons() throws {
    let bench = try Workbench(sweep: SampleSweep.diverging)
    let ended = try bench.wb("run", "sweep.yaml")
    #expect(ended.code == 4)
    let lines = ended.errors.split(separator: "\n")
    #expect(lines.count == 4, "\(ended.errors)")
    #expect(lines[0].contains(/^status +runs +example +reason$/))
    #expect(lines[2].contains(/^diverged +3 +[0-9a-f]{8} +step [0-9]+: the .* is not finite$/), "\(lines[2])")
    let again = try bench.wb("run", "sweep.yaml")
    #expect(again.code == 4)
    #expect(again.errors == ended.errors, "nothing is executed, and the reasons are told")
  }
}
