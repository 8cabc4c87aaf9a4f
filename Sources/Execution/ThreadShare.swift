import Synchronization

/// The threads of a sweep, shared evenly by the workers that still have runs.
final class ThreadShare: Sendable {
  private let threads: Int
  private let workers: Atomic<Int>

  init(threads: Int, workers: Int) {
    self.threads = threads
    self.workers = Atomic(workers)
  }

  /// The threads that each worker may use: more as others leave.
  var perWorker: Int { max(1, threads / max(1, workers.load(ordering: .relaxed))) }

  /// A worker has no more runs.
  func leave() { workers.subtract(1, ordering: .relaxed) }
}
