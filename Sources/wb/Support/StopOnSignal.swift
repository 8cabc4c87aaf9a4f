import Dispatch
import Execution
import Foundation

/// Turns Ctrl-C and SIGTERM into a request to stop; the second one stops at once.
final class StopOnSignal {
  private let sources: [any DispatchSourceSignal]

  /// - Parameter clear: takes away what moves on the terminal, before something is said.
  init(_ request: StopRequest, clear: @escaping @Sendable () -> Void) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        clear()
        // At once: the workers still run, and nothing of theirs may be taken down in an orderly way.
        if request.isSet { _exit(128 + number) }
        request.set()
        Console.error(
          "wb: stopping; what is done is kept, and the same command goes on (again: stop at once)")
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
