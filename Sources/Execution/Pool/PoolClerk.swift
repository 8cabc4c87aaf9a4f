import Foundation
import Sharing
import SweepConfig
import Synchronization
import Tracking

/// Gets chunks from the shared folder and brings results to it, on a thread of its own: while it waits for the folder, runs go on.
struct PoolClerk {
  /// Results come to the folder after so many seconds, and then ever less often, up to so many.
  private static let firstInterval = 10.0
  private static let lastInterval = 300.0
  /// Who has nothing else to do brings them at once, but not more often than so.
  private static let idleInterval = 0.2
  /// Runs that are shorter than these seconds are claimed before a thread asks for them.
  private static let shortRun = 1.0
  /// So many seconds of failures end the work.
  private static let patience = 60.0
  private static let restSeconds = 0.01

  let sweep: Sweep
  let record: SweepRecord
  let ledger: ChunkLedger
  let work: PoolWork
  let jobs: Int
  let stop: StopRequest
  let notes: PoolNotes
  var member: PoolMember<PosixFolder>
  var publisher: ShardPublisher

  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var nextLook = 0.0
  private var lastPublished = 0.0
  private var interval = firstInterval
  private var lastHandOver = 0.0
  private var failingSince: Double?
  private var nextTry = 0.0
  /// Whether nothing more is to be had.
  private var isAtEnd = false
  private var isWaiting = false
  /// Whether every chunk of the pool is done.
  private(set) var isOver = false

  init(
    _ sweep: Sweep, ledger: ChunkLedger, work: PoolWork, jobs: Int, stop: StopRequest, notes: PoolNotes,
    member: PoolMember<PosixFolder>, publisher: ShardPublisher
  ) {
    self.sweep = sweep
    record = sweep.record
    self.ledger = ledger
    self.work = work
    self.jobs = jobs
    self.stop = stop
    self.notes = notes
    self.member = member
    self.publisher = publisher
    start = clock.now
  }

  private var now: Double { (clock.now - start) / .seconds(1) }

  /// Works until nothing more is to be had and all is brought, or a stop is asked for.
  mutating func serve() {
    defer { work.close() }
    while !stop.isSet {
      do throws(PoolTrouble) {
        var isBusy = false
        if now >= nextTry {
          isBusy = try turn()
          failingSince = nil
        }
        if isAtEnd, ledger.isEmpty { return }
        if !isBusy { Thread.sleep(forTimeInterval: Self.restSeconds) }
      } catch {
        fail(error)
      }
    }
  }

  /// Does what is due; returns whether there is more to do at once.
  private mutating func turn() throws(PoolTrouble) -> Bool {
    let mean = ledger.meanSeconds
    let ahead = mean.map { $0 < Self.shortRun } ?? false ? max(1, jobs / 2) : 0
    var isBusy = false
    if !isAtEnd, now >= nextLook, work.isHungry(ahead: ahead) { isBusy = try look() }
    let isIdle = isWaiting && work.isIdle
    if now - lastPublished >= (isIdle ? Self.idleInterval : interval) {
      try publish()
      lastPublished = now
      if !isIdle { interval = min(Self.lastInterval, 1.5 * interval) }
    }
    let checkpointSeconds = sweep.limits.checkpointSeconds
    if checkpointSeconds > 0, now - lastHandOver > checkpointSeconds {
      lastHandOver = now
      _ = try publisher.handOver(ledger.open, isAtEnd: false)
    }
    return isBusy
  }

  /// Looks for a chunk; returns whether to go on at once.
  private mutating func look() throws(PoolTrouble) -> Bool {
    let answer: PoolMember<PosixFolder>.Answer
    do throws(FolderError) {
      answer = try member.seek(now: now)
    } catch {
      throw .folder(error)
    }
    switch answer {
    case .claimed(let claim):
      isWaiting = false
      try begin(claim)
      return true
    case .again: return true
    case .wait(let seconds):
      isWaiting = true
      nextLook = now + seconds
      return false
    case .over:
      isOver = true
      isAtEnd = true
      return false
    case .leave:
      isAtEnd = true
      return false
    }
  }

  /// Has the runs of a chunk executed, from where earlier owners have left them.
  private mutating func begin(_ claim: ChunkClaim) throws(PoolTrouble) {
    let runs = claim.runs.map { sweep.runs[$0] }
    var published: Set<Int> = []
    var owners: [String] = []
    if claim.generation > 0 {
      do throws(FolderError) {
        owners = try member.earlierOwners(of: claim)
        for owner in owners {
          guard let state = try member.state(of: owner), let report = WorkerReport(state) else { continue }
          published.formUnion(report.parts[claim.chunk] ?? [])
        }
      } catch {
        throw .folder(error)
      }
    }
    let missing = ledger.enter(claim, runs, published: published)
    if missing.isEmpty { return try finish(ledger.done) }
    do throws(StoreError) {
      try publisher.store.register(record, runs: sweep.records(of: missing))
    } catch {
      throw .store(error)
    }
    // The last owner has come furthest.
    for owner in owners { publisher.inherit(Set(missing.map(\.id)), from: owner) }
    let ended: [String: RunStatus]
    do throws(StoreError) {
      // A run may have ended between its checkpoint and the copy of what it had recorded.
      ended = try publisher.store.statuses(of: missing.map(\.id)).filter {
        [.finished, .diverged, .failed].contains($0.value)
      }
    } catch {
      throw .store(error)
    }
    ledger.inherit(ended)
    work.add(missing.filter { ended[$0.id] == nil })
  }

  /// Brings what has ended to the folder, and marks the chunks that are done by it.
  mutating func publish() throws(PoolTrouble) {
    let ids = ledger.unpublished
    if !ids.isEmpty {
      try publisher.publish(ids)
      _ = ledger.published(ids)
    }
    try finish(ledger.done)
  }

  private mutating func finish(_ chunks: [Int]) throws(PoolTrouble) {
    do throws(FolderError) {
      for chunk in chunks {
        try member.finish(chunk)
        ledger.strike(chunk)
      }
    } catch {
      throw .folder(error)
    }
  }

  /// A full disk may be emptied and a server come back: it tries again for a while.
  private mutating func fail(_ trouble: PoolTrouble) {
    if case .folder(let error) = trouble {
      let since = failingSince ?? now
      if failingSince == nil { notes.warn("\(error); trying again for \(Int(Self.patience)) s") }
      failingSince = since
      nextTry = now + 1
      if now - since < Self.patience { return }
    }
    notes.fail(trouble)
    stop.set()
  }
}

/// What the clerk has to say to the thread that prints.
final class PoolNotes: Sendable {
  private let state = Mutex<(warnings: [String], trouble: PoolTrouble?)>(([], nil))

  func warn(_ text: String) { state.withLock { $0.warnings.append(text) } }
  func fail(_ trouble: PoolTrouble) { state.withLock { $0.trouble = $0.trouble ?? trouble } }
  var trouble: PoolTrouble? { state.withLock { $0.trouble } }

  func takeWarnings() -> [String] {
    state.withLock { state in
      defer { state.warnings = [] }
      return state.warnings
    }
  }
}
