import ArgumentParser
import Execution
import Foundation
import Glibc
import Sharing
import Tracking

struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Watch a sweep's runs, with their ELBO as sparklines.",
    usage: "wb watch [<file>] [--sweep <sweep>] [--once] [<options>]",
    discussion: """
      Looks into the store every second, whichever process executes the runs; ends when the sweep is done, or at q \
      or Ctrl-C.

        wb watch
        wb watch sweep.yaml --once
        wb watch --shared /scratch/sweep
      """)

  @OptionGroup var watched: WatchedSweep
  @OptionGroup var store: StoreOptions
  @Flag(help: "Show it once, for scripts.")
  var once = false

  func run() throws {
    if let folder = watched.sharedFolder { return try watch(folder) }
    let store = try store.open()
    let name = try watched.sweep(in: store).record.name
    var screen = WatchScreen(of: store)
    let keys = once ? nil : Keys()
    defer { keys?.restore() }
    while true {
      let status = try SweepStatus(
        of: try store.sweep(named: name), in: store, now: Date().timeIntervalSince1970)
      let size = Console.outputSize
      let text = try screen.text(status, lines: once ? 40 : size.lines, width: size.width)
      try show(text)
      if once || status.isDone { return }
      if keys?.endsWatching(within: 1) ?? false { return }
    }
  }

  /// Watches a folder that workers share.
  private func watch(_ folder: PosixFolder) throws {
    let pool = try watched.pool(in: folder)
    let keys = once ? nil : Keys()
    defer { keys?.restore() }
    while true {
      let status = try SharedStatus(of: pool, in: folder)
      try show(status.text)
      if once || status.isDone { return }
      // Workers say no more than every so often how far they are.
      if keys?.endsWatching(within: max(1, min(10, pool.timing.renewal / 2))) ?? false { return }
    }
  }

  private func show(_ text: String) throws {
    // From the top left corner; then what an earlier, longer text has left is taken away.
    let isTerminal = !once && Console.outputIsTerminal
    try Console.output(isTerminal ? "\u{1B}[H\u{1B}[2J" + text : text)
  }
}

/// The keys of a terminal, read one by one without being shown.
private final class Keys {
  private var saved = termios()
  private let isTerminal: Bool
  private let stop = StopRequest()
  private let signals: [any DispatchSourceSignal]

  init() {
    isTerminal = isatty(STDIN_FILENO) == 1 && tcgetattr(STDIN_FILENO, &saved) == 0
    // A terminal that does not show what is typed must not be left so.
    let stop = stop
    signals = [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { stop.set() }
      source.resume()
      return source
    }
    guard isTerminal else { return }
    var plain = saved
    plain.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(STDIN_FILENO, TCSANOW, &plain)
  }

  func restore() {
    for source in signals { source.cancel() }
    if isTerminal { tcsetattr(STDIN_FILENO, TCSANOW, &saved) }
  }

  /// Waits; true where q, Ctrl-C or a signal to end came.
  func endsWatching(within seconds: Double) -> Bool {
    let deadline = ContinuousClock.now + .seconds(seconds)
    while ContinuousClock.now < deadline {
      if stop.isSet { return true }
      guard isTerminal else {
        Thread.sleep(forTimeInterval: 0.05)
        continue
      }
      var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      guard poll(&descriptor, 1, 50) > 0 else { continue }
      var byte: UInt8 = 0
      if read(STDIN_FILENO, &byte, 1) == 1, [UInt8(ascii: "q"), UInt8(ascii: "Q"), 3].contains(byte) {
        return true
      }
    }
    return false
  }
}
