import Foundation
import Testing
import Tracking

/// `wb export` and `wb import`, as they are typed.
@Suite struct ExchangeCommandTests {
  @Test("what is exported as each format is imported with every value")
  func all() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml")
    let runs = try bench.store().runs().count
    let values = try bench.store().query("SELECT count(value) FROM points").rows
    for format in ["csv", "jsonl", "mlflow", "tensorboard"] {
      let line = try bench.done("export", "--as", format, "--output", "out-\(format)")
      #expect(line.hasPrefix("out-\(format): \(runs) runs, "))
      #expect(
        try bench.done("import", "out-\(format)", "--store", "\(format).sqlite", "--sweep", "s")
          == "out-\(format): \(runs) runs: \(runs) new\n")
      let store = try bench.store("\(format).sqlite")
      #expect(try store.query("SELECT count(value) FROM points").rows == values, "\(format)")
      if format != "tensorboard" {
        let facts = "SELECT family, seed, status, count(*) FROM runs GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        #expect(try store.query(facts).rows == bench.store().query(facts).rows, "\(format)")
      }
      if format == "csv" || format == "jsonl" {
        let results = "SELECT elbo, elbo_se, kl_prior FROM runs ORDER BY 1"
        #expect(try store.query(results).rows == bench.store().query(results).rows, "\(format)")
      }
      #expect(
        try bench.done("import", "out-\(format)", "--store", "\(format).sqlite", "--sweep", "s")
          == "out-\(format): \(runs) runs: \(runs) the same\n")
      #expect(try bench.done("doctor", "--full", "--store", "\(format).sqlite").contains("ok       results"))
    }
  }

  @Test("imported runs are listed, filtered and compared by the metrics and parameters that they have")
  func use() throws {
    let bench = try Workbench()
    try bench.write(
      "run,step,loss,param.family,param.lr,seed\n"
        + (0..<6).map { run in
          (0..<3).map { "r\(run),\($0),\(Double(run) + 1 / Double($0 + 1)),f\(run % 2),0.1,\(run / 2)\n" }
            .joined()
        }
        .joined(), to: "history.csv")
    #expect(try bench.done("import", "history.csv") == "history.csv: 6 runs: 6 new\n")
    let store = try bench.store()
    #expect(try store.sweeps().map(\.record.name) == ["history"])
    #expect(try store.runs().map(\.record.seed) == [0, 0, 1, 1, 2, 2])
    #expect(CSV.rows(try bench.done("ls", "family = f1 and lr = 0.1", "--format", "csv")).count == 4)
    #expect(try bench.done("compare", "--metric", "loss", "--by", "family").contains("f0"))
    #expect(try bench.wb("plot", "--metric", "loss", "--by", "family").code == 0)
    // A number that differs is reported, and nothing is blended.
    try bench.write(try bench.read("history.csv").replacing("r1,2,", with: "r1,2,1"), to: "history.csv")
    let second = try bench.wb("import", "history.csv")
    #expect(second.code == 1 && second.output == "history.csv: 6 runs: 5 the same, 1 different\n")
    #expect(
      second.errors.contains(
        "loss at step 2 is 1.3333333333333333 here and 11.3333333333333333 in history.csv")
        || second.errors.contains(
          "loss at step 2 is 1.3333333333333333 here and 11.333333333333334 in history.csv")
    )
  }

  @Test("wrong files and options are refused before anything is written")
  func wrong() throws {
    let bench = try Workbench()
    try bench.write("step,elbo\n0,x\n", to: "bad.csv")
    let ended = try bench.wb("import", "bad.csv")
    #expect(
      ended.code == 1
        && ended.errors == "wb: bad.csv:2: 'x' is no number; use one, NaN, Infinity or nothing\n")
    #expect(!bench.exists("wb.sqlite"))
    #expect(try bench.wb("import", "none.csv").errors.hasPrefix("wb: none.csv: it cannot be read"))
    #expect(try bench.wb("export", "--as", "csv").code == 2)
    #expect(try bench.wb("export", "--as", "mlflow", "--raw").code == 2)
    try bench.write("step,elbo\n0,1\n", to: "good.csv")
    try bench.done("import", "good.csv")
    let store = try bench.wb("import", "wb.sqlite", "--store", "other.sqlite")
    #expect(
      store.code == 1 && store.errors == "wb: wb.sqlite is a store of wb; take its runs with: wb merge\n")
    #expect(
      try bench.wb("export", "--as", "jsonl", "--output", "good.csv").errors.contains("is there already"))
  }
}
