/// Commands as a reader types them at a POSIX shell.
public enum ShellText {
  /// A word for the shell, quoted where it needs to be.
  public static func quoted(_ text: String) -> String {
    isPlain(text) ? text : "'" + text.replacing("'", with: "'\\''") + "'"
  }

  /// The words that ``quoted(_:)`` has made a line of, joined by spaces.
  public static func words(of line: String) -> [String] {
    var words: [String] = []
    var word: String?
    var isQuoted = false
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if isEscaped {
        word = (word ?? "") + String(scalar)
        isEscaped = false
      } else if scalar == "'" {
        isQuoted.toggle()
        word = word ?? ""
      } else if isQuoted {
        word = (word ?? "") + String(scalar)
      } else if scalar == "\\" {
        isEscaped = true
      } else if scalar == " " {
        if let ended = word { words.append(ended) }
        word = nil
      } else {
        word = (word ?? "") + String(scalar)
      }
    }
    return words + (word.map { [$0] } ?? [])
  }

  /// Whether a word means the same to a shell with and without quotes.
  static func isPlain(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix("=")
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-./,=+:@%".contains($0)) }
  }
}
