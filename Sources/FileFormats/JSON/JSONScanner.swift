/// Why a text is not JSON.
package struct JSONProblem: Error, Hashable, Sendable {
  /// The line, from 1.
  package var line: Int
  /// What is wrong, as a clause.
  package var what: String

  package init(line: Int, what: String) {
    self.line = line
    self.what = what
  }
}

/// The pieces of a JSON text (RFC 8259), one after another, with their lines.
///
/// Foundation's reader loses the order of keys, repeated keys and the lines.
package struct JSONScanner {
  private let bytes: ArraySlice<UInt8>
  private var index: Int
  /// The line of the piece that was last looked at, from 1.
  package private(set) var line = 1

  package init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  package func broken(_ what: String) -> JSONProblem { JSONProblem(line: line, what: what) }

  /// The next byte that is not a blank, still to be read.
  package mutating func peek() -> UInt8? {
    while index < bytes.endIndex {
      switch bytes[index] {
      case UInt8(ascii: "\n"):
        line += 1
        index += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): index += 1
      default: return bytes[index]
      }
    }
    return nil
  }

  /// Whether a character comes next, which is then read.
  package mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: scalar) else { return false }
    index += 1
    return true
  }

  /// A number, `true`, `false` or `null`, as it is written.
  package mutating func word() throws(JSONProblem) -> String {
    _ = peek()
    let start = index
    while index < bytes.endIndex, Self.isWordByte(bytes[index]) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    guard ["true", "false", "null"].contains(text) || Self.isNumber(bytes[start..<index]) else {
      throw broken(text.isEmpty ? "an unexpected character" : "'\(text)' is not a JSON value")
    }
    return text
  }

  /// The same, and NaN, Infinity and -Infinity, which JSON has not and Python writes.
  package mutating func looseWord() throws(JSONProblem) -> String {
    _ = peek()
    let rest = bytes[index...]
    for word in ["NaN", "Infinity", "-Infinity"] where rest.starts(with: word.utf8) {
      let end = index + word.utf8.count
      guard end == bytes.endIndex || !Self.isWordByte(bytes[end]) else { break }
      index = end
      return word
    }
    return try word()
  }

  /// A string without its quotes.
  package mutating func string() throws(JSONProblem) -> String {
    guard take("\"") else { throw broken("a string in quotes is missing") }
    var text: [UInt8] = []
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): text.append(contentsOf: try escape())
      case 0..<0x20: throw broken("a JSON string is not closed on its line")
      default: text.append(byte)
      }
    }
    throw broken("a JSON string is not closed")
  }

  private mutating func escape() throws(JSONProblem) -> [UInt8] {
    guard index < bytes.endIndex else { throw broken("a JSON string is not closed") }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw broken("an unknown escape in a JSON string")
    }
  }

  private mutating func unicodeEscape() throws(JSONProblem) -> [UInt8] {
    var units = [try codeUnit()]
    if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: Array("\\u".utf8)) {
      index += 2
      units.append(try codeUnit())
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private mutating func codeUnit() throws(JSONProblem) -> UInt16 {
    let digits = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let unit = UInt16(digits, radix: 16) else {
      throw broken("an unknown escape in a JSON string")
    }
    index += 4
    return unit
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: isDigit(byte)
    }
  }

  /// Whether bytes are a number by RFC 8259, section 6, or one with needless zeros or without a needed one.
  private static func isNumber(_ bytes: ArraySlice<UInt8>) -> Bool {
    var rest = bytes
    func take(_ scalars: Unicode.Scalar...) -> Bool {
      guard let first = rest.first, scalars.contains(where: { UInt8(ascii: $0) == first }) else {
        return false
      }
      rest = rest.dropFirst()
      return true
    }
    func takeDigits() -> Int {
      let digits = rest.prefix(while: isDigit)
      rest = rest.dropFirst(digits.count)
      return digits.count
    }
    _ = take("-")
    var mantissa = takeDigits()
    if take(".") { mantissa += takeDigits() }
    guard mantissa > 0 else { return false }
    if take("e", "E") {
      _ = take("-", "+")
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}
