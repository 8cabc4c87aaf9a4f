extension Lexer {
  /// `12`, `1_000`, `2.`, `.5`, `1e-3`: a dot or an exponent makes it real.
  mutating func number() throws(StanDiagnostic) -> Token.Kind {
    let start = position
    let beginsWithDot = bytes[start] == .dot
    if !beginsWithDot { digits() }
    var isReal = false
    if byte(at: position) == .dot {
      isReal = true
      position += 1
      digits()
    }
    let hasExponent = exponent()
    isReal = isReal || hasExponent
    if byte(at: position) == UInt8(ascii: "i"), !byte(at: position + 1).isWordPart {
      throw StanDiagnostic(
        at: SourceRange(start, position + 1), what: "complex numbers are outside of wb's subset of Stan",
        fix: Refusal.throughBridgeStan)
    }
    if byte(at: position).isWordPart {
      let numberEnd = position
      while byte(at: position).isWordPart { position += 1 }
      throw StanDiagnostic(
        at: SourceRange(numberEnd, position), what: "a number and a name run together",
        fix: "begin names with a letter, and put a blank or an operator between them")
    }
    let text = String(decoding: bytes[start..<position].filter { $0 != .underscore }, as: UTF8.self)
    let range = SourceRange(start, position)
    guard isReal else {
      // Stan's integers have 32 bits.
      guard let value = Int32(text) else {
        throw StanDiagnostic(
          at: range, what: "the integer \(text.prefix(40)) is larger than 2147483647",
          fix: "write it as a real number: \(text.prefix(40)).0")
      }
      return .integer(Int(value))
    }
    // `2.` and `.5` are none of Swift's forms.
    guard let value = Double(Self.completed(text)) else {
      throw StanDiagnostic(at: range, what: "'\(text.prefix(40))' is no number", fix: "write it like 1.5e-3")
    }
    if beginsWithDot && !hasExponent { return .dotNumber(value, element: Int(text.dropFirst())) }
    return .real(value)
  }

  /// Digits, with single underscores between them.
  private mutating func digits() {
    while true {
      if byte(at: position).isDigit {
        position += 1
      } else if byte(at: position) == .underscore, bytes[position - 1].isDigit, byte(at: position + 1).isDigit
      {
        position += 2
      } else {
        return
      }
    }
  }

  private mutating func exponent() -> Bool {
    guard byte(at: position) | 0x20 == UInt8(ascii: "e") else { return false }
    let sign = byte(at: position + 1)
    let isSigned = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
    let first = position + (isSigned ? 2 : 1)
    guard byte(at: first).isDigit else { return false }
    position = first
    digits()
    return true
  }

  private static func completed(_ text: String) -> String {
    guard let dot = text.firstIndex(of: ".") else { return text }
    let whole = text[..<dot]
    let rest = text[text.index(after: dot)...]
    let fraction = rest.first.map { "0"..."9" ~= $0 } == true ? "" : "0"
    return (whole.isEmpty ? "0" : whole) + "." + fraction + rest
  }
}
