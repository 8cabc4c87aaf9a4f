/// Text as markdown takes it.
package enum Markdown {
  /// Text that means nothing to markdown, HTML or the formulas of GitHub. An underscore inside a word stays, as
  /// markdown leaves it alone there.
  package static func escaped(_ text: String) -> String {
    var result = ""
    let characters = Array(VisibleText.escaped(text))
    for (index, character) in characters.enumerated() {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\\", "`", "*", "[", "]", "|", "$", "~", "!", "#": result += "\\\(character)"
      case "_":
        let isInside =
          index > 0 && index + 1 < characters.count && isWord(characters[index - 1])
          && isWord(characters[index + 1])
        result += isInside ? "_" : "\\_"
      default: result.append(character)
      }
    }
    return result
  }

  /// Text inside an HTML element, where markdown escapes mean nothing.
  static func html(_ text: String) -> String {
    VisibleText.escaped(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(
      ">", with: "&gt;")
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  /// A block of text as it is, in a fence that is longer than any inside.
  static func fenced(_ text: String, language: String) -> String {
    var longest = 0
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: max(3, longest + 1))
    return "\(fence)\(language)\n\(text)\(text.hasSuffix("\n") ? "" : "\n")\(fence)\n"
  }

  /// Text in a code span.
  static func code(_ text: String) -> String {
    let shown = VisibleText.escaped(text)
    guard shown.contains("`") else { return "`\(shown)`" }
    let fence = String(repeating: "`", count: shown.count { $0 == "`" } + 1)
    return "\(fence) \(shown) \(fence)"
  }
}
