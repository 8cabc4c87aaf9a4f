import Dispatch
import Synchronization
import Tracking

/// Hands batches from the workers to the one writer; a worker that is far ahead of the disk waits.
final class EventQueue: Sendable {
  /// What the writer takes at a time.
  struct Batch {
    var events: [StoreEvent] = []
    /// What is done after the events are written.
    var files: [RunFileEvent] = []
    var warnings: [String] = []
    /// Why a worker could not go on.
    var failure: StoreError?
    /// Whether every worker has closed and nothing is left.
    var isOver = false
  }

  private struct State {
    var batch = Batch()
    var steps = 0
    var openWorkers: Int
    var waitingWorkers = 0
    var isCancelled = false
    /// What has been said once and is not said again.
    var said: Set<String> = []
  }

  /// About 60 MB of steps of ten terms: enough to ride out a slow commit.
  private static let stepLimit = 750_000
  private let state: Mutex<State>
  private let filled = DispatchSemaphore(value: 0)
  private let emptied = DispatchSemaphore(value: 0)

  init(workers: Int) { state = Mutex(State(openWorkers: workers)) }

  /// Appends a batch in order; waits while the queue is full.
  func push(_ events: [StoreEvent], steps: Int) {
    let mustWait = state.withLock { state in
      if state.isCancelled { return false }
      state.batch.events += events
      state.steps += steps
      if state.steps > Self.stepLimit {
        state.waitingWorkers += 1
        return true
      }
      return false
    }
    filled.signal()
    if mustWait { emptied.wait() }
  }

  /// Appends what happens to a file after the events so far.
  func push(file: RunFileEvent) {
    state.withLock { if !$0.isCancelled { $0.batch.files.append(file) } }
    filled.signal()
  }

  /// Says something to the user.
  func warn(_ text: String) { state.withLock { $0.batch.warnings.append(text) } }

  /// Says something to the user, unless something of that key was said.
  func warn(_ text: String, once key: String) {
    state.withLock { if $0.said.insert(key).inserted { $0.batch.warnings.append(text) } }
  }

  /// Says that a worker cannot go on.
  func fail(_ error: StoreError) {
    state.withLock { $0.batch.failure = $0.batch.failure ?? error }
    filled.signal()
  }

  /// Says that one worker has pushed its last batch.
  func closeOne() {
    state.withLock { $0.openWorkers -= 1 }
    filled.signal()
  }

  /// Drops what is queued and what is still pushed: the store cannot be written any more.
  func cancel() {
    let waiting = state.withLock { state in
      state.isCancelled = true
      state.batch = Batch()
      state.steps = 0
      defer { state.waitingWorkers = 0 }
      return state.waitingWorkers
    }
    for _ in 0..<waiting { emptied.signal() }
  }

  /// Waits up to `seconds` for something and takes all there is.
  func take(waitingUpTo seconds: Double) -> Batch {
    _ = filled.wait(timeout: .now() + seconds)
    let (batch, waiting) = state.withLock { state in
      var batch = state.batch
      let waiting = state.waitingWorkers
      batch.isOver = state.openWorkers == 0 && batch.events.isEmpty && batch.files.isEmpty
      state.batch = Batch()
      state.steps = 0
      state.waitingWorkers = 0
      return (batch, waiting)
    }
    for _ in 0..<waiting { emptied.signal() }
    return batch
  }
}

/// A request to stop, set once from anywhere and asked by the workers.
public final class StopRequest: Sendable {
  private let flag = Atomic(false)

  public init() {}

  public func set() { flag.store(true, ordering: .relaxed) }
  public var isSet: Bool { flag.load(ordering: .relaxed) }
}
