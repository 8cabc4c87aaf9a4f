import Foundation
import Testing
import Tracking

@Suite struct ResumeTests {
  @Test("a second run executes nothing and changes nothing")
  func secondRun() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    let all = "SELECT * FROM runs ORDER BY run_id"
    let before = try bench.store().query(all)
    let content = try ViewContent(try bench.store())
    let text = try bench.done("run", "sweep.yaml")
    #expect(text == "small: 12 runs, 12 finished; nothing to do\n")
    #expect(try bench.store().query(all) == before, "started_at and ended_at too")
    #expect(try ViewContent(try bench.store()) == content)
  }

  @Test("--force executes everything again, to the same bits")
  func force() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    let content = try ViewContent(try bench.store())
    let text = try bench.done("run", "sweep.yaml", "--force")
    #expect(text.hasPrefix("small: 12 runs, 12 finished; 12 executed in "))
    #expect(try ViewContent(try bench.store()) == content)
    let id = try #require(try bench.store().runs().first?.record.runID)
    #expect(try bench.store().attempts(of: id).map(\.status) == [.finished, .finished])
  }

  @Test("--retry diverged executes what diverged and nothing else")
  func retry() throws {
    let bench = try Workbench(sweep: SampleSweep.diverging)
    #expect(try bench.wb("run", "sweep.yaml").code == 4)
    #expect(try bench.wb("run", "sweep.yaml", "--retry", "failed").code == 4, "none failed")
    #expect(try bench.wb("run", "sweep.yaml", "--retry", "diverged").code == 4)
    let store = try bench.store()
    for run in try store.runs() {
      let attempts = try store.attempts(of: run.record.runID).map(\.status)
      #expect(attempts == (run.status == .diverged ? [.diverged, .diverged] : [.finished]))
    }
  }

  @Test(
    "Ctrl-C leaves runs interrupted and exits with 75, and the same command finishes",
    arguments: [SIGINT, SIGTERM])
  func interrupted(signal: Int32) throws {
    let bench = try Workbench(sweep: SampleSweep.long)
    let run = try bench.start(["run", "sweep.yaml", "-j", "1"])
    try bench.waitForFirstStep()
    run.send(signal)
    let ended = try run.wait()
    #expect(ended.code == 75, "\(ended.errors)")
    #expect(ended.errors.contains("go on with the same command"))
    let interrupted = try bench.store().runs().filter { $0.status == .interrupted }
    #expect(interrupted.count == 1)
    #expect(interrupted.first?.outcome?.yardstick == nil)
    let text = try bench.done("run", "sweep.yaml")
    #expect(text.hasPrefix("long: 6 runs, 6 finished; "))
  }

  @Test("a second Ctrl-C stops at once and exits with 130")
  func secondInterrupt() throws {
    let bench = try Workbench(sweep: SampleSweep.long)
    let run = try bench.start(["run", "sweep.yaml", "seeds=300"])
    try bench.waitForFirstStep()
    // Ctrl-Z stops it, so that both signals are there when it goes on and neither comes too late.
    run.send(SIGSTOP)
    run.send(SIGINT)
    run.send(SIGCONT)
    while run.process.isRunning { run.send(SIGINT) }
    #expect([75, 130].contains(try run.wait().code))
  }
}

extension Workbench {
  /// Waits until a run has recorded its first steps.
  func waitForFirstStep() throws {
    for _ in 0..<2000 {
      if let store = try? store(), let steps = try? store.query("SELECT 1 FROM steps LIMIT 1"),
        !steps.rows.isEmpty
      {
        return
      }
      Thread.sleep(forTimeInterval: 0.01)
    }
    Issue.record("no step was recorded in 20 s")
  }
}
