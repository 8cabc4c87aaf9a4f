import Foundation
import Glibc

/// Results go to standard output; progress, warnings and errors to standard error.
enum Console {
  /// Writes a result, ending its last line.
  ///
  /// A reader that has gone away (`wb ls | head -1`) is no failure; a result that cannot be written is.
  static func output(_ text: String) throws { try raw(ended(text)) }

  /// Writes a part of a result as it is.
  static func raw(_ text: String) throws {
    let problem = write(text, to: STDOUT_FILENO)
    guard problem == 0 || problem == EPIPE else {
      throw Failure(.failure, "wb: the result cannot be written: \(String(cString: strerror(problem)))")
    }
  }

  /// Writes a message, ending its last line.
  static func error(_ text: String) { errorRaw(ended(text)) }

  /// Writes to standard error as it is: the moving line of the progress bar. Where that fails there is nobody to
  /// tell.
  static func errorRaw(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  static var inputIsTerminal: Bool { isatty(STDIN_FILENO) == 1 }

  /// The columns of the terminal that standard error goes to; 80 where it does not say.
  static var errorWidth: Int {
    var size = winsize()
    return ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 ? Int(size.ws_col) : 80
  }

  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// The lines and columns of the terminal that standard output goes to; 24 and 120 where it does not say.
  static var outputSize: (lines: Int, width: Int) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
      return (24, 120)
    }
    return (Int(size.ws_row), Int(size.ws_col))
  }

  /// Has a write to a pipe that nobody reads fail, where it would end the process: a sweep goes on without its
  /// audience.
  static func outliveReaders() { signal(SIGPIPE, SIG_IGN) }

  /// Has a write beyond the limit of a file's size (`ulimit -f`) fail as one to a full disk does.
  static func outliveLimits() { signal(SIGXFSZ, SIG_IGN) }

  /// A carriage return and a line feed are one `Character`, and end a line too.
  private static func ended(_ text: String) -> String { text.utf8.last == 0x0A ? text : text + "\n" }

  /// Returns 0, or the `errno` that kept it from writing.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno != EINTR {
        return errno
      }
    }
    return 0
  }
}
