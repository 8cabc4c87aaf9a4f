import ArgumentParser
import Execution
import FileFormats
import Foundation
import Inference
import SweepConfig
import Tracking

struct Draws: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "draws", abstract: "Write draws from the posterior that a run has fitted.",
    usage: "wb draws <run> [--n <count>] [--format <format>] [<options>]",
    discussion: """
      Parameters, transformed parameters and generated quantities on the scale of the model, named as Stan prints \
      them: theta.1. Before them stand lp__, the log joint density at the draw, and log_q__, the log density of q \
      there, both of the unconstrained parameters. The run is fitted once more for that, to the bit, from its \
      configuration and its data.

        wb draws 3f2a > draws.csv
        wb draws 3f2a --n 1000 --format json
        wb draws 3f2a --output draws.parquet

      csv is laid out as CmdStan's files are (cmdstanr, ArviZ from_cmdstan); json holds for each name an array of \
      chains, draws and the variable's own dimensions (ArviZ from_dict); parquet has the columns .chain, .iteration \
      and .draw of a draws_df (posterior).
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case csv, json, parquet
  }

  /// About half a gigabyte.
  private static let mostNumbers = 1 << 26

  @ArgumentParser.Argument(
    help: ArgumentHelp(
      "A finished run of a model whose posterior is inferred: its id, or enough of its start.",
      valueName: "run"))
  var id: String

  @ArgumentParser.Option(
    name: [.customShort("n"), .customLong("n", withSingleDash: false)],
    help: ArgumentHelp("The number of draws.", valueName: "count"))
  var count = 4000

  @ArgumentParser.Option(help: "How they are written; else by the name of the output, csv without one.")
  var format: Format?

  @ArgumentParser.Option(help: ArgumentHelp("The file to write; else standard output.", valueName: "file"))
  var output: String?

  @ArgumentParser.Option(help: "The seed of the draws; else the run's.")
  var seed: UInt64?

  @OptionGroup var store: StoreOptions

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "The sweep file, where the data lie; else as 'wb run' named it.", valueName: "file"),
    completion: .file(extensions: ["yaml", "yml"]))
  var file: String?

  private var chosenFormat: Format {
    format ?? output.flatMap { Format(rawValue: ($0 as NSString).pathExtension.lowercased()) } ?? .csv
  }

  func validate() throws {
    if count < 1 { throw ValidationError("--n is \(count); use 1 or more") }
    if chosenFormat == .parquet, output == nil {
      throw ValidationError("parquet is no text; name a file with --output draws.parquet")
    }
  }

  func run() throws {
    let store = try store.open()
    let run = try store.run(id)
    let refit = try Refit(
      run, tables: try tables(of: run, in: store), attempts: store.attempts(of: run.record.runID),
      version: Wb.version)
    guard let posterior = try FittedPosterior(refit.settings, parameters: refit.parameters) else {
      throw Failure(
        .usage,
        "wb: of the posterior of run \(run.record.runID) only expectations are known (family "
          + "'\(run.record.family)'); draw from a run of mean-field, full-rank or low-rank")
    }
    guard count <= Self.mostNumbers / max(1, posterior.columnCount) else {
      throw Failure(
        .usage,
        "wb: --n is \(count), and a draw has \(posterior.columnCount) numbers; use at most "
          + "\(Self.mostNumbers / max(1, posterior.columnCount)), with another --seed for more")
    }
    let seed = seed ?? UInt64(run.record.seed)
    let draws = try posterior.draws(count, seed: seed)
    switch chosenFormat {
    case .csv: try write(Data(draws.csv(comments: comments(run, seed)).utf8))
    case .json: try write(Data(draws.json.utf8))
    case .parquet: try write(Data(draws.parquet()))
    }
  }

  /// Where the run's data are, as its sweep says.
  private func tables(of run: RunSummary, in store: Store) throws -> DataFiles {
    let sweep = try store.sweep(named: run.record.sweep).record
    let recorded = RecordedCommand.sweepFile(
      of: sweep, attempts: try store.attempts(inSweep: run.record.sweep))
    return DataFiles.of(
      sweep.source, file: file ?? recorded ?? "sweep.yaml", overrides: sweep.overrides,
      dataFolder: ProcessInfo.processInfo.environment["WB_DATA"])
  }

  /// What readers of CmdStan's files look for: of a sample by one chain, without warm-up.
  private func comments(_ run: RunSummary, _ seed: UInt64) -> [String] {
    [
      "wb \(Wb.version): independent draws from the \(run.record.family) posterior of run \(run.record.runID)",
      "model = \(run.record.model)_model", "method = sample", "  num_samples = \(count)", "  num_warmup = 0",
      "  save_warmup = 0", "  thin = 1", "id = 1", "random", "  seed = \(seed)",
    ]
  }

  private func write(_ data: Data) throws {
    guard let output else { return try Console.raw(String(decoding: data, as: UTF8.self)) }
    try data.write(to: URL(fileURLWithPath: output), options: .atomic)
    try Console.output(output)
    Console.error(Words.count(count, "draw"))
  }
}
