import ArgumentParser
import Comparison
import Foundation
import Reporting
import Tracking

/// Which store, for every command that reads or writes one.
struct StoreOptions: ParsableArguments {
  @ArgumentParser.Option(help: ArgumentHelp("The store; else WB_STORE, else wb.sqlite here.", valueName: "path"))
  var store: String?

  var path: String {
    store ?? ProcessInfo.processInfo.environment["WB_STORE"] ?? "wb.sqlite"
  }

  func open(_ mode: Store.Mode = .reading) throws -> Store { try Store(path: path, mode: mode) }
}

/// How a listing is written.
struct FormatOptions: ParsableArguments {
  @ArgumentParser.Option(help: "How the listing is written: table, markdown, csv or json.")
  var format: TableFormat = .table

  func print(_ table: Table) { Console.output(format.render(table)) }
}

/// Which runs of a store.
struct RunFilter: ParsableArguments {
  @ArgumentParser.Argument(
    help: """
      Which runs: an expression over run columns and parameters, such as \
      'family in [mean-field, full-rank] and beta <= 1'.
      """)
  var filter: String?

  @ArgumentParser.Option(help: "The sweep; else the one that was active last.")
  var sweep: String?

  /// The runs of the sweep that match, in the order of the sweep.
  func runs(in store: Store) throws -> (sweep: SweepSummary, runs: [RunSummary]) {
    let chosen = try sweep.map { try store.sweep(named: $0) } ?? store.latestSweep()
    guard let chosen else {
      throw Failure(.failure, "wb: \(store.path) holds no sweep; execute one with: wb run FILE")
    }
    let runs = try matching(try store.runs(in: chosen.record.name))
    return (chosen, runs)
  }

  func matching(_ runs: [RunSummary]) throws -> [RunSummary] {
    guard let filter else { return runs }
    let known = Set(runs.flatMap { $0.record.parameters.map(\.key) }).union(RunColumns.names)
    let expression = try FilterExpression(parsing: filter, known: known)
    return runs.filter { run in expression.matches { RunColumns.value($0, of: run) } }
  }
}

/// The columns of a run that filters know, beside its parameters.
enum RunColumns {
  static let names: Set<String> = [
    "run_id", "sweep", "cell_id", "model", "family", "objective", "form", "estimator", "optimizer", "beta",
    "seed", "status", "seconds", "steps", "elbo", "elbo_se", "reconstruction", "kl_prior", "kl_posterior",
    "log_joint", "entropy", "log_evidence", "suspect",
  ]

  static func value(_ key: String, of run: RunSummary) -> FilterValue? {
    if let metric = RunMetric(rawValue: key) { return metric.value(of: run).map(FilterValue.number) ?? .null }
    switch key {
    case "elbo_se": return run.outcome?.elboStandardError.map(FilterValue.number) ?? .null
    case "suspect": return run.outcome?.suspect.map(FilterValue.text) ?? .null
    default: break
    }
    switch run.value(of: key) {
    case nil: return names.contains(key) ? .null : nil
    case .null?: return .null
    case .integer(let value)?: return .number(Double(value))
    case .number(let value)?: return .number(value)
    case .text(let text)?: return .text(text)
    }
  }
}
