import Foundation
import Testing
import Tracking

/// Several processes on one store.
@Suite struct SharedSweepTests {
  /// A second or so of work, and few steps to compare.
  private static let sweep = SampleSweep.long.replacing(
    "  steps: 20000", with: "  steps: 20000\n  record: {every: 37}")

  private static let whole = Result {
    let bench = try Workbench(sweep: sweep)
    try bench.done("run", "sweep.yaml")
    return try ViewContent(try bench.store())
  }

  /// The number of runs that a process says it has executed.
  private func executed(_ ended: Ended) throws -> Int {
    let match = try #require(ended.output.firstMatch(of: /; ([0-9]+) executed/), "\(ended.output)")
    return try #require(Int(match.1))
  }

  @Test("processes that run one sweep at once share it, and every run is executed once", arguments: [2, 4])
  func together(count: Int) throws {
    let bench = try Workbench(sweep: Self.sweep)
    let processes = try (0..<count).map { _ in try bench.start(["run", "sweep.yaml", "-j", "1"]) }
    let ended = try processes.map { try $0.wait() }
    for one in ended {
      #expect(one.code == 0, "\(one.errors)")
      #expect(one.errors == "next: wb compare, or wb report\n")
      #expect(one.output.hasPrefix("long: 6 runs, 6 finished; "))
    }
    #expect(try ended.map(executed).reduce(0, +) == 6)
    let attempts = try bench.store().query("SELECT DISTINCT attempts, status FROM run").rows
    #expect(attempts == [[.integer(1), .text("finished")]])
    #expect(try ViewContent(try bench.store()) == Self.whole.get())
  }

  @Test("processes that force one sweep at once execute every run at least once more, to the same bits")
  func forced() throws {
    let bench = try Workbench(sweep: Self.sweep)
    try bench.done("run", "sweep.yaml")
    let processes = try (0..<2).map { _ in try bench.start(["run", "sweep.yaml", "--force", "-j", "1"]) }
    let ended = try processes.map { try $0.wait() }
    #expect(ended.map(\.code) == [0, 0], "\(ended.map(\.errors))")
    let again = try ended.map(executed).reduce(0, +)
    #expect((6...12).contains(again))
    #expect(
      try bench.store().query("SELECT sum(attempts), min(attempts) >= 2, min(status), max(status) FROM run")
        .rows
        == [[.integer(6 + again), .integer(1), .text("finished"), .text("finished")]])
    #expect(try ViewContent(try bench.store()) == Self.whole.get())
  }

  @Test("what a killed process leaves the others finish", arguments: [30, 120, 250, 400])
  func killed(milliseconds: Int) throws {
    let bench = try Workbench(sweep: Self.sweep)
    let processes = try (0..<3).map { _ in try bench.start(["run", "sweep.yaml", "-j", "1"]) }
    Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
    processes[milliseconds % 3].send(SIGKILL)
    for (index, process) in processes.enumerated() {
      let ended = try process.wait()
      if index == milliseconds % 3, ended.code == 128 + SIGKILL { continue }
      #expect(ended.code == 0, "\(ended.errors)")
      #expect(ended.output.hasPrefix("long: 6 runs, 6 finished"))
    }
    let attempts = try bench.store().query("SELECT max(attempts), min(status), max(status) FROM run").rows
    #expect([[[.integer(1)]], [[.integer(2)]]].contains(attempts.map { [$0[0]] }))
    #expect(attempts[0].dropFirst() == [.text("finished"), .text("finished")])
    #expect(try ViewContent(try bench.store()) == Self.whole.get())
  }

  @Test("two sweeps on one store execute the runs that they share once")
  func twoSweeps() throws {
    let bench = try Workbench(sweep: Self.sweep)
    let names = ["long", "longer"]
    let processes = try names.map { name in
      try bench.start(["run", "sweep.yaml", "name=\(name)", "seeds=\(name == "long" ? 3 : 5)", "-j", "1"])
    }
    let ended = try processes.map { try $0.wait() }
    #expect(ended.map(\.code) == [0, 0], "\(ended.map(\.errors))")
    #expect(try ended.map(executed).reduce(0, +) == 10)
    #expect(
      try bench.store().query("SELECT count(*), max(attempts) FROM run").rows == [
        [.integer(10), .integer(1)]
      ])
    #expect(try bench.store().sweep(named: "long").runs == 6)
    #expect(try bench.store().sweep(named: "longer").runs == 10)
  }

  @Test("a process that waits for another takes over when that one is gone")
  func waiting() throws {
    let bench = try Workbench(sweep: Self.sweep)
    // Too long to end while the other one waits.
    let long = ["run", "sweep.yaml", "steps=100000000", "record.every=1000"]
    let first = try bench.start(long)
    try bench.waitForFirstStep()
    let other = try bench.start(long)
    try bench.wait(for: "another attempt") {
      try $0.query("SELECT count(*) FROM attempt").rows == [[.integer(2)]]
    }
    first.send(SIGKILL)
    _ = try first.wait()
    let pid = Int(other.process.processIdentifier)
    try bench.wait(for: "runs of the other") { store in
      try !store.query("SELECT 1 FROM run WHERE status = 'running' AND attempts = 2").rows.isEmpty
    }
    other.send(SIGINT)
    let ended = try other.wait()
    #expect(ended.code == 75, "\(ended.errors)")
    let second = try bench.store().query(
      "SELECT DISTINCT pid FROM run_attempt JOIN attempt USING (attempt) WHERE number = 2")
    #expect(second.rows == [[.integer(pid)]])
  }

  @Test("another client that holds the file for a while is waited for")
  func busy() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml", "seeds=1")
    try bench.write("BEGIN IMMEDIATE;\n.shell touch held; sleep 1\nCOMMIT;\n", to: "hold.sql")
    let holder = try bench.start(["sh", "-c", "sqlite3 wb.sqlite < hold.sql"], program: "/usr/bin/env")
    try bench.wait(for: "the lock") { _ in bench.exists("held") }
    let text = try bench.done("run", "sweep.yaml")
    #expect(text.hasPrefix("small: 12 runs, 12 finished; "))
    #expect(try holder.wait().code == 0)
  }
}
