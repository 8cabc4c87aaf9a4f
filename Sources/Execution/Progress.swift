import Inference
import SweepConfig
import Tracking

extension SweepRunner {
  /// How far a sweep is.
  public struct Progress: Sendable {
    public var total = 0
    public var finished = 0
    public var diverged = 0
    public var failed = 0
    public var interrupted = 0
    /// Ended runs whose numbers are not to be trusted.
    public var suspect = 0
    /// Ended runs that had more to gain when their steps were over.
    public var unconverged = 0
    /// Ended runs whose steps were over before their schedule of β was.
    public var unfinishedWarmUps = 0
    /// Updates made so far, recorded or not.
    public var steps = 0
    /// Updates that the runs will have made in all, as far as anyone knows.
    public var expectedSteps = 0
    public var seconds = 0.0
    /// Of the ended runs those that other processes have executed.
    public var elsewhere = 0
    /// Runs that other processes execute while this one has nothing to do, and one of those processes.
    public var waitingFor: (runs: Int, process: Int, host: String)?
    /// Whether the sweep's time was over before its runs were.
    public var isOutOfTime = false
    /// The cell with the highest mean yardstick of those with finished runs; nil where the cells cannot be ranked.
    public var best: BestCell?

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
  /// The runs that have not ended.
  private var open: [String: Run] = [:]
  private var interrupted: Set<String> = []
  private var ranking: CellRanking
  /// The updates that a run that has not ended will make.
  private var planned: [String: Int] = [:]
  /// The updates that a run that has not ended has made.
  private var made: [String: Int] = [:]

  init(_ runs: [Run]) {
    ranking = CellRanking(runs.map(\.cell))
    add(runs)
  }

  /// Counts on more runs.
  mutating func add(_ runs: [Run]) {
    progress.total += runs.count
    for run in runs {
      open[run.id] = run
      planned[run.id] = run.cell.settings.steps
      progress.expectedSteps += run.cell.settings.steps
    }
  }

  mutating func count(_ event: StoreEvent) {
    switch event {
    case .steps(let id, let block): reach(block.lastStep, in: id)
    case .begun(let id, let step):
      // What an earlier attempt has done is not done again.
      made[id] = step
      progress.expectedSteps -= step
    case .ended(let id, let outcome, _):
      if made[id] != nil || outcome.status != .interrupted { reach(outcome.steps, in: id) }
      // A run that stops early, or has nothing to fit, makes fewer updates than it was asked for.
      progress.expectedSteps -= (planned.removeValue(forKey: id) ?? 0) - outcome.steps
      made[id] = nil
      if let run = open.removeValue(forKey: id), let elbo = outcome.yardstick?.elbo {
        ranking.add(elbo, of: run.cell)
      }
      if outcome.suspect != nil { progress.suspect += 1 }
      if outcome.status == .interrupted { interrupted.insert(id) }
      count(outcome.status)
    case .points(_, "converged", let points):
      // A start that is merely evaluated has not ended early.
      progress.unconverged += points.count { $0.value == 0 && $0.step > 0 }
    case .points(_, RunSettings.warmUpMetric, let points):
      progress.unfinishedWarmUps += points.count { $0.value > 0 && $0.step > 0 }
    case .started, .points, .output: break
    }
  }

  private mutating func reach(_ step: Int, in id: String) {
    progress.steps += step - (made[id] ?? 0)
    made[id] = step
  }

  /// Counts a run that another process has ended.
  mutating func count(_ status: RunStatus, elsewhere id: String) {
    guard open.removeValue(forKey: id) != nil else { return }
    progress.expectedSteps -= planned.removeValue(forKey: id) ?? 0
    progress.elsewhere += 1
    count(status)
  }

  /// Whether a run was stopped.
  func isInterrupted(_ id: String) -> Bool { interrupted.contains(id) }

  /// Finds the best cell so far.
  mutating func rank() { progress.best = ranking.best }

  func isOpen(_ id: String) -> Bool { open[id] != nil }

  private mutating func count(_ status: RunStatus) {
    switch status {
    case .finished: progress.finished += 1
    case .diverged: progress.diverged += 1
    case .failed: progress.failed += 1
    case .interrupted: progress.interrupted += 1
    case .running: break
    }
  }
}
