import Testing

@Suite struct ReportFileTests {
  private func command(in bench: Workbench, _ sweep: String) throws -> String {
    try bench.done("report", sweep)
    let text = try bench.read("Reports/\(sweep)/report.md")
    return String(try #require(text.split(separator: "\n").first { $0.hasPrefix("wb run ") }))
  }

  @Test("a report names the sweep file as it was typed")
  func typed() throws {
    let bench = try Workbench()
    try bench.write(SampleSweep.small, to: "my sweep.yaml")
    try bench.done("run", "--jobs", "2", "./my sweep.yaml", "steps=5", "--progress", "none")
    #expect(try command(in: bench, "small") == "wb run './my sweep.yaml' steps=5 --store wb.sqlite")
  }

  @Test("of two sweeps that share runs each has its own file")
  func shared() throws {
    let bench = try Workbench()
    try bench.write(SampleSweep.small, to: "one.yaml")
    try bench.write(SampleSweep.small.replacing("name: small", with: "name: two"), to: "two.yaml")
    for file in ["one.yaml", "two.yaml"] { try bench.done("run", file, "--force") }
    #expect(try command(in: bench, "small") == "wb run one.yaml --store wb.sqlite")
    #expect(try command(in: bench, "two") == "wb run two.yaml --store wb.sqlite")
  }

  @Test("--file has the last word")
  func given() throws {
    let bench = try Workbench(sweep: SampleSweep.small)
    try bench.done("run", "sweep.yaml", "steps=5", "seeds=1")
    try bench.done("report", "--file", "elsewhere.yaml")
    #expect(try bench.read("Reports/small/report.md").contains("wb run elsewhere.yaml steps=5 seeds=1"))
  }
}
