/// A text with `{placeholders}` for what differs between runs. `{{` and `}}` are braces.
public struct PlaceholderText: Sendable, Hashable {
  private enum Piece: Sendable, Hashable {
    case text(String)
    case placeholder(String)
  }

  private var pieces: [Piece] = []

  /// Reads a text; throws where a brace is not closed.
  init(_ text: String) throws(SettingsProblem) {
    var plain = ""
    var rest = text[...]
    while let character = rest.popFirst() {
      switch character {
      case "{" where rest.first == "{", "}" where rest.first == "}":
        plain.append(character)
        rest.removeFirst()
      case "{":
        guard let end = rest.firstIndex(of: "}") else {
          throw SettingsProblem(
            path: [], what: "'{' is not closed in '\(text)'", fix: "write {name}, or {{ for a brace")
        }
        if !plain.isEmpty { pieces.append(.text(plain)) }
        plain = ""
        pieces.append(.placeholder(String(rest[..<end])))
        rest = rest[rest.index(after: end)...]
      default: plain.append(character)
      }
    }
    if !plain.isEmpty { pieces.append(.text(plain)) }
  }

  /// The names in braces.
  var placeholders: [String] {
    pieces.compactMap { if case .placeholder(let name) = $0 { name } else { nil } }
  }

  /// The text with every placeholder replaced; nil where one has no value.
  func filled(_ value: (String) -> String?) -> String? {
    var result = ""
    for piece in pieces {
      switch piece {
      case .text(let text): result += text
      case .placeholder(let name):
        guard let text = value(name) else { return nil }
        result += text
      }
    }
    return result
  }
}
