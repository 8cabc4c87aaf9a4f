import Inference
import SweepConfig
import Testing

@Suite("key=value arguments")
struct OverrideTests {
  private func sweep(_ overrides: String...) throws -> Sweep {
    try Sweep.read(
      """
      name: x
      run: {model: eight-schools, optimizer: {adam: {learning_rate: 0.05}}, steps: 10}
      sweep:
        family: [mean-field, full-rank]
        beta: [0.5, 1]
      zip: {samples: [1, 2], record.every: [1, 2]}
      seeds: 2
      """, file: "sweep.yaml", tables: FixedTables([]), overrides: overrides)
  }

  private func axis(_ sweep: Sweep, _ path: String) -> [ConfigValue]? {
    sweep.axes.first { $0.paths == [path] }.map { axis in (0..<axis.count).map { axis.values(at: $0)[0] } }
  }

  @Test("values between commas replace an axis in its place, or make one")
  func axes() throws {
    let replaced = try sweep("family=full-rank,mean-field,low-rank")
    #expect(replaced.axes.map(\.paths) == [["family"], ["beta"], ["samples", "record.every"]])
    #expect(axis(replaced, "family") == [.text("full-rank"), .text("mean-field"), .text("low-rank")])
    let added = try sweep("steps=10,20")
    #expect(axis(added, "steps") == [.integer(10), .integer(20)])
    #expect(added.cells.count == 16)
  }

  @Test("a list in brackets is the same as values between commas, unless the option is a list itself")
  func brackets() throws {
    #expect(axis(try sweep("beta=[1, 2, 4]"), "beta") == [.integer(1), .integer(2), .integer(4)])
    let list = try sweep(
      "initial={location: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}", "initial.scale=[1,1,1,1,1,1,1,1,1,1]")
    #expect(list.cells.count == 8)
  }

  @Test("a single value is a setting of every run, and removes the axis")
  func settings() throws {
    let sweep = try sweep("beta=2", "steps=1e2")
    #expect(sweep.axes.map(\.paths) == [["family"], ["samples", "record.every"]])
    #expect(sweep.cells.allSatisfy { $0.settings.beta.constant == 2 && $0.settings.steps == 100 })
  }

  @Test("a path reaches into the component of the run, and into one that an axis chooses")
  func paths() throws {
    let inRun = try sweep("optimizer.adam.learning_rate=0.02")
    #expect(
      inRun.cells[0].configuration["optimizer"]
        == .mapping(["adam": .mapping(["learning_rate": .number(0.02)])]))
    let inAxis = try sweep("optimizer.adam.beta1=0.8", "optimizer=adam,{adam: {learning_rate: 0.5}}")
    #expect(
      inAxis.cells.last?.configuration["optimizer"]
        == .mapping(["adam": .mapping(["learning_rate": .number(0.5), "beta1": .number(0.8)])]))
  }

  @Test("what was zipped with an overridden path stays an axis")
  func zipped() throws {
    #expect(try sweep("samples=8").axes.map(\.paths) == [["family"], ["beta"], ["record.every"]])
    #expect(
      try sweep("samples=8,16").axes.map(\.paths) == [["family"], ["beta"], ["record.every"], ["samples"]])
  }

  @Test("commas in brackets and quotes do not separate values")
  func commas() throws {
    let sweep = try sweep(
      "model={eight-schools: {parameterization: centered, mu_prior_sd: 3}},eight-schools",
      "description=a, b: c")
    #expect(sweep.axes.last?.count == 2)
    #expect(sweep.description == "a, b: c")
  }

  @Test("seeds are a count, values between commas, or a list of one; the name is replaced")
  func topLevel() throws {
    #expect(try sweep("seeds=4").seeds == [0, 1, 2, 3])
    #expect(try sweep("seeds=1,5,9").seeds == [1, 5, 9])
    #expect(try sweep("seeds=[7]").seeds == [7])
    #expect(try sweep("name=y").name == "y")
    #expect(try sweep("name=y").overrides == ["name=y"])
  }
}
