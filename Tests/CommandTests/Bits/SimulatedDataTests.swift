import Foundation
import Testing
import Tracking

/// Runs whose seeds draw their data: what is shared among them changes no number.
@Suite struct SimulatedDataTests {
  /// Cells of one model that differ in what a plan shares, and in what it does not.
  private static let sweep = """
    name: simulated
    checkpoint_seconds: 0.02
    run:
      data: simulated
      steps: 3000
      record: {every: 100}
    sweep:
      model: [eight-schools, {gamma-poisson: {observations: [3, 1, 4]}}]
      family: [mean-field, full-rank]
      beta: [1, 2]
    seeds: 6
    """

  private static let whole = Result {
    let bench = try Workbench(sweep: sweep)
    try bench.done("run", "sweep.yaml", "-j", "2")
    return bench
  }

  private static func content() throws -> ViewContent { try ViewContent(try whole.get().store()) }

  @Test("a run alone gives the same bits as among others", arguments: [0, 5])
  func alone(seed: Int) throws {
    let bench = try Workbench(sweep: Self.sweep)
    try bench.done(
      "run", "sweep.yaml", "model=eight-schools", "family=full-rank", "beta=2", "seeds=[\(seed)]")
    let content = try ViewContent(try bench.store())
    #expect(content.runs.count == 1)
    let filter = "model = 'eight-schools' AND family = 'full-rank' AND beta = 2 AND seed = \(seed)"
    #expect(try content == ViewContent(try Self.whole.get().store(), of: filter))
  }

  @Test("workers that share a folder find the same numbers")
  func shared() throws {
    let bench = try Workbench(sweep: Self.sweep)
    try bench.done("worker", "sweep.yaml", "--shared", "pool", "-j", "2")
    try bench.done("collect", "sweep.yaml", "--shared", "pool")
    #expect(try ViewContent(try bench.store()) == Self.content())
  }

  @Test("a sweep that is killed again and again ends with the same bits")
  func killed() throws {
    let bench = try Workbench(sweep: Self.sweep)
    for milliseconds in [60, 150, 300, 500] {
      let run = try bench.start(["run", "sweep.yaml", "-j", "2"])
      Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
      run.send(SIGKILL)
      _ = try run.wait()
    }
    try bench.done("run", "sweep.yaml", "-j", "2")
    #expect(try ViewContent(try bench.store()) == Self.content())
  }

  @Test("every seed has one truth in all cells of a model, and no two seeds the same")
  func truths() throws {
    let store = try Self.whole.get().store()
    for (model, latent) in [("eight-schools", "tau"), ("gamma-poisson", "rate")] {
      let rows = try store.query(
        """
        SELECT seed, count(*), count(DISTINCT value), min(value) FROM points JOIN runs USING (run_id)
        WHERE metric = 'truth[\(latent)]' AND model = '\(model)' GROUP BY seed
        """
      ).rows
      #expect(rows.count == 6)
      #expect(rows.allSatisfy { Array($0[1...2]) == [.integer(4), .integer(1)] }, "\(rows)")
      #expect(Set(rows.map { "\($0[3])" }).count == 6)
    }
  }

  @Test("draws of a fitted q are found again from a run's seed")
  func draws() throws {
    let bench = try Self.whole.get()
    let run = try #require(try bench.store().runs(in: "simulated").last)
    let lines = try bench.done("draws", run.record.runID, "--n", "5", "--format", "csv").split(
      separator: "\n")
    #expect(lines.filter { !$0.hasPrefix("#") }.count == 6)
  }

  @Test("what draws no data is refused at its line")
  func refused() throws {
    let bench = try Workbench(sweep: "name: a\nrun: {model: banana, data: simulated}\n")
    let ended = try bench.wb("check", "sweep.yaml")
    #expect(ended.code == 3)
    #expect(
      ended.errors.hasPrefix(
        "sweep.yaml:2:28: data is simulated, and 'banana' draws no data from its prior; "))
  }
}
