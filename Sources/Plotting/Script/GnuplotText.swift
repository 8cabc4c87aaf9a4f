/// Text that gnuplot takes as text.
///
/// Labels are data. A literal in single quotes is the one place where gnuplot substitutes nothing: no
/// backquotes, no `@macro`, no backslash. An apostrophe inside becomes a typographic one, because gnuplot 5.4
/// loses its place after a doubled quote at either end; the script's terminals are `noenhanced`, so that `_`
/// and `^` stay what they are.
enum GnuplotText {
  /// A literal for the script. Characters that end a line or steer a terminal become visible escapes, and long
  /// texts are cut in the middle.
  static func literal(_ text: String, limit: Int = 120) -> String {
    "'" + shortened(printable(text), to: limit).replacing("'", with: "\u{2019}") + "'"
  }

  /// A literal for a tic's label, which gnuplot takes as a format for the tic's number.
  static func tickLiteral(_ text: String, limit: Int) -> String {
    literal(text, limit: limit).replacing("%", with: "%%")
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

  private static func shortened(_ text: String, to limit: Int) -> String {
    guard text.count > limit else { return text }
    let half = (limit - 1) / 2
    return text.prefix(half) + "…" + text.suffix(half)
  }
}
