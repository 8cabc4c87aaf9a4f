import Foundation
import Glibc
import Testing
import Tracking

@Suite struct RecoveryTests {
  /// A process that cannot exist: the kernel gives no pid above 2^22.
  private static func settings(pid: Int = 99_999_999, at time: Double = 1000) -> StoreSettings {
    var settings = StoreSettings.fixed(at: time)
    settings.process.pid = pid
    return settings
  }

  @Test("a kill between batches loses nothing that was committed")
  func kill() throws {
    let killed = try SampleStore(runs: ["r1", "r2", "r3"], settings: Self.settings())
    try killed.store.write([
      .started(runID: "r1", attempt: killed.attempt, at: 990),
      .steps(runID: "r1", .sample([.sample(0), .sample(1)])),
      .started(runID: "r2", attempt: killed.attempt, at: 995), .ended(runID: "r2", .finished, at: 999),
    ])
    // The first store is still open, as if its process had died without closing it.
    let store = try Store(path: killed.store.path, mode: .writing, settings: .fixed(at: 2000))
    #expect(try store.abandonedRuns() == RecoveryReport(interrupted: ["r1"], live: []))
    #expect(try store.statuses(of: ["r1"]) == ["r1": .running], "asking changes nothing")
    let report = try store.recoverAbandonedRuns()
    #expect(report == RecoveryReport(interrupted: ["r1"], live: []))
    #expect(try store.statuses(of: ["r1", "r2", "r3"]) == ["r1": .interrupted, "r2": .finished])
    #expect(try store.steps(of: "r1") == [.sample(0), .sample(1)])
    let run = try store.run("r1")
    #expect(run.endedAt == 1000)
    #expect(
      run.outcome
        == RunOutcome(
          status: .interrupted, steps: 1, seconds: 10,
          reason: "process 99999999 on laptop ended without finishing it"))
    #expect(try store.recoverAbandonedRuns() == RecoveryReport(interrupted: [], live: []))
  }

  @Test("the runs of a living process are left alone and cannot be started")
  func live() throws {
    let owner = try SampleStore()
    try owner.store.write([.started(runID: "r1", attempt: owner.attempt, at: 1)])
    let other = try Store(path: owner.store.path, mode: .writing, settings: Self.settings())
    let pid = ProcessIdentity.current.pid
    #expect(
      try other.recoverAbandonedRuns()
        == RecoveryReport(interrupted: [], live: [.init(runID: "r1", processID: pid, host: "laptop")]))
    let attempt = try other.beginAttempt(.sample)
    let failure = #expect(throws: StoreError.self) {
      try other.write([.started(runID: "r1", attempt: attempt, at: 2)])
    }
    #expect(
      failure?.description
        == "run r1 is being executed by process \(pid) on laptop; wait for it, or end it")
    try owner.store.write([.steps(runID: "r1", .sample([.sample(0)]))])
  }

  @Test("a run of a dead process can be started without recovery")
  func startAbandoned() throws {
    let killed = try SampleStore(settings: Self.settings())
    try killed.store.write([.started(runID: "r1", attempt: killed.attempt, at: 1)])
    let store = try Store(path: killed.store.path, mode: .writing, settings: .fixed())
    let attempt = try store.beginAttempt(.sample)
    try store.write([.started(runID: "r1", attempt: attempt, at: 2)])
    #expect(try store.attempts(of: "r1").map(\.status) == [.interrupted, .running])
  }

  @Test("a process is alive only with its own start and boot")
  func identity() {
    let current = ProcessIdentity.current
    #expect(current.isAlive)
    #expect(current.start > 0)
    #expect(!ProcessIdentity(pid: current.pid, start: current.start + 1, bootID: current.bootID).isAlive)
    #expect(!ProcessIdentity(pid: current.pid, start: current.start, bootID: "another boot").isAlive)
  }

  @Test("a process that has ended is not alive, also where nobody has asked how it ended")
  func zombie() throws {
    var pid: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sleep"), strdup("60"), nil]
    defer { for argument in arguments { free(argument) } }
    try #require(posix_spawn(&pid, "/bin/sleep", nil, nil, &arguments, nil) == 0)
    let stat = try String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)
    let start = try #require(Int(stat.split(separator: " ")[21]))
    let child = ProcessIdentity(pid: Int(pid), start: start, bootID: ProcessIdentity.current.bootID)
    #expect(child.isAlive)
    Glibc.kill(pid, SIGKILL)
    // Waits for its end and leaves it as it is.
    var information = siginfo_t()
    waitid(P_PID, id_t(pid), &information, WEXITED | WNOWAIT)
    #expect(!child.isAlive)
    waitpid(pid, nil, 0)
  }
}
