import Foundation
import Testing
import Tracking

/// Seeds that are added until a comparison is decided.
@Suite struct ResolvingTests {
  /// Mean-field and full-rank of eight schools differ by hundredths of a nat, sampled by few steps.
  private static let sweep = """
    name: resolving
    run:
      model: eight-schools
      samples: 2
      steps: 300
      optimizer: {adam: {learning_rate: 0.02}}
    sweep:
      beta: [1, 1.02, 4]
    seeds: 4
    """

  private func seeds(_ bench: Workbench) throws -> [[SQLValue]] {
    try bench.store().query("SELECT beta, count(*), max(seed) FROM runs GROUP BY beta ORDER BY beta").rows
  }

  @Test("only cells whose comparison is undecided get more seeds, up to the declared maximum")
  func adding() throws {
    let bench = try Workbench(sweep: Self.sweep)
    let text = try bench.done("run", "sweep.yaml", "--until-resolved", "--max-seeds", "64", "--rope", "0")
    let seeds = try seeds(bench)
    // β = 4 is worse by far: it is decided at the first look.
    #expect(seeds[2] == [.number(4), .integer(16), .integer(15)], "\(text)")
    #expect(seeds[0][1] == .integer(64) && seeds[1][1] == .integer(64), "\(text)")
    // 0.05 (16 / 64)² may err by the first look, and 0.05 in all.
    #expect(
      text.contains("look 1 of 3: 16 seeds, intervals of 99.69 %: 1 of 2 comparisons undecided\n"), "\(text)")
    #expect(
      text.contains("look 3 of 3: 64 seeds, intervals of 96.25 %: 1 of 1 comparison undecided; these are"),
      "\(text)")
  }

  @Test("the same command takes the same decisions again and executes nothing")
  func again() throws {
    let bench = try Workbench(sweep: Self.sweep)
    let command = ["run", "sweep.yaml", "--until-resolved", "--max-seeds", "64", "--rope", "0"]
    let first = try bench.start(command).wait()
    let content = try ViewContent(try bench.store())
    let second = try bench.start(command).wait()
    #expect([first.code, second.code] == [0, 0])
    func looks(_ text: String) -> [Substring] { text.split(separator: "\n").filter { $0.hasPrefix("look") } }
    #expect(looks(first.output) == looks(second.output) && looks(first.output).count == 3)
    #expect(second.output.hasSuffix("nothing to do\n"))
    #expect(try ViewContent(try bench.store()) == content)
  }

  @Test("what is decided at the first look needs no more seeds")
  func decided() throws {
    let bench = try Workbench(sweep: Self.sweep)
    let text = try bench.done("run", "sweep.yaml", "beta=1,4", "--until-resolved", "--max-seeds", "64")
    #expect(text.contains("every comparison is decided (1)"), "\(text)")
    #expect(try bench.store().runs().count == 2 * 16)
  }

  @Test(
    "what leaves nothing to look at is refused",
    arguments: [
      (
        ["--until-resolved", "seeds=2", "--max-seeds", "4"],
        "no more than 4 seeds could decide 2 comparisons at 5 %; use --max-seeds from 7"
      ),
      (["--until-resolved", "seeds=[3,4,5]"], "give them as a count, as in seeds=5"),
      (["--until-resolved", "--max-seeds", "3"], "--max-seeds is 3; the sweep has 4 seeds already"),
      (["--max-seeds", "30"], "say how to go on --until-resolved; add that"),
      (["--until-resolved", "--limit", "3"], "leave out --limit and --shard"),
    ])
  func refused(options: [String], says: String) throws {
    let bench = try Workbench(sweep: Self.sweep)
    let ended = try bench.start(["run", "sweep.yaml"] + options).wait()
    #expect(ended.code == 2 && ended.errors.contains(says), "\(ended)")
    #expect(!bench.exists("wb.sqlite"))
  }
}
