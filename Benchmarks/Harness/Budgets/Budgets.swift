import Foundation

/// The committed instructions per step, `Benchmarks/budgets.json`.
package struct Budgets: Codable, Equatable, Sendable {
  /// By the names of the programs.
  package var instructionsPerStep: [String: Int]

  package init(instructionsPerStep: [String: Int]) { self.instructionsPerStep = instructionsPerStep }

  /// How far a count may be above its budget: counts of one build repeat to 0.1 %, other versions of the C library and of
  /// OpenBLAS move them by a percent or two.
  package static let tolerance = 0.05

  /// Steps must not allocate. By the clock, but at most once in 64 steps, a worker hands over what it has recorded, which
  /// takes nine allocations: three times in the 160 steps that are counted of the small VAE, 27/160. What every step does is
  /// 1 or more, what every epoch of the small VAE does 1/4.
  package static let allocationsPerStep = 0.2

  package static func path(_ repository: String) -> String { repository + "/Benchmarks/budgets.json" }

  package init(repository: String) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: Self.path(repository)))
    self = try JSONDecoder().decode(Budgets.self, from: data)
  }

  package func write(repository: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    try (try encoder.encode(self) + Data("\n".utf8)).write(to: URL(fileURLWithPath: Self.path(repository)))
  }

  /// What is wrong with a program's counts, or nil.
  package func complaint(about program: String, _ counts: StepCounts) -> String? {
    guard let budget = instructionsPerStep[program] else {
      return "\(program) has no budget; write one with make budgets"
    }
    if counts.instructions > Double(budget) * (1 + Self.tolerance) {
      let percent = digits(100 * (counts.instructions / Double(budget) - 1))
      return
        "\(program): \(Int(counts.instructions)) instructions a step, \(percent) % above the budget of \(budget); "
        + "if that is worth it, say why and write the new budget with make budgets"
    }
    if counts.allocations > Self.allocationsPerStep {
      return "\(program): \(digits(counts.allocations)) allocations a step, most of them by "
        + counts.allocating.joined(separator: " < ")
    }
    return nil
  }
}
