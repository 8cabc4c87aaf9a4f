import Testing
import Tracking

/// Exit code 2: what was typed.
@Suite struct WrongUsageTests {
  @Test(
    "a mistyped verb names the nearest one",
    arguments: [
      (["rnu", "sweep.yaml"], "wb: unknown command 'rnu'; did you mean 'run'?\n"),
      (["comapre"], "wb: unknown command 'comapre'; did you mean 'compare'?\n"),
      (["model", "explian", "x"], "wb: unknown command 'explian'; did you mean 'explain'?\n"),
    ])
  func verb(arguments: [String], message: String) throws {
    try refused(arguments, message)
  }

  @Test("a verb like no other is told all of them")
  func unlikeVerb() throws {
    let verbs = HelpTests.verbs.filter { !$0.contains(" ") }.joined(separator: ", ")
    try refused(["frobnicate"], "wb: unknown command 'frobnicate'; the commands are \(verbs)\n")
  }

  @Test(
    "a mistyped option or value says what is right",
    arguments: [
      (["run", "sweep.yaml", "--jbos", "2"], "Error: Unknown option '--jbos'. Did you mean '--jobs'?"),
      (["run", "sweep.yaml", "-j", "0"], "Error: --jobs is 0; use 1 to 1024"),
      (["run", "sweep.yaml", "-j", "many"], "Error: The value 'many' is invalid for '-j <jobs>'"),
      (
        ["run", "sweep.yaml", "--retry", "finished"],
        "Error: --retry is 'finished'; use failed, diverged or failed,diverged"
      ),
      (["run"], "Error: Missing expected argument '<file>'"),
      (
        ["ls", "--format", "xml"],
        "Error: The value 'xml' is invalid for '--format <format>'. Please provide one of 'table', 'markdown', 'csv' "
          + "or 'json'."
      ),
    ])
  func option(arguments: [String], message: String) throws {
    let ended = try Finished.bench.get().start(arguments).wait()
    #expect(ended.code == 2)
    #expect(ended.errors.split(separator: "\n").first.map(String.init) == message)
    #expect(ended.output.isEmpty)
  }

  @Test(
    "a filter that cannot be read shows the place",
    arguments: [
      (
        ["ls", "beta <"],
        "wb: filter, column 7: found the end; expected a number, a word or a quoted text\n  beta <\n        ^\n"
      ),
      (
        ["compare", "famly = mean-field"],
        "wb: filter, column 1: found 'famly'; expected a column, a parameter or a metric's summary of the runs; "
          + "did you mean 'family'?\n  famly = mean-field\n  ^\n"
      ),
      (
        ["compare", "--baseline", "famly = mean-field"],
        "wb: filter, column 1: found 'famly'; expected a column, a parameter or a metric's summary of the runs; "
          + "did you mean 'family'?\n  famly = mean-field\n  ^\n"
      ),
    ])
  func filter(arguments: [String], message: String) throws {
    try refused(arguments, message)
  }

  @Test(
    "a name that nothing has is refused with what there is",
    arguments: [
      (
        ["compare", "--by", "famly"],
        "wb: no run has a parameter 'famly'; did you mean 'family'?; the runs differ in family, form\n"
      ),
      (["ls", "--sweep", "big"], "wb: @store has no sweep 'big'; it has small\n"),
      (["show", "zz"], "wb: @store has no run 'zz'; 'wb ls' lists its runs\n"),
      (["catalog", "famly"], "wb: unknown kind or component 'famly'; did you mean 'family'?\n"),
      (["sql", "SELEC"], "wb: 'SELEC': near \"SELEC\": syntax error\n"),
      (["sql", "SELECT 1; SELECT 2"], "wb: 'SELECT 1; SELECT 2' is several statements; give one\n"),
    ])
  func name(arguments: [String], message: String) throws {
    let bench = try Finished.bench.get()
    try refused(arguments, message.replacing("@store", with: bench.store().path))
  }

  @Test(
    "sql writes nothing",
    arguments: [
      "DELETE FROM runs", "DROP TABLE run", "ATTACH 'other.sqlite' AS other", "PRAGMA user_version = 9",
    ])
  func writing(statement: String) throws {
    let ended = try Finished.bench.get().wb("sql", statement)
    #expect(ended.code == 2)
    #expect(ended.output.isEmpty)
    #expect(ended.errors.hasPrefix("wb: '\(statement)'"))
    #expect(try !Finished.bench.get().exists("other.sqlite"))
  }

  @Test("runs that no filter selects are no comparison, and an empty listing")
  func nothing() throws {
    let bench = try Finished.bench.get()
    let compared = try bench.wb("compare", "beta = 7")
    #expect(compared.code == 6)
    #expect(compared.errors == "wb: no run of 'small' matches; see: wb ls\n")
    let listed = try bench.wb("ls", "beta = 7")
    #expect(listed.code == 0)
    #expect(listed.errors == "wb: no run of 'small' matches\n")
  }

  @Test(
    "a baseline that is several groups is not comparable", arguments: ["table", "markdown", "csv", "json"])
  func severalBaselines(format: String) throws {
    let ended = try Finished.bench.get().wb(
      "compare", "--baseline", "family = mean-field", "--format", format)
    #expect(ended.code == 6)
    #expect((ended.output + ended.errors).contains("2 groups match the baseline"))
  }

  private func refused(_ arguments: [String], _ message: String) throws {
    let ended = try Finished.bench.get().start(arguments).wait()
    #expect(ended.code == 2)
    #expect(ended.errors == message)
    #expect(ended.output.isEmpty)
  }
}
