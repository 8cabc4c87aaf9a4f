import Foundation
import Testing
import Tracking

/// A step size that throws φ to infinity: an outcome to record, never a crash and never a number.
@Suite struct DivergedRunTests {
  private static let diverged = Result {
    let bench = try Workbench(sweep: SampleSweep.diverging)
    return (bench, try bench.wb("run", "sweep.yaml", "-j", "2"))
  }

  @Test("they are counted, explained with their step, and the command exits with 4")
  func ending() throws {
    let (bench, ended) = try Self.diverged.get()
    #expect(ended.code == 4)
    #expect(ended.output.hasPrefix("diverging: 6 runs, 3 finished, 3 diverged; 6 executed in "))
    #expect(ended.errors.contains(/\ndiverged +3 +[0-9a-f]{8} +step [0-9]+: the .* is not finite\nnext:/))
    let runs = try bench.store().runs().filter { $0.status == .diverged }
    #expect(runs.count == 3)
    for run in runs {
      let outcome = try #require(run.outcome)
      #expect(outcome.yardstick == nil)
      #expect(outcome.reason?.hasPrefix("step \(outcome.steps): ") == true)
      let steps = try bench.store().steps(of: run.record.runID)
      #expect(steps.last?.step == outcome.steps, "the step that diverged is recorded")
    }
  }

  @Test("the views show NULL and a status, never 0")
  func views() throws {
    let bench = try Self.diverged.get().0
    let text = try bench.done(
      "sql", "SELECT DISTINCT status, elbo IS NULL AS absent FROM runs WHERE reason IS NOT NULL", "--format",
      "csv")
    #expect(text == "status,absent\r\ndiverged,1\r\n")
  }

  @Test("they are counted in a comparison and never ranked")
  func comparison() throws {
    let bench = try Self.diverged.get().0
    let rows = CSV.rows(try bench.wb("compare", "--format", "csv").output)
    let column = try #require(rows[0].firstIndex(of: "diverged"))
    #expect(Set(rows.dropFirst().map { $0[column] }) == ["0", "3"])
    let ended = try bench.wb("compare")
    #expect(ended.code == 6, "one group is left, and nothing to compare it with")
    #expect(ended.output.contains("only one group has a run with a finite value"))
  }

  @Test("the report names them and why")
  func report() throws {
    let bench = try Self.diverged.get().0
    try bench.done("report")
    let text = try bench.read("Reports/diverging/report.md")
    #expect(text.contains("Of 6 runs, 3 finished, 3 diverged"))
    for run in try bench.store().runs() where run.status == .diverged {
      #expect(text.contains("| \(run.record.runID) "))
      #expect(text.contains(run.outcome?.reason ?? "no reason"))
    }
  }
}
