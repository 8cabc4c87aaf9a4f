import Foundation
import Testing
import Tracking

/// How a sweep stands, while it runs and afterwards.
@Suite struct StatusTests {
  private struct Status: Decodable {
    struct Process: Decodable { var pid: Int, runs: Int }
    struct Best: Decodable { var cellId: String, elbo: Double, runs: Int }
    var runs: Int, counts: [String: Int], processes: [Process], running: [Running], best: Best?
    struct Running: Decodable { var runId: String, pid: Int }
  }

  private func status(_ bench: Workbench) throws -> Status {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      Status.self, from: Data(try bench.done("status", "sweep.yaml", "--format", "json").utf8))
  }

  @Test("a sweep that is done has its counts, and as best cell that with the highest mean elbo in SQL")
  func done() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    let status = try status(bench)
    #expect(status.runs == 12 && status.counts["finished"] == 12)
    #expect(status.counts.values.reduce(0, +) == 12)
    #expect(status.processes.isEmpty && status.running.isEmpty)
    let best = try #require(status.best)
    let rows = try bench.store().query(
      "SELECT avg(elbo), max(avg(elbo)) OVER (), count(*), cell_id FROM runs GROUP BY cell_id"
    ).rows
    let row = try #require(rows.first { $0[3] == .text(best.cellId) })
    #expect(row[2] == .integer(best.runs))
    // Means of a few numbers, summed in another order.
    for case .number(let mean) in row.prefix(2) { #expect(abs(mean - best.elbo) <= 1e-12 * abs(mean)) }
    let text = try bench.done("status")
    #expect(text.hasPrefix("small: 12 runs, 12 finished\nbest cell so far: "), "\(text)")
    #expect(!text.contains("nobody"))
  }

  @Test("runs that nobody has begun are new, and it says how to go on")
  func part() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml", "--limit", "5")
    #expect(try status(bench).counts["new"] == 7)
    let text = try bench.done("status", "--sweep", "small")
    #expect(
      text.hasPrefix("small: 12 runs, 5 finished, 7 new\nnobody executes it; wb run executes"), "\(text)")
  }

  @Test("a process that executes runs is named, and once it is killed its runs are interrupted")
  func running() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    let process = try bench.start(["run", "sweep.yaml", "steps=100000000", "record.every=1000", "-j", "2"])
    try bench.waitForFirstStep()
    let pid = Int(process.process.processIdentifier)
    let during = try status(bench)
    #expect(during.processes.map(\.pid) == [pid])
    #expect(during.counts["running"] == during.running.count && during.running.allSatisfy { $0.pid == pid })
    #expect(during.processes[0].runs == during.running.count && during.running.count > 0)
    process.send(SIGKILL)
    _ = try process.wait()
    let after = try status(bench)
    #expect(after.processes.isEmpty && after.counts["running"] == 0)
    #expect(after.counts["interrupted"] == during.running.count)
  }

  @Test("runs that diverged are counted with their reasons, and never the best")
  func diverged() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    let ended = try bench.wb("run", "sweep.yaml", "optimizer={sgd: {learning_rate: 1e9}}")
    #expect(ended.code == 4)
    let status = try status(bench)
    #expect(status.counts["diverged"] == 12 && status.best == nil)
    #expect(try bench.done("status").contains("diverged"))
  }

  @Test("watch --once shows every run with its ELBO as a line of blocks")
  func watching() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    let text = try bench.done("watch", "sweep.yaml", "--once")
    let lines = text.split(separator: "\n")
    #expect(lines.first?.hasPrefix("small: 12 runs, 12 finished") == true)
    let drawn = lines.filter { $0.contains { "▁▂▃▄▅▆▇█".contains($0) } }
    #expect(drawn.count == 12, "\(text)")
  }

  @Test("a sweep that the store does not have, and two answers to which, are refused")
  func wrong() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml", "seeds=1")
    #expect(try bench.wb("status", "--sweep", "smal").code == 2)
    let both = try bench.wb("status", "sweep.yaml", "--sweep", "small")
    #expect(both.code == 2 && both.errors.contains("a file and --sweep are given; give one of them"))
  }
}
