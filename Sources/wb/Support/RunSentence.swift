import Execution
import Reporting
import SweepConfig
import Tracking

/// What `wb run` says at its end.
struct RunSentence {
  private let sweep: Sweep
  private let selection: Selection
  private let ended: SweepRunner.Progress
  private let rungs: Rungs?
  private let shard: String?
  private let store: StoreOptions

  init(
    _ sweep: Sweep, _ selection: Selection, _ ended: SweepRunner.Progress, rungs: Rungs?, shard: String?,
    store: StoreOptions
  ) {
    self.rungs = rungs
    self.shard = shard
    self.sweep = sweep
    self.selection = selection
    self.ended = ended
    self.store = store
  }

  /// The rung that was executed, from 0; nil where there are none.
  var rung: Int? { rungs?.current }

  private var awaited: Int { selection.awaitedCount }
  private var diverged: Int { selection.count(.diverged) + ended.diverged }
  private var failed: Int { selection.count(.failed) + ended.failed }

  /// Whether runs were left that were to be executed.
  var isInterrupted: Bool { ended.ended < awaited || ended.interrupted > 0 }

  /// How many runs have ended without a result.
  var lost: Int { diverged + failed }

  /// How the sweep stands, and what was done.
  var sentence: String {
    let finished = selection.count(.finished) + ended.finished
    var sentence = "\(sweep.name): "
    if let rungs {
      sentence +=
        "rung \(rungs.current + 1) of \(rungs.halving.budgets.count), \(rungs.halving.name(ofRung: rungs.current)): "
        + "\(Words.count(rungs.known[rungs.current].cells.count, "cell")); "
    }
    sentence += Words.count(selection.runs.count, "run")
    if let shard { sentence += " (shard \(shard) of \(sweep.runs.count))" }
    sentence += ", \(finished) finished"
    if diverged > 0 { sentence += ", \(diverged) diverged" }
    if failed > 0 { sentence += ", \(failed) failed" }
    if ended.interrupted > 0 { sentence += ", \(ended.interrupted) interrupted" }
    if ended.suspect > 0 { sentence += ", \(ended.suspect) suspect" }
    if selection.left > 0 { sentence += ", \(selection.left) left" }
    if awaited == 0 { return sentence + "; nothing to do" }
    let own = ended.ended - ended.interrupted - ended.elsewhere
    sentence += "; \(own) executed"
    if ended.elsewhere > 0 { sentence += " here and \(ended.elsewhere) by others" }
    sentence += " in \(Words.duration(ended.seconds))"
    if own > 0 || ended.steps > 0 { sentence += ", " + Words.rate(ended) }
    if ended.unconverged > 0 { sentence += "; \(ended.unconverged) had not converged" }
    if ended.unfinishedWarmUps > 0 {
      sentence += "; \(ended.unfinishedWarmUps) ended before their warm-up had"
    }
    return sentence
  }

  /// Why runs have no result, as a table of the reasons; empty where all have one.
  func trouble(in store: Store) throws -> String {
    guard lost > 0 else { return "" }
    let ids = Set(selection.runs.map(\.run.id))
    let runs = try store.runs(in: sweep.name).filter { ids.contains($0.record.runID) }
    return TableFormat.table.render(FailureReasons(runs).table)
  }

  /// What to type next.
  var next: String {
    let place = store.store.map { " --store \(ShellText.quoted($0))" } ?? ""
    return "next: wb compare\(place), or wb report\(place)"
  }
}
