import Foundation
import Testing
import Tracking

/// From a question to a report, as a newcomer types it.
@Suite struct MainThreadTests {
  @Test("init, check, plan, run, ls, compare, plot and report follow one another")
  func thread() throws {
    let bench = try Workbench()
    #expect(try bench.done("init") == "wrote sweep.yaml; next: wb run sweep.yaml\n")
    #expect(
      try bench.done("check", "sweep.yaml") == "first-sweep: 6 cells, 5 seeds, 30 runs; nothing is wrong\n")
    #expect(!bench.exists("wb.sqlite"), "a check has no side effects")

    let plan = try bench.wb("plan", "sweep.yaml", "seeds=2", "steps=50")
    #expect(plan.errors == "first-sweep: 6 cells × 2 seeds = 12 runs, 12 to run\n")
    #expect(!bench.exists("wb.sqlite"), "nor has a plan")

    let run = try bench.wb("run", "sweep.yaml", "seeds=3", "steps=50")
    #expect(run.output.hasPrefix("first-sweep: 18 runs, 18 finished; 18 executed in "))
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.errors == "next: wb compare, or wb report\n")
    #expect(run.code == 0)

    let rows = try bench.done("ls").split(separator: "\n")
    #expect(rows.count == 2 + 18)
    #expect(try bench.done("compare").contains("paired by seed"))
    #expect(try bench.done("plot") == "plots/first-sweep-elbo-steps/first-sweep-elbo-steps.svg\n")
    #expect(try bench.done("report") == "Reports/first-sweep/report.md\n")
    #expect(try bench.read("Reports/first-sweep/report.md").hasPrefix("# first-sweep\n"))
    for name in ["svg", "png", "gp"] {
      #expect(bench.exists("plots/first-sweep-elbo-steps/first-sweep-elbo-steps.\(name)"))
    }
  }

  @Test("init does not write over a file")
  func initAgain() throws {
    let bench = try Workbench(sweep: "mine")
    let ended = try bench.wb("init")
    #expect(ended.code == 1)
    #expect(ended.errors == "wb: 'sweep.yaml' exists; name another file, or remove it\n")
    #expect(try bench.read("sweep.yaml") == "mine")
  }

  @Test("show tells all of a run, and diff only what differs")
  func inspect() throws {
    let bench = try Finished.bench.get()
    let ids = try bench.store().runs().map(\.record.runID)
    let shown = try bench.done("show", String(ids[0].prefix(8)))
    for fact in ["conjugate-normal", "joint-entropy", "(exact)", "attempt 1 command", "wb run sweep.yaml"] {
      #expect(shown.contains(fact))
    }
    let differences = try bench.done("diff", ids[0], ids[1], "--format", "csv")
    #expect(differences.contains("\nseed,0,1") || differences.contains("\r\nseed,0,1"))
    #expect(!differences.contains("family"))
    let same = try bench.wb("diff", ids[0], ids[0])
    #expect(same.code == 0)
    #expect(same.errors == "the runs do not differ\n")
  }

  @Test("sql reads the views, and schema is JSON")
  func plumbing() throws {
    let bench = try Finished.bench.get()
    let counted = try bench.done(
      "sql", "SELECT family, count(*) AS n FROM runs GROUP BY 1", "--format", "csv")
    #expect(counted == "family,n\r\nfull-rank,6\r\nmean-field,6\r\n")
    let schema = try JSONSerialization.jsonObject(with: Data(try bench.done("schema").utf8)) as? [String: Any]
    #expect(schema?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
  }
}

/// A finished small sweep, for the tests that only read.
enum Finished {
  static let bench = Result {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    return bench
  }
}
