import Execution
import Reporting
import SweepConfig
import Tracking

/// What `wb run` says at its end.
struct RunSentence {
  private let sweep: Sweep
  private let selection: Selection
  private let ended: SweepRunner.Progress
  private let store: StoreOptions

  init(_ sweep: Sweep, _ selection: Selection, _ ended: SweepRunner.Progress, store: StoreOptions) {
    self.sweep = sweep
    self.selection = selection
    self.ended = ended
    self.store = store
  }

  private var executed: Int { selection.executed.count }
  private var diverged: Int { selection.count(.diverged) + ended.diverged }
  private var failed: Int { selection.count(.failed) + ended.failed }

  /// Whether runs were left that were to be executed.
  var isInterrupted: Bool { ended.ended < executed || ended.interrupted > 0 }

  /// How many runs have ended without a result.
  var lost: Int { diverged + failed }

  /// How the sweep stands, and what was done.
  var sentence: String {
    let finished = selection.count(.finished) + ended.finished
    var sentence = "\(sweep.name): \(Words.count(sweep.runs.count, "run")), \(finished) finished"
    if diverged > 0 { sentence += ", \(diverged) diverged" }
    if failed > 0 { sentence += ", \(failed) failed" }
    if ended.suspect > 0 { sentence += ", \(ended.suspect) suspect" }
    if executed == 0 { return sentence + "; nothing to do" }
    return sentence + "; \(ended.ended) executed in \(Words.duration(ended.seconds)), "
      + "\(Words.rate(ended)) steps/s"
  }

  /// Why the first run without a result has none; empty where all have one.
  func trouble(in store: Store) throws -> String {
    guard lost > 0 else { return "" }
    let runs = try store.runs(in: sweep.name)
    guard let first = runs.first(where: { [.diverged, .failed].contains($0.status) }) else { return "" }
    let reason = first.outcome?.reason ?? "no reason was recorded"
    return VisibleText.escaped("wb: run \(first.record.runID.prefix(8)) \(first.status.rawValue): \(reason)")
  }

  /// What to type next.
  var next: String {
    let place = store.store.map { " --store \(ShellText.quoted($0))" } ?? ""
    return "next: wb compare\(place), or wb report\(place)"
  }
}
