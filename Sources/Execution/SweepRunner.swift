import Foundation
public import SweepConfig
public import Tracking

/// Executes what is missing of a sweep: workers compute, this thread writes. Where there are fewer runs than jobs, a run of
/// a large program takes several threads. Several processes share the runs of a store: each executes those that it claims, and
/// waits for those of the others.
///
/// A run's numbers depend on its configuration and seed alone, so the number of workers and processes, the order and what else
/// runs change nothing.
public struct SweepRunner {
  /// How often a process that waits for others looks what they have done.
  private static let waitSeconds = 0.1

  private let store: Store
  private let jobs: Int
  private let limits: ExecutionLimits
  private let stop: StopRequest

  /// - Parameters:
  ///   - jobs: the number of threads that compute, at least 1.
  ///   - stop: asks it to stop, with everything resumable.
  public init(store: Store, jobs: Int, limits: ExecutionLimits, stop: StopRequest) {
    precondition(jobs > 0, "a sweep needs a worker")
    self.store = store
    self.jobs = jobs
    self.limits = limits
    self.stop = stop
  }

  /// Registers the sweep, marks dead processes' runs as interrupted, and says what is to be done.
  public func select(_ sweep: Sweep, again: Selection.Again = Selection.Again()) throws(StoreError)
    -> (selection: Selection, recovered: RecoveryReport)
  {
    let recovered = try patiently(stop) { () throws(StoreError) in try store.recoverAbandonedRuns() }
    let runs = Array(sweep.runs)
    let records = sweep.records(of: runs)
    try patiently(stop) { () throws(StoreError) in _ = try store.register(sweep.record, runs: records) }
    let selection = Selection(runs, standings: try store.standings(of: runs.map(\.id)), again: again)
    let ended = selection.runs.filter { [.finished, .failed, .diverged].contains($0.decision) }
    CheckpointFolder(besides: store.path).removeStates(of: ended.map(\.run.id))
    return (selection, recovered)
  }

  /// Executes the selected runs; returns how they ended.
  ///
  /// - Parameters:
  ///   - report: called on this thread after every transaction, several times a second.
  ///   - warn: called with what the user should know.
  public func run(
    _ selection: Selection, provenance: AttemptRecord, report: (Progress) -> Void, warn: (String) -> Void
  ) throws(StoreError) -> Progress {
    let awaited = selection.awaited
    var open = awaited
    var tally = Tally(open)
    if open.isEmpty { return tally.progress }
    let attempt = try patiently(stop) { () throws(StoreError) in try store.beginAttempt(provenance) }
    let claims = Claims(store: store, attempt: attempt, stop: stop, againAfter: selection.againAfter)
    let clock = SweepClock(limit: limits.maxSeconds)
    func tell(_ tally: inout Tally) {
      tally.progress.seconds = clock.seconds
      if clock.isOver, !stop.isSet {
        tally.progress.isOutOfTime = true
        stop.set()
      }
      tally.rank()
      report(tally.progress)
    }
    while !stop.isSet {
      try execute(open, claims, wbVersion: provenance.wbVersion, &tally, tell, warn)
      open = open.filter { tally.isOpen($0.id) }
      while !open.isEmpty, !stop.isSet {
        let mayStart = try look(at: &open, claims, &tally)
        tell(&tally)
        if mayStart { break }
        if !open.isEmpty { Thread.sleep(forTimeInterval: Self.waitSeconds) }
      }
      tally.progress.waitingFor = nil
      if open.isEmpty { break }
    }
    tally.progress.seconds = clock.seconds
    try patiently(stop) { () throws(StoreError) in try store.endAttempt(attempt) }
    let ended = awaited.map(\.id).filter { !tally.isOpen($0) && !tally.isInterrupted($0) }
    CheckpointFolder(besides: store.path).removeStates(of: ended)
    return tally.progress
  }

  /// Executes those of the runs that this process can claim.
  private func execute(
    _ runs: [Run], _ claims: Claims, wbVersion: String, _ tally: inout Tally,
    _ tell: (inout Tally) -> Void, _ warn: (String) -> Void
  ) throws(StoreError) {
    let workers = min(jobs, runs.count)
    let crew = Crew(
      store: store, jobs: jobs, workers: workers, limits: limits, stop: stop, wbVersion: wbVersion)
    try crew.work(
      on: WorkList(runs, workers: workers), claims,
      written: { for event in $0 { tally.count(event) } }, tick: { tell(&tally) }, warn: warn)
  }

  /// Looks what others have done of the runs that this process could not claim; those that have ended are taken from `open`.
  ///
  /// - Returns: whether some of the rest may be claimed.
  private func look(at open: inout [Run], _ claims: Claims, _ tally: inout Tally) throws(StoreError) -> Bool {
    if try !store.abandonedRuns().interrupted.isEmpty {
      _ = try patiently(stop) { () throws(StoreError) in try store.recoverAbandonedRuns() }
    }
    let standings = try store.standings(of: open.map(\.id))
    var mayStart = false
    var rest: [Run] = []
    tally.progress.waitingFor = nil
    for (run, standing) in zip(open, standings) {
      switch standing?.status {
      case nil, .interrupted?:
        mayStart = true
        rest.append(run)
      case .running?:
        let waiting = (tally.progress.waitingFor?.runs ?? 0) + 1
        tally.progress.waitingFor = (waiting, standing?.processID ?? 0, standing?.host ?? "")
        rest.append(run)
      case .some(let status):
        if let attempts = standing?.attempts, claims.againAfter[run.id] == attempts {
          mayStart = true
          rest.append(run)
        } else {
          tally.count(status, elsewhere: run.id)
        }
      }
    }
    open = rest
    return mayStart
  }
}

/// The time since a sweep began.
private struct SweepClock {
  /// Seconds; nil: none.
  let limit: Double?
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant

  init(limit: Double?) {
    self.limit = limit
    start = clock.now
  }

  var seconds: Double { (clock.now - start) / .seconds(1) }
  var isOver: Bool { limit.map { seconds >= $0 } ?? false }
}
