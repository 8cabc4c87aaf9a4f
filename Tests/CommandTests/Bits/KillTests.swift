import Foundation
import Testing
import Tracking

/// Kills at random moments of a sweep's life. `make test-kills` has a thousand of them (`WB_KILLS`), with other moments for
/// another `WB_KILLS_SEED`.
@Suite struct KillTests {
  /// Half a second or so: small runs that are executed together, long ones with checkpoints, one that diverges, EM, a multiplier that
  /// follows its constraint, and an estimator that learns over the steps.
  private static let sweep = """
    name: kills
    checkpoint_seconds: 0.02
    run:
      model: eight-schools
      samples: 4
      record: {every: 37}
    zip:
      model: [eight-schools, eight-schools, eight-schools, {gaussian-mixture: {data: \(iris), components: 3}},
              {linear-vae: {data: \(iris)}}, eight-schools]
      steps: [50, 20000, 300, 60, 4000, 9000]
      family: [mean-field, full-rank, mean-field, exact, mean-field, mean-field]
      optimizer: [adam, adam, {sgd: {learning_rate: 1.0e+6}}, {em: {starts: 2, tolerance: 0}}, adam, adam]
      objective: [elbo, elbo, elbo, elbo, {geco: {tolerance: 2}}, elbo]
      estimator: [null, null, null, null, null, {score-function: {control_variate: regression}}]
    seeds: 12
    """

  private static let iris = Experiment.folder.appending(path: "beta-tradeoff/iris.csv").path

  private static func number(_ name: String, else value: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? value
  }

  @Test("no run is lost or doubled, and every store that is finished has the bits of an undisturbed one")
  func kills() throws {
    let whole = try Workbench(sweep: Self.sweep)
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try whole.wb("run", "sweep.yaml").code == 4)
    let life = (clock.now - start) / .seconds(1)
    let content = try ViewContent(try whole.store())
    #expect(content.runs.count == 72)

    var random = Moments(seed: UInt64(Self.number("WB_KILLS_SEED", else: 1)))
    let wanted = Self.number("WB_KILLS", else: 12)
    var kills = 0
    var bench = try Workbench(sweep: Self.sweep)
    while kills < wanted {
      let run = try bench.start(["run", "sweep.yaml", "-j", "\(1 + Int(random.next() * 2))"])
      Thread.sleep(forTimeInterval: random.next() * life)
      run.send(SIGKILL)
      let ended = try run.wait()
      if ended.code == 128 + SIGKILL {
        kills += 1
      } else {
        try check(bench, ended, content)
        bench = try Workbench(sweep: Self.sweep)
      }
    }
    try check(bench, try bench.wb("run", "sweep.yaml"), content)
  }

  private func check(_ bench: Workbench, _ ended: Ended, _ content: ViewContent) throws {
    #expect(ended.code == 4, "\(ended.errors)")
    #expect(ended.output.hasPrefix("kills: 72 runs, 60 finished, 12 diverged; "), "\(ended.output)")
    #expect(try ViewContent(try bench.store()) == content)
    #expect(
      try bench.store().query("SELECT count(*) FROM run_attempt WHERE status IN ('finished', 'diverged')")
        .rows
        == [[.integer(72)]], "a run that had ended was executed again")
    #expect(
      try bench.store().query("SELECT count(*) FROM run_attempt WHERE status = 'running'").rows == [
        [.integer(0)]
      ])
    #expect(try bench.files(in: "wb.checkpoints").keys.allSatisfy { !$0.contains("unfinished") })
  }
}

/// Uniform numbers below 1 (splitmix64; Steele, Lea & Flood 2014).
private struct Moments {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ z >> 30) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ z >> 27) &* 0x94d0_49bb_1331_11eb
    return Double((z ^ z >> 31) >> 11) * 0x1p-53
  }
}
