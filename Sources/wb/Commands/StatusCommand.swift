import ArgumentParser
import Foundation
import Reporting
import SweepConfig
import Tracking

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how a sweep stands: what runs where, and what is left.",
    usage: "wb status [<file>] [--sweep <sweep>] [<options>]",
    discussion: """
      Counts of runs, the processes that execute them, steps per second and time left, why runs failed, and the best \
      cell so far by the mean of its final elbo. Reads the store alone, while others write it.

        wb status
        wb status sweep.yaml --format json
      """)

  @OptionGroup var watched: WatchedSweep
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    let store = try store.open()
    let status = try SweepStatus(
      of: try watched.sweep(in: store), in: store, now: Date().timeIntervalSince1970)
    switch format.format {
    case .table: try Console.output(status.text)
    case .json: try Console.output(try status.json())
    case .csv, .markdown: try format.print(status.table)
    }
  }
}

/// Which sweep is looked at.
struct WatchedSweep: ParsableArguments {
  @ArgumentParser.Argument(
    help: "A sweep file; else the sweep that was active last.",
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?

  @ArgumentParser.Option(help: "The sweep by its name.")
  var sweep: String?

  func validate() throws {
    if file != nil, sweep != nil { throw ValidationError("a file and --sweep are given; give one of them") }
  }

  func sweep(in store: Store) throws -> SweepSummary {
    guard let file else { return try store.chosenSweep(sweep) }
    let options = try SweepOptions.parse([file])
    return try store.sweep(named: try options.load().name)
  }
}
