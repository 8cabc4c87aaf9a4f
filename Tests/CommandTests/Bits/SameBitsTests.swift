import Foundation
import Testing
import Tracking

/// A run's numbers depend on its resolved configuration and seed alone.
@Suite struct SameBitsTests {
  @Test("one worker and two workers give the same bits")
  func workers() throws {
    let one = try Workbench(sweep: SampleSweep.small)
    let two = try Workbench(sweep: SampleSweep.small)
    try one.done("run", "sweep.yaml", "-j", "1")
    try two.done("run", "sweep.yaml", "-j2")
    let content = try ViewContent(try one.store())
    #expect(content.runs.count == 12)
    #expect(content.steps.count == 12 * 61)
    #expect(try content == ViewContent(try two.store()))
  }

  @Test("learned models have the same bits with one worker, with two, and after kills, checkpoints included")
  func learned() throws {
    let one = try Workbench(sweep: SampleSweep.learned)
    let killed = try Workbench(sweep: SampleSweep.learned)
    try one.done("run", "sweep.yaml", "-j", "1")
    for milliseconds in [150, 400, 700] {
      let run = try killed.start(["run", "sweep.yaml", "-j", "2"])
      Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      run.send(SIGKILL)
      _ = try run.wait()
    }
    try killed.done("run", "sweep.yaml", "-j", "2")
    let content = try ViewContent(try one.store())
    #expect(content.runs.count == 10)
    #expect(try content == ViewContent(try killed.store()))
    let checkpoints = try one.files(in: "wb.checkpoints")
    #expect(checkpoints.count == 10)
    #expect(try checkpoints == killed.files(in: "wb.checkpoints"))
  }

  @Test("a run alone gives the same bits as among others")
  func alone() throws {
    let all = try Workbench(sweep: SampleSweep.small)
    let alone = try Workbench(sweep: SampleSweep.small)
    try all.done("run", "sweep.yaml", "-j", "2")
    try alone.done("run", "sweep.yaml", "family=full-rank", "form=reconstruction-kl", "seeds=[2]")
    let content = try ViewContent(try alone.store())
    #expect(content.runs.count == 1)
    let filter = "family = 'full-rank' AND form = 'reconstruction-kl' AND seed = 2"
    #expect(try content == ViewContent(try all.store(), of: filter))
  }

  @Test("many runs have the same bits alone and with 1, 2, 4 and 16 workers, 64 to 16 of them at once")
  func manyRuns() throws {
    let one = try Workbench(sweep: SampleSweep.many)
    try one.done("run", "sweep.yaml", "-j", "1")
    let content = try ViewContent(try one.store())
    #expect(content.runs.count == 2 * 260)
    // 260 runs of a cell are parted among the workers, and a plan has fewer lanes for fewer runs.
    for workers in ["2", "4", "16"] {
      let others = try Workbench(sweep: SampleSweep.many)
      try others.done("run", "sweep.yaml", "-j", workers)
      #expect(try content == ViewContent(try others.store()), "\(workers) workers")
    }
    for seed in [0, 100, 259] {
      let alone = try Workbench(sweep: SampleSweep.many)
      try alone.done("run", "sweep.yaml", "seeds=[\(seed)]")
      let own = try ViewContent(try one.store(), of: "seed = \(seed)")
      #expect(own.runs.count == 2)
      #expect(try own == ViewContent(try alone.store()), "seed \(seed)")
    }
  }

  @Test("runs with pilots have the same bits alone, with one worker, with two, and after kills")
  func pilots() throws {
    let one = try Workbench(sweep: SampleSweep.pilots)
    let killed = try Workbench(sweep: SampleSweep.pilots)
    try one.done("run", "sweep.yaml", "-j", "1")
    var kills = 0
    for milliseconds in [40, 150, 250, 400, 550] {
      let run = try killed.start(["run", "sweep.yaml", "-j", "2"])
      Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      run.send(SIGKILL)
      if try run.wait().code == 128 + SIGKILL { kills += 1 }
    }
    #expect(kills > 0)
    try killed.done("run", "sweep.yaml", "-j", "2")
    let store = try one.store()
    let content = try ViewContent(store)
    #expect(content.runs.count == 24)
    #expect(try content == ViewContent(try killed.store()))
    #expect(try store.query("SELECT 1 FROM points WHERE metric = 'pilot_learning_rate'").rows.count == 24)
    let alone = try Workbench(sweep: SampleSweep.pilots)
    try alone.done(
      "run", "sweep.yaml", "seeds=[1]", "beta=2", "family=full-rank", "pilot={starts: 5, steps: 100}")
    let filter =
      "family = 'full-rank' AND beta = 2 AND seed = 1 AND run_id IN (\(try alone.store().runs().map { "'\($0.record.runID)'" }.joined(separator: ", ")))"
    let own = try ViewContent(store, of: filter)
    #expect(own.runs.count == 1)
    #expect(try own == ViewContent(try alone.store()))
  }

  @Test("a sweep that is killed again and again ends with the same bits")
  func killed() throws {
    let whole = try Workbench(sweep: SampleSweep.long)
    let killed = try Workbench(sweep: SampleSweep.long)
    try whole.done("run", "sweep.yaml", "-j", "2")
    // Moments from before the store is made until all may be done; each kill falls somewhere else in the work.
    var kills = 0
    for milliseconds in [5, 40, 90, 150, 230, 310, 420] {
      let run = try killed.start(["run", "sweep.yaml", "-j", "2"])
      Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      run.send(SIGKILL)
      if try run.wait().code == 128 + SIGKILL { kills += 1 }
    }
    #expect(kills > 0)
    try killed.done("run", "sweep.yaml", "-j", "2")
    let content = try ViewContent(try whole.store())
    #expect(content.runs.count == 6)
    #expect(try content == ViewContent(try killed.store()))
  }
}
