/// A cell of comma-separated values (RFC 4180).
enum CSVField {
  /// What makes a spreadsheet take a cell for a formula, at its start.
  static let dangerous = Set("=+-@\t\r".utf8)

  /// A text as a cell; what a spreadsheet would execute gets an apostrophe in front, unless `raw`.
  ///
  /// So does what has apostrophes before such a character, so that one can be taken away again.
  static func text(_ text: String, raw: Bool = false) -> String {
    quoted(raw ? text : marked(text))
  }

  private static func marked(_ text: String) -> String {
    guard let first = text.utf8.first(where: { $0 != UInt8(ascii: "'") }), dangerous.contains(first) else {
      return text
    }
    return "'" + text
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x2C, 0x22, 0x0D, 0x0A].contains($0) }) else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
