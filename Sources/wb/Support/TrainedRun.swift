import ArgumentParser
import Execution
import Foundation
import Inference
import SweepConfig
import Tracking

/// A run whose checkpoint is read: what `sample`, `encode` and `reconstruct` work with.
struct TrainedRun {
  let summary: RunSummary
  let trained: TrainedModel

  /// The start of its id, for the names of files.
  var shortID: String { String(summary.record.runID.prefix(8)) }

  init(_ id: String, in store: Store) throws {
    let run = try store.run(id)
    let learned = Registry<ModelChoice>.learnedModelTypes.map { $0.name }
    guard learned.contains(run.record.model) else {
      throw Failure(
        .usage,
        "wb: run \(run.record.runID) is of '\(run.record.model)', which learns no parameters; "
          + "runs of \(learned.joined(separator: ", ")) have checkpoints")
    }
    guard run.status == .finished else {
      throw Failure(
        .usage,
        "wb: run \(run.record.runID) is \(run.status.rawValue), and only finished runs have checkpoints; "
          + "'wb ls \"status = finished\"' lists them")
    }
    summary = run
    trained = try CheckpointFolder(besides: store.path).read(run.record.runID).trained
  }

  /// The rows of a data file, treated as the training data were; the first `count` for a number.
  func rows(of file: String, first count: Int? = nil) throws -> DataRows {
    let files = DataFiles(dataFolder: ProcessInfo.processInfo.environment["WB_DATA"])
    let rows = try trained.treatment.rows(of: files.array(at: file), shape: trained.shape)
    try trained.model.check(rows, shape: trained.shape, option: file)
    return count.map { rows.first($0) } ?? rows
  }
}

/// Which run, for the commands that need its checkpoint.
struct TrainedRunOptions: ParsableArguments {
  @ArgumentParser.Argument(
    help: ArgumentHelp("A finished run of a learned model: its id, or enough of its start.", valueName: "run")
  )
  var id: String
  @OptionGroup var store: StoreOptions

  func load() throws -> TrainedRun { try TrainedRun(id, in: store.open()) }
}
