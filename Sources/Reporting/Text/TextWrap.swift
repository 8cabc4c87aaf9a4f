/// Sentences in a narrow space.
public enum TextWrap {
  /// The text broken at spaces into lines of at most `width` columns; longer words are broken too.
  public static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    for word in words.flatMap({ pieces(of: $0, width: width) }) {
      if !line.isEmpty, VisibleText.width(line) + 1 + VisibleText.width(String(word)) > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return lines + [line]
  }

  private static func pieces(of word: Substring, width: Int) -> [Substring] {
    if VisibleText.width(String(word)) <= width { return [word] }
    return stride(from: 0, to: word.count, by: width).map { word.dropFirst($0).prefix(width) }
  }
}
