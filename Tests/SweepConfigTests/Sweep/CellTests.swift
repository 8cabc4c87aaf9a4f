import Inference
import SweepConfig
import Testing

@Suite("cells")
struct CellTests {
  private func component(_ name: String, _ options: ConfigMapping) -> ConfigValue {
    .mapping([name: .mapping(options)])
  }

  private func values(_ sweep: Sweep) -> [[ConfigValue]] {
    sweep.cells.map { $0.axisValues.map(\.value) }
  }

  @Test("cells are the product of the axes, the first changing slowest")
  func product() throws {
    let sweep = try read(
      """
      name: product
      description: All of them.
      run:
        model: eight-schools
        optimizer: adam
      sweep:
        family: [mean-field, full-rank]
        beta: [0.5, 1]
        optimizer.adam.learning_rate: [0.01, 0.1]
      seeds: 3
      """)
    #expect(sweep.name == "product")
    #expect(sweep.description == "All of them.")
    #expect(sweep.axes.map(\.paths) == [["family"], ["beta"], ["optimizer.adam.learning_rate"]])
    let values = values(sweep)
    #expect(values.count == 8)
    #expect(values[0] == [.text("mean-field"), .number(0.5), .number(0.01)])
    #expect(values[1] == [.text("mean-field"), .number(0.5), .number(0.1)])
    #expect(values[2] == [.text("mean-field"), .integer(1), .number(0.01)])
    #expect(values[4] == [.text("full-rank"), .number(0.5), .number(0.01)])
    #expect(sweep.cells.map(\.index) == Array(0..<8))
    #expect(sweep.runs.map(\.seed).prefix(4) == [0, 1, 2, 0])
    #expect(sweep.runs.map(\.cell.index).prefix(4) == [0, 0, 0, 1])
    #expect(Set(sweep.runs.map(\.id)).count == 24)
  }

  @Test("without axes there is one cell, without seeds one seed")
  func single() throws {
    let sweep = try read("name: x\nrun: {model: eight-schools}\n")
    #expect(sweep.cells.count == 1)
    #expect(sweep.cells[0].axisValues.isEmpty)
    #expect(sweep.seeds == [0])
  }

  @Test("seeds are a count or a list")
  func seeds() throws {
    #expect(try read("name: x\nrun: {model: eight-schools}\nseeds: 3\n").seeds == [0, 1, 2])
    #expect(try read("name: x\nrun: {model: eight-schools}\nseeds: [7, 2]\n").seeds == [7, 2])
  }

  @Test("zipped axes move together, after those of the sweep")
  func zipped() throws {
    let sweep = try read(
      """
      name: x
      run: {model: eight-schools}
      zip:
        - {samples: [4, 8], optimizer.adam.learning_rate: [0.1, 0.05]}
        - {beta: [1, 2], steps: [10, 20]}
      sweep:
        family: [mean-field, full-rank]
      """)
    #expect(sweep.cells.count == 8)
    #expect(
      sweep.axes.map(\.paths) == [
        ["family"], ["samples", "optimizer.adam.learning_rate"], ["beta", "steps"],
      ])
    #expect(
      values(sweep)[1] == [.text("mean-field"), .integer(4), .number(0.1), .integer(2), .integer(20)])
    #expect(
      values(sweep)[2] == [.text("mean-field"), .integer(8), .number(0.05), .integer(1), .integer(10)])
  }

  @Test("whole components are an axis, and a later axis refines what an earlier one chose")
  func components() throws {
    let sweep = try read(
      """
      name: x
      run: {optimizer: {adam: {learning_rate: 0.05, beta1: 0.8}}}
      sweep:
        model:
          - {eight-schools: {parameterization: centered}}
          - eight-schools
        model.eight-schools.mu_prior_sd: [5, 10]
        optimizer.adam.learning_rate: [0.01]
      """)
    let first = try #require(sweep.cells[1].configuration["model"])
    #expect(
      first
        == component("eight-schools", ["parameterization": .text("centered"), "mu_prior_sd": .integer(10)]))
    let second = try #require(sweep.cells[2].configuration["model"])
    #expect(second == component("eight-schools", ["mu_prior_sd": .integer(5)]))
    #expect(
      sweep.cells[0].configuration["optimizer"]
        == component("adam", ["learning_rate": .number(0.01), "beta1": .number(0.8)]))
  }

  @Test("a path reaches into the default component and into plain settings")
  func defaults() throws {
    let sweep = try read(
      """
      name: x
      run: {model: eight-schools}
      sweep: {optimizer.adam.learning_rate: [0.25], record.every: [5], initial.scale: [[0.5], 1]}
      """)
    #expect(sweep.cells[0].configuration["optimizer"] == component("adam", ["learning_rate": .number(0.25)]))
    #expect(sweep.cells[0].settings.recordEvery == 5)
    #expect(sweep.cells.count == 2)
  }
}
