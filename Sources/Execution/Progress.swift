import Inference
import SweepConfig
import Tracking

extension SweepRunner {
  /// How far a sweep is.
  public struct Progress: Sendable, Hashable {
    public var total = 0
    public var finished = 0
    public var diverged = 0
    public var failed = 0
    public var interrupted = 0
    /// Ended runs whose numbers are not to be trusted.
    public var suspect = 0
    /// Updates made so far, recorded or not.
    public var steps = 0
    /// Updates that the runs will have made in all, as far as anyone knows.
    public var expectedSteps = 0
    public var seconds = 0.0

    public init() {}

    public var ended: Int { finished + diverged + failed + interrupted }

    /// The part of the work that is done, from 0 to 1: by steps, so that a long run moves it too.
    public var fraction: Double {
      if total == 0 { return 1 }
      return expectedSteps > 0 ? Double(steps) / Double(expectedSteps) : Double(ended) / Double(total)
    }
  }
}

/// Counts what is written to the store.
struct Tally {
  var progress = SweepRunner.Progress()
  /// The updates that a run that has not ended will make.
  private var planned: [String: Int] = [:]
  /// The updates that a run that has not ended has made.
  private var made: [String: Int] = [:]

  init(_ runs: [Run]) {
    progress.total = runs.count
    for run in runs {
      planned[run.id] = run.cell.settings.steps
      progress.expectedSteps += run.cell.settings.steps
    }
  }

  mutating func count(_ event: StoreEvent) {
    switch event {
    case .steps(let id, let batch): reach(batch.lastStep, in: id)
    case .ended(let id, let outcome, _):
      reach(outcome.steps, in: id)
      // A run that stops early, or has nothing to fit, makes fewer updates than it was asked for.
      progress.expectedSteps -= (planned.removeValue(forKey: id) ?? 0) - outcome.steps
      made[id] = nil
      count(outcome)
    case .started, .points: break
    }
  }

  private mutating func reach(_ step: Int, in id: String) {
    progress.steps += step - (made[id] ?? 0)
    made[id] = step
  }

  private mutating func count(_ outcome: RunOutcome) {
    if outcome.suspect != nil { progress.suspect += 1 }
    switch outcome.status {
    case .finished: progress.finished += 1
    case .diverged: progress.diverged += 1
    case .failed: progress.failed += 1
    case .interrupted: progress.interrupted += 1
    case .running: break
    }
  }
}
