import ArgumentParser
import Reporting
import Tracking

struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring back what 'wb rm' has hidden, to the bit.",
    usage: "wb restore <run-or-filter> ... [--sweep <sweep>] [<options>]",
    discussion: """
      'wb ls --removed' lists what there is.

        wb restore 3f2a9c1b
        wb restore --sweep first-try
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      "Ids of removed runs, or enough of their start; filters on removed runs.", valueName: "run-or-filter"))
  var runs: [String] = []

  @ArgumentParser.Option(
    help: "The sweep that filters are about, else all of them; all its removed runs without a filter.")
  var sweep: String?

  @Flag(help: "Only say what would be done.")
  var dryRun = false

  @OptionGroup var store: StoreOptions

  func validate() throws {
    if runs.isEmpty && sweep == nil {
      throw ValidationError("which runs? Name ids, a filter, or --sweep NAME for all of one")
    }
  }

  func run() throws {
    let store = try store.open(.writing)
    let chosen = try RunChoice.removedRuns(runs, sweep: sweep, in: store)
    guard !chosen.isEmpty else { throw Failure(.failure, "wb: no removed run matches; see: wb ls --removed") }
    if dryRun { return try Console.output("would restore \(Words.count(chosen.count, "run"))") }
    let restored = try store.restore(chosen.map(\.record.runID))
    try store.close()
    try Console.output("restored \(Words.count(restored, "run"))")
  }
}
