import ArgumentParser
import Foundation
import Reporting
import Tracking

/// Which store, for every command that reads or writes one.
struct StoreOptions: ParsableArguments {
  @ArgumentParser.Option(
    help: ArgumentHelp("The store; else WB_STORE, else wb.sqlite here.", valueName: "path"))
  var store: String?

  var path: String {
    store ?? ProcessInfo.processInfo.environment["WB_STORE"] ?? "wb.sqlite"
  }

  func open(_ mode: Store.Mode = .reading) throws -> Store { try Store(path: path, mode: mode) }
}

/// How a listing is written.
struct FormatOptions: ParsableArguments {
  @ArgumentParser.Option(help: "How the listing is written.")
  var format: TableFormat = .table

  /// Whether programs read the listing: it then holds everything, and nothing stands beside it.
  var isForPrograms: Bool { format == .csv || format == .json }

  func print(_ table: Table) throws { try Console.output(format.render(table)) }
}

/// Which runs of a store.
struct RunOptions: ParsableArguments {
  @ArgumentParser.Argument(
    help: """
      Which runs: an expression over run columns, parameters, tags and recorded metrics, such as \
      'family in [mean-field, full-rank] and beta <= 1 and elbo.last > -120'.
      """)
  var filter: String?

  @ArgumentParser.Option(help: "The sweep; else the one that was active last.")
  var sweep: String?

  /// The runs of the sweep that match, in the order of the sweep.
  func runs(in store: Store) throws -> (sweep: String, runs: [RunSummary]) {
    let chosen = try store.chosenSweepName(sweep)
    return (chosen, try RunFilter.runs(filter ?? "", in: chosen, of: store))
  }
}

extension Store {
  /// Where runs are; those that a dead process left running are interrupted, as they will be to `wb run`.
  func standingsNow(of runIDs: [String]) throws -> [RunStanding?] {
    let gone = Set(try abandonedRuns().interrupted)
    return zip(runIDs, try standings(of: runIDs)).map { id, standing in
      var standing = standing
      if gone.contains(id) { standing?.status = .interrupted }
      return standing
    }
  }

  /// The named sweep, else the one that was active last.
  func chosenSweep(_ name: String?) throws -> SweepSummary {
    if let name { return try sweep(named: name) }
    if let latest = try latestSweep() { return latest }
    throw noSweep
  }

  /// Its name alone, which is quicker to find.
  func chosenSweepName(_ name: String?) throws -> String {
    if let name = try sweepName(name) { return name }
    throw noSweep
  }

  private var noSweep: Failure {
    Failure(.failure, "wb: \(path) holds no sweep; execute one with: wb run FILE")
  }
}
