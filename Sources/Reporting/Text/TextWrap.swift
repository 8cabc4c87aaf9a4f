/// Sentences in a narrow space.
public enum TextWrap {
  /// The text broken at spaces into lines of at most `width` columns; longer words stay whole.
  public static func lines(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      if !line.isEmpty, VisibleText.width(line) + 1 + VisibleText.width(String(word)) > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return lines + [line]
  }
}
