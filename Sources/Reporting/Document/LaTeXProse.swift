import Plotting

/// Text of a page as LaTeX takes it: no character of it is a command.
enum LaTeXProse {
  static func escaped(_ text: String) -> String {
    let source = LaTeXText.escaped(LaTeXText.spelled(VisibleText.escaped(text)))
    // Two hyphens would become a dash, and an item or a line break takes a bracket or an asterisk for an argument.
    return source.map { "-[]*".contains($0) ? "{\($0)}" : String($0) }.joined()
  }

  /// The same, with spaces that stay; lines may break at them, and long words after their punctuation.
  static func code(_ text: String) -> String {
    text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      escaped(String(word)).replacing("/", with: "/\\allowbreak{}").replacing(",", with: ",\\allowbreak{}")
    }.joined(separator: "\\ ")
  }

  /// The same in a table, where the spaces that align numbers stand behind them: a phantom of the point and the digits.
  static func cell(_ text: String) -> String {
    let trimmed = String(text.reversed().drop { $0 == " " }.reversed())
    let padding = text.count - trimmed.count
    guard padding > 0 else { return escaped(text) }
    let isWhole = !trimmed.contains(".")
    let absent = (isWhole ? "." : "") + String(repeating: "0", count: padding - (isWhole ? 1 : 0))
    return "\(escaped(trimmed))\\phantom{\(absent)}"
  }
}
