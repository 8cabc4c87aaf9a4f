/// Sentences for a terminal.
enum TextWrap {
  /// The text broken at spaces into lines of at most `width` characters; longer words are broken too.
  static func wrapped(_ text: String, width: Int) -> String {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ").flatMap({ pieces(of: $0, width: width) }) {
      if !line.isEmpty, line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return (lines + [line]).joined(separator: "\n")
  }

  private static func pieces(of word: Substring, width: Int) -> [Substring] {
    stride(from: 0, to: word.count, by: width).map { word.dropFirst($0).prefix(width) }
  }
}
