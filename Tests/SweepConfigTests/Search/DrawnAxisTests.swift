import Foundation
import Inference
import SweepConfig
import Testing

/// Axes whose values `search:` draws.
@Suite struct DrawnAxisTests {
  private func sweep(_ search: String, more: String = "") throws -> Sweep {
    try read(
      """
      name: drawn
      run: {model: eight-schools}
      sweep:
        optimizer.adam.learning_rate: {log_uniform: {from: 1e-3, to: 1e-1}}
        beta: {uniform: {from: 0.5, to: 2}}
        samples: {int: {from: 3, to: 6}}
        family: {choice: [mean-field, full-rank]}
      \(more)
      search: \(search)
      """)
  }

  private func values(_ sweep: Sweep, _ path: String) -> [Double] {
    sweep.cells.compactMap { cell in cell.axisValues.first { $0.path == path }?.value.asNumber }
  }

  @Test(
    "points lie within the bounds, and do not depend on how many there are", arguments: ["random", "sobol"])
  func points(method: String) throws {
    let many = try sweep("{\(method): 64}")
    #expect(many.cells.count == 64)
    #expect(values(many, "optimizer.adam.learning_rate").allSatisfy { (0.001...0.1).contains($0) })
    #expect(values(many, "beta").allSatisfy { (0.5...2).contains($0) })
    #expect(Set(values(many, "samples")) == [3, 4, 5, 6])
    #expect(Set(many.cells.map(\.settings.familyName)) == ["mean-field", "full-rank"])
    let few = try sweep("{\(method): {points: 10, seed: 0}}")
    #expect(few.cells.map(\.id) == many.cells.prefix(10).map(\.id))
    let other = try sweep("{\(method): {points: 10, seed: 1}}")
    #expect(Set(other.cells.map(\.id)).isDisjoint(with: few.cells.map(\.id)))
  }

  @Test("Sobol's points are balanced exactly: on the scale of each axis, its whole numbers and its choices")
  func balance() throws {
    let cells = try sweep("{sobol: 64}")
    for block in stride(from: 0, to: 64, by: 8) {
      let part = Array(block..<block + 8)
      let rates = values(cells, "optimizer.adam.learning_rate")
      // The logarithm goes from -3 to -1: eight intervals of a quarter.
      #expect(Set(part.map { Int((log10(rates[$0]) + 3) * 4) }) == Set(0..<8))
      let betas = values(cells, "beta")
      #expect(Set(part.map { Int((betas[$0] - 0.5) / 1.5 * 8) }) == Set(0..<8))
      let samples = values(cells, "samples")
      for count in 3...6 { #expect(part.count { samples[$0] == Double(count) } == 2) }
      #expect(part.count { cells.cells[$0].settings.familyName == "full-rank" } == 4)
    }
  }

  @Test("random points are uniform on the scale of their axis")
  func uniform() throws {
    let rates = values(try sweep("{random: 400}"), "optimizer.adam.learning_rate").map { log10($0) }
    // The mean of 400 uniforms on (-3, -1) has a standard error of 2 / √12 / 20 = 0.029: five of them.
    let mean = rates.reduce(0, +) / 400
    #expect(abs(mean - -2) < 0.15)
  }

  @Test("listed axes stay a product with every point")
  func product() throws {
    let sweep = try sweep("{sobol: 8}", more: "  form: [joint-entropy, reconstruction-kl]")
    #expect(sweep.cells.count == 16)
    #expect(sweep.axes.map(\.count) == [8, 2])
    let rates = values(sweep, "optimizer.adam.learning_rate")
    #expect(stride(from: 0, to: 16, by: 2).allSatisfy { rates[$0] == rates[$0 + 1] })
  }

  @Test("a draw that comes up twice is one cell")
  func repeated() throws {
    let sweep = try read(
      """
      name: drawn
      run: {model: eight-schools}
      sweep: {samples: {int: {from: 1, to: 3}}}
      search: {random: 50}
      """)
    #expect(sweep.cells.count == 3)
  }

  @Test("an argument draws more points, and takes an axis out")
  func overrides() throws {
    let text = """
      name: drawn
      run: {model: eight-schools}
      sweep: {beta: {uniform: {from: 1, to: 2}}, samples: {int: {from: 1, to: 1000}}}
      search: {random: 4}
      """
    #expect(try read(text, "search={random: {points: 9, seed: 3}}").cells.count == 9)
    #expect(try read(text, "beta=1,2").cells.count == 8)
    #expect(try read(text, "beta=1").cells.count == 4)
  }

  @Test("budgets are rungs of the same cells, and only what can be ranked is in one group")
  func halving() throws {
    let sweep = try read(
      """
      name: tuned
      run: {model: eight-schools}
      sweep:
        model: [eight-schools, {banana: {}}, {command: {argv: [a], of: x}}, {command: {argv: [b], of: x}}]
        family: [mean-field, full-rank, delta]
        beta: {uniform: {from: 1, to: 2}}
      search: {random: 6, halving: {factor: 3, budgets: [10, 30, 90]}}
      """)
    let halving = try #require(sweep.halving)
    #expect(sweep.cells.count == 3 * 4 * 3 * 6)
    #expect(sweep.cells.map { halving.rung(of: $0) } == (0..<3).flatMap { Array(repeating: $0, count: 72) })
    #expect(sweep.cells.allSatisfy { $0.settings.steps == [10, 30, 90][halving.rung(of: $0)] })
    for cell in sweep.cells {
      let first = sweep.cells[halving.candidate(of: cell)]
      #expect(first.axisValues.dropFirst().map(\.value) == cell.axisValues.dropFirst().map(\.value))
    }
    let groups = Dictionary(grouping: sweep.cells.prefix(72)) { Halving.group(of: $0) }
    // Two models of wb and one of two programs, each with and without a density.
    #expect(groups.values.map(\.count).sorted() == [6, 6, 12, 12, 12, 24])
  }
}
