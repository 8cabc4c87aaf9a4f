/// Cuts the text of a program into tokens (Stan Reference Manual, "Program blocks" and "Expressions").
struct Lexer {
  let bytes: [UInt8]
  var position = 0
  var line = 0
  var tokens: [Token] = []
  var symbols = Symbols()
  var warnings: [StanDiagnostic] = []
  /// What the comments of a line say about the statement that begins there.
  var pragmas: [Int: FactorPragma] = [:]

  init(_ text: String) { bytes = Array(text.utf8) }

  /// All tokens, an `end` last.
  mutating func run() throws(StanDiagnostic) {
    tokens.reserveCapacity(bytes.count / 4)
    while true {
      try skipBlanksAndComments()
      guard position < bytes.count else { break }
      let start = position
      let kind = try next()
      tokens.append(Token(kind: kind, range: SourceRange(start, position), line: line))
    }
    tokens.append(Token(kind: .end, range: SourceRange(bytes.count, bytes.count), line: line))
  }

  func byte(at offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  private mutating func next() throws(StanDiagnostic) -> Token.Kind {
    let first = bytes[position]
    if first.isLetter { return word() }
    if first.isDigit || (first == .dot && byte(at: position + 1).isDigit) { return try number() }
    if first == UInt8(ascii: "\"") { return try string() }
    if let mark = mark() { return .mark(mark) }
    throw unknownCharacter()
  }

  private mutating func word() -> Token.Kind {
    let start = position
    while byte(at: position).isWordPart { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return Keyword(rawValue: text).map(Token.Kind.keyword) ?? .name(symbols.symbol(of: text))
  }

  /// The longest mark that stands here.
  private mutating func mark() -> Mark? {
    for length in (1...Mark.longest).reversed() where position + length <= bytes.count {
      let text = String(decoding: bytes[position..<position + length], as: UTF8.self)
      if let mark = Mark(rawValue: text) {
        position += length
        return mark
      }
    }
    return nil
  }

  private mutating func string() throws(StanDiagnostic) -> Token.Kind {
    let start = position
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\""), !bytes[position].isLineBreak {
      position += 1
    }
    guard byte(at: position) == UInt8(ascii: "\"") else {
      throw StanDiagnostic(
        at: SourceRange(start, position), what: "the text in quotes does not end on its line",
        fix: "put '\"' at its end")
    }
    position += 1
    return .string(String(decoding: bytes[start + 1..<position - 1], as: UTF8.self))
  }

  private func unknownCharacter() -> StanDiagnostic {
    var end = position + 1
    while byte(at: end) & 0xC0 == 0x80 { end += 1 }
    let character = String(decoding: bytes[position..<end], as: UTF8.self)
    let fix =
      switch character {
      case ".": "elements of a tuple have numbers: t.1"
      case "_": "begin names with a letter"
      case "&": "write '&&' for 'and'"
      case "“", "”", "‘", "’": "use straight quotes"
      default: "take it out"
      }
    return StanDiagnostic(
      at: SourceRange(position, end), what: "'\(character)' has no meaning here", fix: fix)
  }
}

extension UInt8 {
  static let dot = UInt8(ascii: ".")
  static let underscore = UInt8(ascii: "_")

  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
  var isWordPart: Bool { isLetter || isDigit || self == .underscore }
  var isLineBreak: Bool { self == 0x0A || self == 0x0D }
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0C }
}
