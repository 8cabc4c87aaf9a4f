import ArgumentParser
import Foundation
import Reporting
import Sharing
import SweepConfig
import Tracking

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say how a sweep stands: what runs where, and what is left.",
    usage: "wb status [<file>] [--sweep <sweep>] [<options>]",
    discussion: """
      Counts of runs, the processes that execute them, steps per second and time left, why runs failed, and the best \
      cell so far by the mean of its final elbo. Reads the store alone, while others write it. With --shared it reads the       folder that workers share instead, on any machine that sees it.

        wb status
        wb status sweep.yaml --format json
        wb status sweep.yaml --shared /scratch/sweep
      """)

  @OptionGroup var watched: WatchedSweep
  @OptionGroup var store: StoreOptions
  @OptionGroup var format: FormatOptions

  func run() throws {
    if let folder = watched.sharedFolder {
      let status = try SharedStatus(of: try watched.pool(in: folder), in: folder)
      switch format.format {
      case .table: return try Console.output(status.text)
      case .json: return try Console.output(try status.json())
      case .csv, .markdown: return try format.print(status.table)
      }
    }
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

  @ArgumentParser.Option(
    help: ArgumentHelp("The folder that workers share, in place of a store.", valueName: "folder"))
  var shared: String?

  var sharedFolder: PosixFolder? {
    shared.map { PosixFolder(URL(fileURLWithPath: $0).standardizedFileURL.path, token: SharedOptions.token) }
  }

  /// What is executed in a folder: the sweep of the file, where one is given.
  func pool(in folder: PosixFolder) throws -> PoolRecord {
    if let file { return try PoolRecord.record(of: try SweepOptions.parse([file]).load(), in: folder) }
    guard let record = try PoolRecord.read(in: folder) else { throw PoolError.missing(path: folder.path) }
    return record
  }

  func validate() throws {
    if file != nil, sweep != nil { throw ValidationError("a file and --sweep are given; give one of them") }
  }

  func sweep(in store: Store) throws -> SweepSummary {
    guard let file else { return try store.chosenSweep(sweep) }
    let options = try SweepOptions.parse([file])
    return try store.sweep(named: try options.load().name)
  }
}
