import ArgumentParser
import Reporting
import Tracking

struct Remove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rm", abstract: "Hide runs; they can be restored until 'wb gc' deletes them.",
    usage: "wb rm <run-or-filter> ... [--sweep <sweep>] [<options>]",
    discussion: """
      Removed runs are in no listing, comparison, report or view. 'wb restore' brings them back to the bit. \
      A sweep that asks for one executes it again: 'wb run' takes a removed run as one that never was.

        wb rm 'status = diverged'
        wb rm 3f2a9c1b 'family = delta and seed > 10'
        wb rm --sweep first-try
      """)

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      "Ids of runs, or enough of their start, of any sweep; filters on the runs of one.",
      valueName: "run-or-filter"))
  var runs: [String] = []

  @ArgumentParser.Option(
    help:
      "The sweep that filters are about, else the one that was active last; all its runs without a filter.")
  var sweep: String?

  @OptionGroup var consent: ConsentOptions
  @OptionGroup var store: StoreOptions

  func validate() throws {
    if runs.isEmpty && sweep == nil {
      throw ValidationError("which runs? Name ids, a filter, or --sweep NAME for all of one")
    }
  }

  func run() throws {
    let store = try store.open(.writing)
    let chosen = try RunChoice.runs(runs, sweep: sweep, in: store)
    guard !chosen.isEmpty else { throw Failure(.failure, "wb: no run matches; see: wb ls") }
    let count = Words.count(chosen.count, "run")
    if consent.dryRun { return try Console.output("would remove \(count)") }
    guard consent.isGiven("remove \(count) of \(store.path)?") else {
      throw Failure(.failure, "wb: nothing removed")
    }
    let removed = try store.remove(chosen.map(\.record.runID))
    try store.close()
    try Console.output("removed \(Words.count(removed, "run"))")
    Console.error("next: wb restore brings them back, wb gc --all deletes them")
  }
}
