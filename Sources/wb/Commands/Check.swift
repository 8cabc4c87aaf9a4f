import ArgumentParser
import Inference
import SweepConfig

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Validate every cell of a sweep; no side effects.",
    usage: "wb check <file> [<key>=<value> ...]",
    discussion: """
      Prints every error of every cell as file:line:column, and exits with 3 where \
      there is one. Of Stan programs it also says which priors are improper or do \
      not integrate to 1, and of schedules of β that they outlast their runs.
      """)

  @OptionGroup var sweep: SweepOptions

  func run() throws {
    let loaded = try sweep.load()
    var parts = [
      Words.count(loaded.cells.count, "cell"), Words.count(loaded.seeds.count, "seed"),
      Words.count(loaded.runs.count, "run"),
    ]
    if let halving = loaded.halving {
      // How many cells go on is known before any has.
      let first = loaded.cells.count { halving.rung(of: $0) == 0 }
      parts = [Words.count(first, "cell"), Words.count(halving.budgets.count, "rung"), parts[1]]
    }
    var seen: Set<String> = []
    for cell in loaded.cells {
      guard let model = cell.settings.configuration["model"], seen.insert(model.inline).inserted else {
        continue
      }
      for warning in ModelExplanation(cell.settings.task).warnings { try Console.output(warning) }
    }
    for warning in WarmUpWarnings(loaded.cells).lines { try Console.output(warning) }
    try Console.output("\(loaded.name): \(parts.joined(separator: ", ")); nothing is wrong")
  }
}
