import Foundation
import Testing
import bench

/// Counts, not seconds, keep steps from getting dearer.
@Suite struct BudgetTests {
  private static let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path

  @Test(
    "a step takes no more instructions than its budget, and allocates nothing",
    .enabled(if: BudgetProgram.obstacle == nil, "\(BudgetProgram.obstacle ?? "")"),
    arguments: BudgetProgram.all.map(\.name))
  func steps(name: String) throws {
    let program = try #require(BudgetProgram.all.first { $0.name == name })
    let bench = try Workbench(wb: Workbench.builtCommand, repository: Self.repository)
    let budgets = try Budgets(repository: Self.repository)
    // What a worker does by the clock, such as handing over, adds to a count on a busy machine, and takes nothing from one:
    // a step is within its budget where one of three counts is.
    var complaint = budgets.complaint(about: name, try program.count(on: bench))
    for _ in 0..<2 where complaint != nil {
      complaint = budgets.complaint(about: name, try program.count(on: bench))
    }
    #expect(complaint == nil)
  }

  @Test("every program has a budget, and every budget a program")
  func complete() throws {
    let budgets = try Budgets(repository: Self.repository)
    #expect(budgets.instructionsPerStep.keys.sorted() == BudgetProgram.all.map(\.name).sorted())
  }
}
