import ArgumentParser
import Exchange
import Execution
import Foundation
import Reporting
import Tracking

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in runs that other tools have recorded.",
    usage: "wb import <file> ... [--as <format>] [--sweep <sweep>] [<options>]",
    discussion: """
      csv: the columns run, step and metrics; or run, metric, step and value. Others are seed, status and param.NAME. \
      --params adds a file run_id,key,value. Also the folder of 'wb export --as csv'.
      jsonl: {"run": …, "params": {…}} and {"run": …, "step": …, "elbo": …} lines.
      mlflow: an MLflow store in SQLite; an experiment is a sweep.
      tensorboard: an event file, or a folder with a folder of them for each run; only scalars.

      Without a column of runs the file is one run. Metrics that are named as columns of the view steps are those; \
      others are in the view points. Parameters that are named model, family, form, objective, estimator, optimizer, \
      beta or seed fill those columns.

      A run's id is derived from its source, sweep, name and parameters: to import it again does nothing, and where \
      its numbers differ that is reported, nothing is blended, and the command exits with 1.

        wb import history.csv --sweep baseline
        wb import mlflow.db
        wb import runs/ --as tensorboard
      """)

  @ArgumentParser.Argument(help: ArgumentHelp("What to read.", valueName: "file"))
  var files: [String]

  @ArgumentParser.Option(
    name: .customLong("as"), help: ArgumentHelp("What it is; else its content says.", valueName: "format"))
  var format: ExchangeFormat?

  @ArgumentParser.Option(help: "The sweep of the runs; else the name of the file or experiment.")
  var sweep: String?

  @ArgumentParser.Option(help: ArgumentHelp("Parameters of runs: run_id,key,value.", valueName: "file"))
  var params: String?

  @OptionGroup var store: StoreOptions

  func validate() throws {
    if let sweep, sweep.isEmpty || sweep.contains("\0") {
      throw ValidationError("--sweep is '\(sweep)'; give a name")
    }
    if params != nil, files.count > 1 || ![nil, .csv].contains(format) {
      throw ValidationError("--params is about one csv file; import that by itself")
    }
  }

  func run() throws {
    // Everything is read before anything is written.
    let read = try files.map { path in
      (path, try ImportFile(path).runs(as: format, sweep: sweep, parameters: params))
    }
    let store = try store.open(.writing)
    let attempt = AttemptRecord.current(
      version: Wb.version, sweepFolder: ".", command: RecordedCommand.current)
    var conflicts = 0
    for (path, imported) in read {
      for remark in imported.remarks { Console.error(VisibleText.escaped("wb: \(remark)")) }
      let report = try store.take(imported, attempt: attempt)
      conflicts += report.conflicts.count
      try Console.output(MergeText.summary(of: report, path: path, isDone: true, checkpoints: 0))
      for line in MergeText.remarks(on: report, path: path) { Console.error(VisibleText.escaped(line)) }
    }
    try store.close()
    if conflicts > 0 { throw Failure(.failure) }
  }
}
