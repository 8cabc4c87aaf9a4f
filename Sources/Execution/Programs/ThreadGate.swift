import Foundation
import Synchronization

/// The threads of a sweep, taken in the order in which they are asked for: a program that needs several waits until they are free,
/// and whoever comes later waits behind it.
final class ThreadGate: Sendable {
  private struct State {
    var free: Int
    var nextTicket = 0
    var served = 0
  }

  private let total: Int
  private let state: Mutex<State>

  init(threads: Int) {
    total = threads
    state = Mutex(State(free: threads))
  }

  /// Takes `threads`, at most all there are; false where a stop is asked for first.
  func enter(_ threads: Int, unless stop: StopRequest) -> Bool {
    let wanted = min(threads, total)
    let ticket = state.withLock { state in
      defer { state.nextTicket += 1 }
      return state.nextTicket
    }
    while true {
      let entered = state.withLock { state in
        guard state.served == ticket, state.free >= wanted || stop.isSet else { return false }
        state.served += 1
        if !stop.isSet { state.free -= wanted }
        return true
      }
      if entered { return !stop.isSet }
      Thread.sleep(forTimeInterval: 0.01)
    }
  }

  func leave(_ threads: Int) { state.withLock { $0.free += min(threads, total) } }
}
