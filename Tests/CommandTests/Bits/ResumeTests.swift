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
    #expect((1...16).contains(interrupted.count))
    #expect(interrupted.first?.outcome?.yardstick == nil)
    let text = try bench.done("run", "sweep.yaml")
    #expect(text.hasPrefix("long: 6 runs, 6 finished; "))
  }

  @Test("after a kill, plan and ls say what is left before anything is run")
  func planAfterKill() throws {
    let bench = try Workbench(sweep: SampleSweep.long)
    let run = try bench.start(["run", "sweep.yaml", "seeds=300", "-j", "1"])
    try bench.waitForFirstStep()
    run.send(SIGKILL)
    #expect(try run.wait().code == 128 + SIGKILL)
    let running = try bench.store().runs().count { $0.status == .running }
    // As many as are executed together.
    #expect((1...16).contains(running))
    let rows = CSV.rows(try bench.done("plan", "sweep.yaml", "seeds=300", "--format", "csv"))
    let column = try #require(rows[0].firstIndex(of: "interrupted"))
    #expect(rows.dropFirst().compactMap { Int($0[column]) }.reduce(0, +) == running)
    let listed = try bench.wb("ls")
    #expect(
      listed.errors
        == "wb: \(running) run\(running == 1 ? "" : "s") listed as running, of a process that is gone; wb run executes "
        + "what is missing\n")
  }

  @Test("Ctrl-C stops a final evaluation that takes long, with every step recorded")
  func interruptedEvaluation() throws {
    let bench = try Workbench(sweep: SampleSweep.learned)
    let run = try bench.start([
      "run", "sweep.yaml", "evaluate.nll_samples=1000000", "steps=100", "minibatch=100", "seeds=1", "-j", "1",
    ])
    try bench.wait(for: "the last step") {
      try !$0.query("SELECT 1 FROM steps WHERE step = 100").rows.isEmpty
    }
    run.send(SIGINT)
    #expect(try run.wait().code == 75)
    #expect(try bench.store().runs().contains { $0.status == .interrupted })
  }

  @Test("a second Ctrl-C stops at once and exits with 130")
  func secondInterrupt() throws {
    var codes: [Int32] = []
    // The worker asks every 64 steps whether to stop: with so many samples that takes it a while, and mostly longer than the second
    // signal takes.
    while codes.count < 5, codes.last != 130 {
      let bench = try Workbench(sweep: SampleSweep.long)
      let run = try bench.start(["run", "sweep.yaml", "samples=100000", "-j", "1"])
      try bench.wait(for: "a run") { try !$0.runs().isEmpty }
      run.send(SIGINT)
      try bench.wait(for: "the first answer") { _ in try run.errors.contains("stop at once") }
      run.send(SIGINT)
      codes.append(try run.wait().code)
    }
    #expect(codes.last == 130 && codes.dropLast().allSatisfy { $0 == 75 }, "\(codes)")
  }
}

extension Workbench {
  /// Waits until a run has recorded its first steps.
  func waitForFirstStep() throws {
    try wait(for: "a step") { try !$0.query("SELECT 1 FROM steps LIMIT 1").rows.isEmpty }
  }

  /// Waits until something holds; the store may not be there yet.
  func wait(for what: String, isThere: (Store) throws -> Bool) throws {
    for _ in 0..<2000 {
      if let store = try? store(), (try? isThere(store)) == true { return }
      Thread.sleep(forTimeInterval: 0.01)
    }
    Issue.record("there was not \(what) within 20 s")
  }
}
