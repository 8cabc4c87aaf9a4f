import Dispatch
import Execution
import Foundation

/// Turns Ctrl-C and SIGTERM into a request to stop; the second one stops at once.
final class StopOnSignal {
  private let sources: [any DispatchSourceSignal]

  init(_ request: StopRequest) {
    sources = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        if request.isSet { Foundation.exit(128 + number) }
        request.set()
        Console.error("\nwb: stopping; what is done is kept, and the same command goes on (again: stop at once)")
      }
      source.resume()
      return source
    }
  }

  deinit { for source in sources { source.cancel() } }
}
