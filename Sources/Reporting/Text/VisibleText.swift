/// Text from names and messages, made safe to look at.
public enum VisibleText {
  /// The text with everything that steers a terminal, hides or reorders letters shown as an escape: control
  /// characters, ends of line, zero-width and direction marks.
  public static func escaped(_ text: String) -> String {
    if isPlain(text) { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
          result += "\\u{" + String(scalar.value, radix: 16) + "}"
        default:
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result
  }

  /// How many columns of a terminal the text takes: East Asian wide letters and pictures take two.
  static func width(_ text: String) -> Int {
    isPlain(text) ? text.utf8.count : text.reduce(0) { $0 + width($1) }
  }

  /// Whether there is nothing but printable ASCII: a byte is a letter and takes a column.
  private static func isPlain(_ text: String) -> Bool {
    // Over the bytes themselves: an index of a string takes longer than the comparison.
    text.utf8.withContiguousStorageIfAvailable { $0.allSatisfy { 0x20...0x7E ~= $0 } }
      ?? text.utf8.allSatisfy { 0x20...0x7E ~= $0 }
  }

  private static func width(_ character: Character) -> Int {
    guard let scalar = character.unicodeScalars.first else { return 0 }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }

  /// The text cut in its middle to at most `width` columns, with an ellipsis.
  static func shortened(_ text: String, to width: Int) -> String {
    guard self.width(text) > width else { return text }
    if isPlain(text), width > 0 {
      return "\(Substring(text.utf8.prefix(width / 2)))…\(Substring(text.utf8.suffix((width - 1) / 2)))"
    }
    var head = ""
    var tail = ""
    var left = text[...]
    var used = 1
    while let next = head.count <= tail.count ? left.first : left.last, used + self.width(next) <= width {
      if head.count <= tail.count {
        head.append(left.removeFirst())
      } else {
        tail = String(left.removeLast()) + tail
      }
      used += self.width(next)
    }
    return head + "…" + tail
  }
}
