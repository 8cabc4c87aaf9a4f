import Inference
import SweepConfig
import Testing

@Suite("exclude")
struct ExclusionTests {
  private func remaining(_ exclude: String, _ overrides: String...) throws -> [[String]] {
    let sweep = try Sweep.read(
      """
      name: x
      run: {model: {correlated-gaussian: {}}, samples: 4}
      sweep:
        family: [mean-field, {low-rank: {rank: 1}}]
        beta: [0.5, 1.0]
      exclude: \(exclude)
      """, file: "sweep.yaml", tables: FixedTables([]), overrides: overrides)
    return sweep.cells.map { cell in
      cell.axisValues.map { $0.value.asText ?? $0.value.asMapping?.keys[0] ?? "\($0.value.asNumber ?? .nan)" }
    }
  }

  @Test("a cell is left out where every condition matches")
  func all() throws {
    #expect(
      try remaining("[{family: mean-field, beta: 0.5}]")
        == [["mean-field", "1.0"], ["low-rank", "0.5"], ["low-rank", "1.0"]])
  }

  @Test("a list matches any of its values, and numbers compare as numbers")
  func lists() throws {
    #expect(
      try remaining("[{family: mean-field, beta: [5e-1, 1]}]") == [
        ["low-rank", "0.5"], ["low-rank", "1.0"],
      ])
  }

  @Test("a name matches a component with options, and options match where they are the same")
  func components() throws {
    #expect(try remaining("[{family: low-rank}]") == [["mean-field", "0.5"], ["mean-field", "1.0"]])
    #expect(try remaining("[{family: {low-rank: {rank: 1}}, beta: 1}]").count == 3)
    #expect(try remaining("[{family.low-rank.rank: 1, beta: 1}]").count == 3)
  }

  @Test("settings of the run and defaults match too")
  func settings() throws {
    #expect(try remaining("[{samples: 4, beta: 1}]") == [["mean-field", "0.5"], ["low-rank", "0.5"]])
    #expect(try remaining("[{objective: elbo, model: correlated-gaussian, beta: 1}]").count == 2)
  }

  @Test("an excluded cell may be one that could not run")
  func excusesErrors() throws {
    let sweep = try read(
      """
      name: x
      run: {model: eight-schools}
      sweep:
        form: [joint-entropy, evidence-gap]
        optimizer: [adam, sgd]
        optimizer.adam.beta1: [0.8, 0.9]
      exclude:
        - {form: evidence-gap}
        - {optimizer: sgd}
      """)
    #expect(sweep.cells.count == 2)
  }

  @Test("an argument may leave an exclude without its cells")
  func overridden() throws {
    #expect(try remaining("[{beta: 0.5}]", "beta=2").count == 2)
  }
}
