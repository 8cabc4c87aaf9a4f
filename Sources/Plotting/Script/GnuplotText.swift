/// Text that gnuplot takes as text.
///
/// Labels are data. A literal in single quotes is the one place where gnuplot substitutes nothing: no
/// backquotes, no `@macro`, no backslash. An apostrophe inside becomes a typographic one, because gnuplot 5.4
/// loses its place after a doubled quote at either end; the script's terminals are `noenhanced`, so that `_`
/// and `^` stay what they are. For LaTeX a label is escaped in addition (``LaTeXText``), which is why labels are
/// marked in a script until the terminal that draws them is known.
enum GnuplotText {
  /// Who reads a label beside gnuplot.
  enum Reader { case nobody, latex }

  /// Private characters, which no label can hold: ``printable(_:)`` shows them as escapes.
  private static let (start, tickStart, end): (Character, Character, Character) = (
    "\u{E000}", "\u{E001}", "\u{E002}"
  )

  /// A literal for the script. Characters that end a line or steer a terminal become visible escapes, and long
  /// texts are cut in the middle.
  static func literal(_ text: String, limit: Int = 120) -> String {
    "\(start)\(shortened(printable(text), to: limit))\(end)"
  }

  /// A literal for a tic's label, which gnuplot takes as a format for the tic's number.
  static func tickLiteral(_ text: String, limit: Int) -> String {
    "\(tickStart)\(shortened(printable(text), to: limit))\(end)"
  }

  /// A line of a script with its labels as the reader needs them.
  static func rendered(_ line: String, for reader: Reader) -> String {
    guard line.contains(end) else { return line }
    let size = reader == .latex ? line.firstMatch(of: /font ',([0-9]+)'/).flatMap { Int($0.1) } : nil
    let command = size.map { LaTeXText.sizeCommand(pictureSize: $0) } ?? ""
    var result = ""
    var label: String?
    var isTick = false
    for character in line {
      switch character {
      case start, tickStart:
        label = ""
        isTick = character == tickStart
      case end:
        result += quoted(label ?? "", isTick: isTick, for: reader, command: command)
        label = nil
      default:
        if label == nil { result.append(character) } else { label?.append(character) }
      }
    }
    return result
  }

  /// - Parameter command: what LaTeX is told before the text.
  private static func quoted(
    _ label: String, isTick: Bool, for reader: Reader, command: String
  ) -> String {
    switch reader {
    case .latex:
      let spelled = LaTeXText.spelled(label)
      // gnuplot makes room for the bytes of a tic's label, so that one long in them leaves none for the plot.
      let text = isTick ? shortened(spelled, toBytes: max(label.count, 24)) : spelled
      let escaped = LaTeXText.escaped(text)
      return "'" + command + (isTick ? escaped.replacing("\\%", with: "{\\char37}") : escaped) + "'"
    case .nobody:
      let text = isTick ? formatted(label) : label
      return "'" + text.replacing("'", with: "\u{2019}") + "'"
    }
  }

  /// gnuplot takes a tic's label for a format where it has a %, and cuts what that gives after 49 bytes.
  private static func formatted(_ label: String) -> String {
    label.contains("%") ? shortened(label, toBytes: 49).replacing("%", with: "%%") : label
  }

  /// A name for files: ASCII letters, digits, dots, dashes and underscores, not starting with a dot or dash.
  static func fileName(_ text: String) -> String {
    let allowed = text.unicodeScalars.map { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || "._-".unicodeScalars.contains(scalar))
        ? Character(scalar) : "-"
    }
    let name = String(String(allowed).drop { ".-".contains($0) }.prefix(100))
    return name.isEmpty ? "figure" : name
  }

  private static func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
        result += "\\u{" + String(scalar.value, radix: 16) + "}"
      default:
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func shortened(_ text: String, toBytes bytes: Int) -> String {
    var (short, limit) = (text, bytes)
    while short.utf8.count > bytes, limit > 3 {
      short = shortened(text, to: limit)
      limit -= 1
    }
    return short
  }

  private static func shortened(_ text: String, to limit: Int) -> String {
    guard text.count > limit else { return text }
    let half = (limit - 1) / 2
    return text.prefix(half) + "…" + text.suffix(half)
  }
}
