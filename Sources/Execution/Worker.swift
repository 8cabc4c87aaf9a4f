import Foundation
import Inference
import NumericArrays
import SweepConfig
import Tracking

/// Executes groups of runs one after another and hands what they record to the queue.
struct Worker {
  let list: any WorkSource
  /// How many work on the list.
  let count: Int
  let claims: Claims
  let threads: ThreadShare
  let gate: ThreadGate
  let queue: EventQueue
  let limits: ExecutionLimits
  let checkpoints: CheckpointFolder
  let wbVersion: String

  var stop: StopRequest { claims.stop }

  func work() {
    let team = Team(threads: threads.perWorker)
    while !stop.isSet, let group = list.take() {
      if case .program(let task) = group.task {
        var runs = ProgramRuns(task: task, worker: self, claimed: ClaimedRuns(of: group, for: self))
        runs.execute()
      } else if gate.enter(1, unless: stop) {
        defer { gate.leave(1) }
        let runs = RunsInProgress(of: group, for: self, team: team)
        // Where others have them all, no plan is needed.
        if runs.claimFirst() { runs.execute() }
      }
    }
    threads.leave()
    queue.closeOne()
  }
}

/// The runs that a worker has claimed and not begun.
struct ClaimedRuns {
  /// So much work is claimed at a time at most: a claim waits for the store, and what is claimed is not shared.
  private static let seconds = 0.5

  private let group: RunGroup
  private let worker: Worker
  private var waiting: ArraySlice<(run: Run, claim: ClaimedRun)> = []
  private var claims = 0
  private var lastCount = 0
  private let clock = ContinuousClock()
  private var lastClaim: ContinuousClock.Instant

  init(of group: RunGroup, for worker: Worker) {
    self.group = group
    self.worker = worker
    lastClaim = clock.now
  }

  var isEmpty: Bool { waiting.isEmpty }

  /// The next run to begin, which may have to be claimed first.
  ///
  /// - Parameter lanes: how many runs are executed together.
  mutating func next(lanes: Int) -> (run: Run, claim: ClaimedRun)? {
    if waiting.isEmpty { claim(size(lanes: lanes)) }
    return waiting.popFirst()
  }

  /// One run tells whether there are any; then as many as are executed together; then by the time they take, and never so
  /// many that other workers have nothing to do at the end.
  private func size(lanes: Int) -> Int {
    if claims < 2 { return claims == 0 ? 1 : max(1, lanes - 1) }
    let perRun = (clock.now - lastClaim) / .seconds(1) / Double(max(1, lastCount))
    return max(lanes, min(Int(Self.seconds / max(perRun, 1e-6)), group.remaining / (2 * worker.count)))
  }

  mutating func claim(_ count: Int) {
    lastClaim = clock.now
    claims += 1
    do throws(StoreError) {
      waiting = try group.claim(count, by: worker.claims)[...]
      lastCount = waiting.count
    } catch {
      worker.queue.fail(error)
    }
  }

  /// Ends as interrupted what was not begun: others may take it.
  mutating func giveBack() {
    let events = waiting.map { _, claim in
      let outcome = RunOutcome(status: .interrupted, steps: claim.lastStep ?? 0, seconds: 0)
      return StoreEvent.ended(runID: claim.runID, outcome, at: Date().timeIntervalSince1970)
    }
    waiting = []
    if !events.isEmpty { worker.queue.push(events, steps: 0) }
  }
}
