import ArgumentParser
import Exchange
import Foundation
import Reporting
import Tracking

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write runs with all their values for other tools.",
    usage: "wb export [<filter>] --as <format> [--output <path>] [<options>]",
    discussion: """
      csv: a folder with runs.csv, params.csv (run_id,key,type,value) and points.csv (run_id,metric,step,value). \
      Texts that a spreadsheet would execute get an apostrophe in front; --raw leaves them as they are.
      jsonl: a line of JSON for a run with its params and results, then one for each step with its metrics.
      mlflow: an MLflow store in SQLite; MLflow brings it to its own version when it opens it.
      tensorboard: a folder of event files, SWEEP/RUN; values are float32 there, as TensorBoard shows no others.

      Numbers are the shortest that read back as the same; what is no number is NaN, Infinity or -Infinity (in JSON \
      as a text). A term that a step lacks is left out.

        wb export --as csv --output results
        wb export 'family = full-rank' --as csv --what points > points.csv
        wb export --as mlflow --output mlflow.db
        wb export --as tensorboard --output logs
      """)

  @OptionGroup var choice: RunOptions

  @ArgumentParser.Option(name: .customLong("as"), help: ArgumentHelp("What to write.", valueName: "format"))
  var format: ExchangeFormat

  @ArgumentParser.Option(
    help: ArgumentHelp(
      "A file, or a folder of csv and tensorboard, that is not there; csv and jsonl without it go to standard output.",
      valueName: "path"))
  var output: String?

  @ArgumentParser.Option(help: "Only this part of csv.")
  var what: CSVExport.Part?

  @Flag(help: "Leave texts in csv as they are, though a spreadsheet may execute them.")
  var raw = false

  @OptionGroup var store: StoreOptions

  func validate() throws {
    if what != nil, format != .csv { throw ValidationError("--what is about csv; leave it out") }
    if raw, format != .csv { throw ValidationError("--raw is about csv; leave it out") }
    if output == nil, format == .mlflow || format == .tensorboard || (format == .csv && what == nil) {
      throw ValidationError(
        format == .csv
          ? "csv is several files; name a folder with --output, or one of them with --what"
          : "name a place with --output")
    }
    if output != nil, what != nil {
      throw ValidationError("--what goes to standard output; leave out --output")
    }
  }

  func run() throws {
    let store = try store.open()
    let runs = try choice.runs(in: store).runs
    guard !runs.isEmpty else { throw Failure(.failure, "wb: no run matches; see: wb ls") }
    let export = RunExport(runs, of: store)
    guard let output else {
      return try export.print(what, raw: raw) { try Console.raw($0) }
    }
    let count = try export.write(as: format, to: output, raw: raw)
    try Console.output(
      VisibleText.escaped("\(output): \(Words.count(runs.count, "run")), \(Words.count(count, "value"))"))
  }
}
