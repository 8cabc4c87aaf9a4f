import Foundation

/// Results go to standard output; progress, warnings and errors to standard error.
enum Console {
  /// Writes a result, ending its last line.
  static func output(_ text: String) { write(ended(text), to: .standardOutput) }

  /// Writes a message, ending its last line.
  static func error(_ text: String) { write(ended(text), to: .standardError) }

  /// Writes to standard error as it is: the moving line of the progress bar.
  static func errorRaw(_ text: String) { write(text, to: .standardError) }

  static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  private static func ended(_ text: String) -> String { text.hasSuffix("\n") ? text : text + "\n" }

  /// Where nobody reads any more there is nobody to tell: a closed pipe is no failure of the command.
  private static func write(_ text: String, to handle: FileHandle) {
    try? handle.write(contentsOf: Data(text.utf8))
  }
}
