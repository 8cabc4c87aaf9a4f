import Testing

/// Exit code 3: what the sweep file says.
@Suite struct WrongSweepTests {
  private static let verbs = ["check", "plan", "run"]

  @Test("an error has its place in the file and makes no store", arguments: verbs)
  func place(verb: String) throws {
    let bench = try Workbench(sweep: SampleSweep.small.replacing("full-rank", with: "fullrank"))
    let ended = try bench.wb(verb, "sweep.yaml")
    #expect(ended.code == 3)
    #expect(ended.output.isEmpty)
    #expect(
      ended.errors.hasPrefix(
        "sweep.yaml:8:24: unknown family 'fullrank'; did you mean 'full-rank'?"), "\(ended.errors)")
    #expect(ended.errors.contains("    family: [mean-field, fullrank]\n"))
    #expect(!bench.exists("wb.sqlite"))
  }

  @Test("an argument's error has its place in the argument", arguments: verbs)
  func argument(verb: String) throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    let ended = try bench.wb(verb, "sweep.yaml", "samples=0")
    #expect(ended.code == 3)
    #expect(ended.output.isEmpty)
    #expect(ended.errors.hasPrefix("argument 'samples=0': samples is 0; "), "\(ended.errors)")
    #expect(!bench.exists("wb.sqlite"))
  }

  @Test("a missing sweep file is named", arguments: verbs)
  func missingFile(verb: String) throws {
    let bench = try Workbench()
    let ended = try bench.wb(verb, "nowhere.yaml")
    #expect(ended.code == 3)
    #expect(ended.errors == "nowhere.yaml: there is no such file; check the path\n")
    #expect(!bench.exists("wb.sqlite"))
  }

  @Test("a missing data file is named, at its line", arguments: verbs)
  func missingData(verb: String) throws {
    let bench = try Workbench(
      sweep: """
        name: data
        run:
          model: {bayesian-linear-regression: {data: gone.csv, target: y}}
        """)
    let ended = try bench.wb(verb, "sweep.yaml")
    #expect(ended.code == 3)
    #expect(ended.output.isEmpty)
    #expect(ended.errors.hasPrefix("sweep.yaml:3:"), "\(ended.errors)")
    #expect(ended.errors.contains("gone.csv"))
    #expect(!bench.exists("wb.sqlite"))
  }

  @Test("WB_DATA names a folder of data files")
  func dataFolder() throws {
    let bench = try Workbench(
      sweep: """
        name: data
        run:
          model: {bayesian-linear-regression: {data: points.csv, target: y}}
        """)
    let elsewhere = try Workbench()
    try elsewhere.write("x,y\n1,2\n2,3\n", to: "points.csv")
    #expect(try bench.wb("check", "sweep.yaml").code == 3)
    #expect(try bench.wb("check", "sweep.yaml", environment: ["WB_DATA": elsewhere.path(".")]).code == 0)
  }

  @Test("an evidence-gap where there is no evidence is refused before anything runs")
  func evidenceGap() throws {
    let bench = try Workbench(
      sweep: "name: gap\nrun:\n  model: eight-schools\nsweep:\n  form: [joint-entropy, evidence-gap]\n")
    let ended = try bench.wb("run", "sweep.yaml")
    #expect(ended.code == 3)
    #expect(ended.errors.hasPrefix("sweep.yaml:5:25: "), "\(ended.errors)")
    #expect(ended.errors.contains("conjugate-normal"), "the models that have it are named")
    #expect(!bench.exists("wb.sqlite"))
  }
}
