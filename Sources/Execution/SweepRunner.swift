import Foundation
public import SweepConfig
public import Tracking

/// Executes what is missing of a sweep: workers compute, this thread writes. Where there are fewer runs than jobs, a run of
/// a large program takes several threads.
///
/// A run's numbers depend on its configuration and seed alone, so the number of workers, the order and what else runs
/// change nothing.
public struct SweepRunner {
  private let store: Store
  private let jobs: Int

  /// - Parameter jobs: the number of threads that compute, at least 1.
  public init(store: Store, jobs: Int) {
    precondition(jobs > 0, "a sweep needs a worker")
    self.store = store
    self.jobs = jobs
  }

  /// Registers the sweep, marks dead processes' runs as interrupted, and says what is to be done.
  public func select(_ sweep: Sweep, again: Selection.Again = Selection.Again()) throws(StoreError)
    -> (selection: Selection, recovered: RecoveryReport)
  {
    let recovered = try store.recoverAbandonedRuns()
    let runs = Array(sweep.runs)
    try store.register(
      SweepRecord(
        name: sweep.name, description: sweep.description ?? "", source: sweep.source,
        overrides: sweep.overrides), runs: sweep.records(of: runs))
    let statuses = try store.statuses(of: runs.map(\.id))
    return (Selection(runs, statuses: statuses, again: again), recovered)
  }

  /// Executes the selected runs; returns how they ended.
  ///
  /// - Parameter report: called on this thread after every transaction, several times a second.
  public func run(
    _ selection: Selection, provenance: AttemptRecord, stop: StopRequest, report: (Progress) -> Void
  ) throws(StoreError) -> Progress {
    let runs = selection.executed
    var tally = Tally(runs)
    if runs.isEmpty { return tally.progress }
    let attempt = try store.beginAttempt(provenance)
    let workers = min(jobs, runs.count)
    let queue = EventQueue(workers: workers)
    let list = WorkList(runs, workers: workers)
    let threads = ThreadShare(
      threads: min(jobs, ProcessInfo.processInfo.activeProcessorCount), workers: workers)
    for index in 0..<workers {
      let worker = Worker(
        list: list, threads: threads, queue: queue, attempt: attempt, stop: stop,
        checkpoints: CheckpointFolder(besides: store.path),
        wbVersion: provenance.wbVersion)
      let thread = Thread { worker.work() }
      thread.name = "wb worker \(index)"
      thread.stackSize = 8 << 20
      thread.start()
    }
    let clock = ContinuousClock()
    let start = clock.now
    while true {
      let (events, isOver) = queue.take(waitingUpTo: 0.1)
      if !events.isEmpty {
        do {
          try store.write(events)
        } catch {
          stop.set()
          queue.cancel()
          throw error
        }
        for event in events { tally.count(event) }
      }
      tally.progress.seconds = (clock.now - start) / .seconds(1)
      report(tally.progress)
      if isOver, events.isEmpty { break }
    }
    try store.endAttempt(attempt)
    return tally.progress
  }
}
