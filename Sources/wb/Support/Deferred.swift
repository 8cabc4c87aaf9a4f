import Foundation
import Synchronization

/// A value that a thread of its own makes meanwhile.
final class Deferred<Value: Sendable>: Sendable {
  private let made = Mutex<Value?>(nil)
  private let isMade = DispatchSemaphore(value: 0)

  init(_ make: @escaping @Sendable () -> Value) {
    let thread = Thread { [self] in
      let value = make()
      made.withLock { $0 = value }
      isMade.signal()
    }
    thread.start()
  }

  /// Waits for it.
  func value() -> Value {
    isMade.wait()
    // For who asks next.
    isMade.signal()
    guard let value = made.withLock({ $0 }) else { preconditionFailure("a signal before its value") }
    return value
  }
}
