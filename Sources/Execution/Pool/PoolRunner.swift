import Foundation
public import Sharing
public import SweepConfig
import Synchronization
public import Tracking

/// Executes runs of a sweep that many processes share by a folder: what it gets it executes as ``SweepRunner`` does, into a store of its
/// own, from which results come to the folder.
public struct PoolRunner {
  /// What came of it.
  public struct Outcome: Sendable {
    public var progress: SweepRunner.Progress
    /// Whether all runs of the sweep are done.
    public var isOver: Bool
    /// How many unfinished runs others can go on with.
    public var handedOver = 0
    public var firstRunAfter: Double?
    /// The system calls on the shared folder.
    public var operations: Int
  }

  private let sweep: Sweep
  private let pool: PoolRecord
  private let folder: PosixFolder
  private let worker: String
  private let jobs: Int
  private let stop: StopRequest
  private let store: Store
  private let scratch: String
  private let report: WorkerReport
  private let claimText: [UInt8]

  /// - Parameters:
  ///   - worker: a name that no other process has or had.
  ///   - jobs: the number of threads that compute.
  ///   - report: what readers of the folder see of this process.
  ///   - claimText: what readers of its claims see.
  ///   - store: the worker's own.
  ///   - scratch: a folder of this machine, for this process alone.
  public init(
    _ sweep: Sweep, pool: PoolRecord, folder: PosixFolder, worker: String, jobs: Int, stop: StopRequest,
    report: WorkerReport, claimText: [UInt8], store: Store, scratch: String
  ) {
    self.store = store
    self.sweep = sweep
    self.pool = pool
    self.folder = folder
    self.worker = worker
    self.jobs = jobs
    self.stop = stop
    self.report = report
    self.claimText = claimText
    self.scratch = scratch
  }

  /// Executes runs until all are done, others do the rest, or a stop is asked for.
  ///
  /// - Parameters:
  ///   - tell: called several times a second.
  ///   - warn: called with what the user should know.
  public func run(
    _ provenance: AttemptRecord, tell: (SweepRunner.Progress) -> Void, warn: (String) -> Void
  ) throws(PoolTrouble) -> Outcome {
    let start = ContinuousClock.now
    let (ledger, work, notes) = (ChunkLedger(), PoolWork(stop: stop), PoolNotes())
    let attempt: AttemptID
    do throws(StoreError) {
      attempt = try store.beginAttempt(provenance)
    } catch {
      throw .store(error)
    }
    let report = report
    let folder = folder
    let pulse = Pulse(of: worker, in: folder, every: pool.timing.renewal) {
      var report = report
      ledger.fill(&report)
      report.firstRunAfter = work.firstTaken.map { $0 - report.startedAt }
      report.seconds = (ContinuousClock.now - start) / .seconds(1)
      report.operations = folder.operations
      return report
    }
    do throws(FolderError) { try pulse.start() } catch { throw .folder(error) }
    let clerk = Clerk(
      PoolClerk(
        sweep, ledger: ledger, work: work, jobs: jobs, stop: stop, notes: notes,
        member: PoolMember(
          worker: worker, text: claimText, layout: pool.layout, timing: pool.timing, in: folder),
        publisher: ShardPublisher(of: store, worker: worker, to: folder, scratch: scratch)))
    clerk.start()
    let crew = Crew(
      store: store, jobs: jobs, workers: jobs, limits: sweep.limits, stop: stop,
      wbVersion: provenance.wbVersion)
    do throws(StoreError) {
      try crew.work(on: work, Claims(store: store, attempt: attempt, stop: stop, againAfter: [:])) {
        ledger.count($0)
      } tick: {
        notes.takeWarnings().forEach(warn)
        var progress = ledger.progress
        progress.seconds = (ContinuousClock.now - start) / .seconds(1)
        if let limit = sweep.limits.maxSeconds, progress.seconds >= limit { stop.set() }
        tell(progress)
      } warn: {
        warn($0)
      }
      try store.endAttempt(attempt)
    } catch {
      notes.fail(.store(error))
    }
    return try end(clerk.wait(), ledger, pulse, notes, firstTaken: work.firstTaken, since: start)
  }

  /// Brings what is left to the folder, and says what others may go on with.
  private func end(
    _ clerk: PoolClerk, _ ledger: ChunkLedger, _ pulse: Pulse, _ notes: PoolNotes, firstTaken: Double?,
    since start: ContinuousClock.Instant
  ) throws(PoolTrouble) -> Outcome {
    var clerk = clerk
    var progress = ledger.progress
    progress.seconds = (ContinuousClock.now - start) / .seconds(1)
    // What cannot be brought is given up, and others do it.
    var trouble = notes.trouble
    var handedOver = 0
    do throws(PoolTrouble) {
      try clerk.publish()
      handedOver = try clerk.publisher.handOver(ledger.open, isAtEnd: true)
    } catch {
      trouble = trouble ?? error
    }
    do throws(FolderError) {
      try pulse.leave(clerk.member.own)
    } catch {
      trouble = trouble ?? .folder(error)
    }
    if let trouble { throw trouble }
    return Outcome(
      progress: progress, isOver: clerk.isOver, handedOver: handedOver,
      firstRunAfter: firstTaken.map { $0 - report.startedAt }, operations: folder.operations)
  }
}

/// A clerk on its thread.
private final class Clerk: Sendable {
  private let state: Mutex<PoolClerk>
  private let isDone = DispatchSemaphore(value: 0)

  init(_ clerk: PoolClerk) { state = Mutex(clerk) }

  func start() {
    let thread = Thread { [self] in
      var clerk = state.withLock { $0 }
      clerk.serve()
      state.withLock { [clerk] in $0 = clerk }
      isDone.signal()
    }
    thread.name = "wb clerk"
    thread.stackSize = 8 << 20
    thread.start()
  }

  /// The clerk as it is when its work is done.
  func wait() -> PoolClerk {
    isDone.wait()
    return state.withLock { $0 }
  }
}
