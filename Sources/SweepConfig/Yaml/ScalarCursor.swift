/// A position in a YAML text, and the steps over its tokens.
struct ScalarCursor {
  private let scalars: [Unicode.Scalar]
  private var index = 0
  /// From 0.
  private(set) var line = 0
  /// From 0.
  private(set) var column = 0

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    index + offset < scalars.count ? scalars[index + offset] : nil
  }

  /// Whether the scalar at `offset` is a blank, a line break or the end of the text.
  func isBlankOrEnd(_ offset: Int) -> Bool {
    guard let scalar = peek(offset) else { return true }
    return scalar == " " || scalar == "\t" || scalar.isYamlBreak
  }

  var isAtDocumentMarker: Bool {
    guard column == 0, let mark = peek(), mark == "-" || mark == "." else { return false }
    return peek(1) == mark && peek(2) == mark && isBlankOrEnd(3)
  }

  mutating func advance(by count: Int = 1) {
    for _ in 0..<count { advanceOne() }
  }

  private mutating func advanceOne() {
    guard let scalar = peek() else { return }
    let isPairStart = scalar == "\r" && peek(1) == "\n"
    index += 1
    if scalar.isYamlBreak && !isPairStart {
      line += 1
      column = 0
    } else {
      column += 1
    }
  }

  private var isAtBreak: Bool { peek()?.isYamlBreak ?? false }

  mutating func skipLine() {
    while peek() != nil && !isAtBreak { advance() }
  }

  /// Skips blanks, line breaks and comments.
  mutating func skipToToken() {
    while let scalar = peek() {
      if scalar == "#" {
        skipLine()
      } else if scalar == " " || scalar == "\t" || scalar == "\u{FEFF}" || scalar.isYamlBreak {
        advance()
      } else {
        return
      }
    }
  }

  /// Skips the name of an anchor or an alias.
  mutating func skipName() {
    while let scalar = peek(), scalar == "-" || scalar == "_" || scalar.isAsciiLetterOrDigit { advance() }
  }

  /// Steps over a quoted scalar and returns what stands between the quotes, escapes as written.
  mutating func quotedText(_ quote: Unicode.Scalar) -> String {
    var text = String.UnicodeScalarView()
    advance()
    while let scalar = peek() {
      if scalar == quote && quote == "'" && peek(1) == "'" {
        advance()
      } else if scalar == quote {
        advance()
        break
      } else if scalar == "\\" && quote == "\"" {
        text.append(scalar)
        advance()
      }
      if let scalar = peek() { text.append(scalar) }
      advance()
    }
    return String(text)
  }

  /// Steps over a plain scalar, over its continuation lines too, and returns its first line.
  mutating func plainText(inFlow: Bool, parentColumn: Int) -> String {
    var text = String.UnicodeScalarView()
    let firstLine = line
    while peek() != nil && !isAtDocumentMarker && peek() != "#" {
      while let scalar = peek(), !isBlankOrEnd(0), !isPlainEnd(inFlow: inFlow) {
        if line == firstLine { text.append(scalar) }
        advance()
      }
      guard peek() != nil, isBlankOrEnd(0) else { break }
      while peek() != nil && isBlankOrEnd(0) {
        if let scalar = peek(), line == firstLine, !isAtBreak { text.append(scalar) }
        advance()
      }
      if !inFlow && line > firstLine && column <= parentColumn { break }
    }
    while let last = text.last, last == " " || last == "\t" { text.removeLast() }
    return String(text)
  }

  private func isPlainEnd(inFlow: Bool) -> Bool {
    switch peek() {
    case ":": isBlankOrEnd(1)
    case ",", "[", "]", "{", "}": inFlow
    default: false
    }
  }

  /// Steps over a literal or folded scalar: its header and the lines indented as its first.
  mutating func skipBlockScalar(parentColumn: Int) {
    var explicit: Int?
    while let scalar = peek(), !isBlankOrEnd(0) {
      if let digit = scalar.properties.numericType == nil ? nil : Int(String(scalar)) { explicit = digit }
      advance()
    }
    skipLine()
    var indent = explicit.map { max(parentColumn, 0) + $0 }
    while peek() != nil {
      advance()  // over the line break
      var blanks = 0
      while peek(blanks) == " " && blanks < (indent ?? .max) { blanks += 1 }
      if let scalar = peek(blanks), scalar.isYamlBreak {
        advance(by: blanks)
        continue
      }
      if indent == nil { indent = max(blanks, parentColumn + 1, 1) }
      guard let indent, blanks >= indent else { return }
      skipLine()
    }
  }
}

extension Unicode.Scalar {
  var isAsciiLetterOrDigit: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: false
    }
  }
}
