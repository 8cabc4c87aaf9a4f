import Foundation
import Testing
import Tracking

/// Successive halving with a program whose final elbo is known.
@Suite struct HalvingTests {
  private static let sweep = """
    name: tuned
    run:
      model: {command: {argv: [/bin/sh, fit.sh, "{parameters.x}", "{steps}"], of: parabola}}
    sweep:
      parameters.x: [-4, 3, 0, 5, 1, -2, -3, 4, 2]
    search: {halving: {factor: 3, budgets: [10, 30, 90]}}
    seeds: 2
    """

  /// The elbo is minus the square of x; of 0 the second seed diverges, 5 fails.
  private static let script = """
    if test $1 = 5; then echo 'five' >&2; exit 1; fi
    elbo=-$(($1 * $1)); if test $1 = 0 && test $WB_SEED = 1; then elbo=NaN; fi
    echo "{\\"step\\": $2, \\"elbo\\": -1}" >&3
    echo "{\\"final\\": {\\"elbo\\": $elbo, \\"elbo_se\\": 0.1}}" >&3
    """

  private func bench() throws -> Workbench {
    let bench = try Workbench(sweep: Self.sweep)
    try bench.write(Self.script + "\n", to: "fit.sh")
    return bench
  }

  /// The x of the cells that were begun with a budget, by the store.
  private func begun(_ bench: Workbench, _ steps: Int) throws -> [Int] {
    try bench.store().query(
      """
      SELECT DISTINCT CAST(x.value AS INTEGER) FROM runs
      JOIN params x ON x.run_id = runs.run_id AND x.key = 'parameters.x'
      JOIN params s ON s.run_id = runs.run_id AND s.key = 'steps' AND s.value = \(steps) ORDER BY 1
      """
    ).rows.compactMap { if case .integer(let x) = $0[0] { Int(x) } else { nil } }
  }

  @Test("each rung has the best third of the one before, and what failed or diverged is last")
  func rungs() throws {
    let bench = try bench()
    let plan = try bench.wb("plan", "sweep.yaml")
    #expect(
      plan.errors.hasSuffix(
        "\nrung 1, steps 10: 9 cells, to be executed\nrung 2, steps 30: the best 3 cells of rung 1\n"
          + "rung 3, steps 90: the best 1 cell of rung 2\n"))
    let ended = try bench.wb("run", "sweep.yaml")
    #expect(ended.code == 4)
    #expect(ended.output.contains("tuned: rung 3 of 3, steps 90: 1 cell; 26 runs, 23 finished"))
    #expect(try begun(bench, 10) == [-4, -3, -2, 0, 1, 2, 3, 4, 5])
    // 0 would be best, had its second seed not diverged; -2 and 2 are equal, and both go on behind 1.
    #expect(try begun(bench, 30) == [-2, 1, 2])
    #expect(try begun(bench, 90) == [1])
    let status = try bench.done("status")
    #expect(status.contains("rung 2 of 3, steps 30: 6 of 6 begun runs ended"))
    #expect(try bench.wb("run", "sweep.yaml").output.hasSuffix("; nothing to do\n"))
  }

  @Test("of equal cells the first goes on")
  func ties() throws {
    let bench = try bench()
    _ = try bench.wb("run", "sweep.yaml", "parameters.x=-2,2,4,-4,3,-3")
    #expect(try begun(bench, 30) == [-2, 2])
    #expect(try begun(bench, 90) == [-2])
  }

  @Test("executed a few runs at a time, in parts or after a kill, it comes to the same cells")
  func interrupted() throws {
    let whole = try bench()
    _ = try whole.wb("run", "sweep.yaml")
    let content = try ViewContent(try whole.store())
    let limited = try bench()
    for _ in 0..<26 { _ = try limited.wb("run", "sweep.yaml", "--limit", "1") }
    try expectSame(limited, content)
    let parts = try bench()
    for _ in 0..<3 {
      for part in ["1/2", "2/2"] { _ = try parts.wb("run", "sweep.yaml", "--shard", part) }
    }
    #expect(try ViewContent(try parts.store()).runs.count == content.runs.count)
    #expect(try begun(parts, 90) == [1])
    let killed = try bench()
    for delay in [0.02, 0.06, 0.1, 0.15] {
      let run = try killed.start(["run", "sweep.yaml"])
      Thread.sleep(forTimeInterval: delay)
      run.send(SIGKILL)
      _ = try run.wait()
    }
    _ = try killed.wb("run", "sweep.yaml")
    try expectSame(killed, content)
  }

  private func expectSame(_ bench: Workbench, _ content: ViewContent) throws {
    let own = try ViewContent(try bench.store())
    #expect(own == content, "\(own.difference(from: content))")
  }
}
