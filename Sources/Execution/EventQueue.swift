import Dispatch
import Synchronization
import Tracking

/// Hands batches from the workers to the one writer; a worker that is far ahead of the disk waits.
final class EventQueue: Sendable {
  private struct State {
    var events: [StoreEvent] = []
    var steps = 0
    var openWorkers: Int
    var waitingWorkers = 0
    var isCancelled = false
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
      state.events += events
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

  /// Says that one worker has pushed its last batch.
  func closeOne() {
    state.withLock { $0.openWorkers -= 1 }
    filled.signal()
  }

  /// Drops what is queued and what is still pushed: the store cannot be written any more.
  func cancel() {
    let waiting = state.withLock { state in
      state.isCancelled = true
      state.events = []
      state.steps = 0
      defer { state.waitingWorkers = 0 }
      return state.waitingWorkers
    }
    for _ in 0..<waiting { emptied.signal() }
  }

  /// Waits up to `seconds` for events and takes all there are; `isOver` when every worker has closed and nothing is
  /// left.
  func take(waitingUpTo seconds: Double) -> (events: [StoreEvent], isOver: Bool) {
    _ = filled.wait(timeout: .now() + seconds)
    let (events, isOver, waiting) = state.withLock { state in
      let events = state.events
      let waiting = state.waitingWorkers
      state.events = []
      state.steps = 0
      state.waitingWorkers = 0
      return (events, state.openWorkers == 0, waiting)
    }
    for _ in 0..<waiting { emptied.signal() }
    return (events, isOver)
  }
}

/// A request to stop, set once from anywhere and asked by the workers.
public final class StopRequest: Sendable {
  private let flag = Atomic(false)

  public init() {}

  public func set() { flag.store(true, ordering: .relaxed) }
  public var isSet: Bool { flag.load(ordering: .relaxed) }
}
