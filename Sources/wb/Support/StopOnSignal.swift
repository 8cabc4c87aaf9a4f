import Dispatch
import Execution
import Foundation

/// Turns Ctrl-C, SIGTERM and SIGUSR1, by which batch systems announce an end, into a request to stop; a second Ctrl-C stops at once.
final class StopOnSignal {
  private let sources: [any DispatchSourceSignal]

  /// - Parameters:
  ///   - isPatient: whether only Ctrl-C can stop at once: a batch system may send one signal after the other, and wait.
  ///   - clear: takes away what moves on the terminal, before something is said.
  init(_ request: StopRequest, isPatient: Bool = false, clear: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM, SIGUSR1].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        clear()
        // At once: the workers still run, and nothing of theirs may be taken down in an orderly way.
        if request.isSet {
          if isPatient, number != SIGINT { return }
          _exit(128 + number)
        }
        request.set()
        Console.error("wb: stopping; what is done is kept (again: stop at once)")
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
