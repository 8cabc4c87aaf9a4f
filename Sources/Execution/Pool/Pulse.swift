import Foundation
import Sharing
import Synchronization

/// Has a worker's heart beat, on a thread of its own: neither a long merge nor a large copy may look like death.
final class Pulse: Sendable {
  private struct State {
    var heart: Heartbeat<PosixFolder>
    var isOver = false
  }

  private let state: Mutex<State>
  private let seconds: Double
  private let report: @Sendable () -> WorkerReport

  init(
    of worker: String, in folder: PosixFolder, every seconds: Double,
    report: @escaping @Sendable () -> WorkerReport
  ) {
    state = Mutex(State(heart: Heartbeat(of: worker, in: folder)))
    self.seconds = seconds
    self.report = report
  }

  /// The first beat, and then one after the other until ``leave(_:)``.
  func start() throws(FolderError) {
    try beat()
    let thread = Thread { [self] in
      var next = ContinuousClock.now + .seconds(seconds)
      while !state.withLock({ $0.isOver }) {
        Thread.sleep(forTimeInterval: min(0.1, seconds / 4))
        if ContinuousClock.now < next { continue }
        next = ContinuousClock.now + .seconds(seconds)
        // One that cannot be written is one that is missing: others see it.
        try? beat()
      }
    }
    thread.name = "wb pulse"
    thread.start()
  }

  private func beat() throws(FolderError) {
    let text = report().text
    try state.withLock { state throws(FolderError) in
      if !state.isOver { try state.heart.renew(text) }
    }
  }

  /// The last beat: what is given up is anyone's.
  func leave(_ givenUp: Set<Int>) throws(FolderError) {
    let text = report().text
    try state.withLock { state throws(FolderError) in
      state.isOver = true
      try state.heart.leave(givenUp, text)
    }
  }
}
