import Foundation
import SweepConfig
import Tracking

/// The threads that execute runs, and the one that calls, which writes what they record.
struct Crew {
  let store: Store
  /// The threads that may compute.
  let jobs: Int
  /// How many groups of runs are worked on at a time.
  let workers: Int
  let limits: ExecutionLimits
  let stop: StopRequest
  let wbVersion: String

  /// Works until the source has no more, or a stop is asked for.
  ///
  /// - Parameters:
  ///   - written: called with events that are in the store.
  ///   - tick: called after every transaction, several times a second.
  ///   - warn: called with what the user should know.
  func work(
    on source: any WorkSource, _ claims: Claims, written: ([StoreEvent]) -> Void, tick: () -> Void,
    warn: (String) -> Void
  ) throws(StoreError) {
    let queue = EventQueue(workers: workers)
    let threads = ThreadShare(
      threads: min(jobs, ProcessInfo.processInfo.activeProcessorCount), workers: workers)
    let checkpoints = CheckpointFolder(besides: store.path)
    let gate = ThreadGate(threads: jobs)
    for index in 0..<workers {
      let worker = Worker(
        list: source, count: workers, claims: claims, threads: threads, gate: gate, queue: queue,
        limits: limits, checkpoints: checkpoints, wbVersion: wbVersion)
      let thread = Thread { worker.work() }
      thread.name = "wb worker \(index)"
      thread.stackSize = 8 << 20
      thread.start()
    }
    while true {
      let batch = queue.take(waitingUpTo: 0.1)
      batch.warnings.forEach(warn)
      do throws(StoreError) {
        if let failure = batch.failure { throw failure }
        if !batch.events.isEmpty {
          try patiently(stop) { () throws(StoreError) in try store.write(batch.events, of: claims.attempt) }
        }
      } catch {
        stop.set()
        queue.cancel()
        throw error
      }
      written(batch.events)
      if !batch.files.isEmpty {
        store.makeDurable()
        for error in checkpoints.apply(batch.files) { warn("\(error)") }
      }
      tick()
      if batch.isOver { return }
    }
  }
}
