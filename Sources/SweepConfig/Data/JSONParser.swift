/// A JSON value with what a table needs of it: order of keys, numbers as written, lines.
indirect enum JSONValue {
  /// A number, a string, `true`, `false` or `null`, as it is spelled (a string without its quotes).
  case scalar(String, line: Int)
  case list([JSONValue], line: Int)
  case object([(key: String, value: JSONValue)], line: Int)

  var line: Int {
    switch self {
    case .scalar(_, let line), .list(_, let line), .object(_, let line): line
    }
  }
}

/// Reads JSON (RFC 8259), keeping the order of keys, which Foundation's reader loses, and the lines.
struct JSONParser {
  /// The greatest depth of arrays and objects in each other.
  private static let depthLimit = 64

  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private var line = 1

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// The value that is the whole text.
  mutating func parse() throws(TableProblem) -> JSONValue {
    let value = try value(depth: 0)
    if peek() != nil { throw broken("text after the end of the JSON value") }
    return value
  }

  /// The next byte that is not a blank, still to be read.
  private mutating func peek() -> UInt8? {
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

  private mutating func value(depth: Int) throws(TableProblem) -> JSONValue {
    guard let first = peek() else { throw broken("the JSON text ends too early") }
    if depth > Self.depthLimit { throw broken("JSON nested more than \(Self.depthLimit) deep") }
    switch first {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""):
      let start = line
      return .scalar(try string(), line: start)
    default: return .scalar(try word(), line: line)
    }
  }

  private mutating func list(depth: Int) throws(TableProblem) -> JSONValue {
    let start = line
    var items: [JSONValue] = []
    index += 1
    if take("]") { return .list(items, line: start) }
    repeat { items.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw broken("a JSON array lacks ',' or ']'") }
    return .list(items, line: start)
  }

  private mutating func object(depth: Int) throws(TableProblem) -> JSONValue {
    let start = line
    var entries: [(key: String, value: JSONValue)] = []
    index += 1
    if take("}") { return .object(entries, line: start) }
    repeat {
      guard peek() == UInt8(ascii: "\"") else { throw broken("a JSON object lacks a key in quotes") }
      let key = try string()
      guard take(":") else { throw broken("key \"\(key)\" lacks its ':'") }
      entries.append((key, try value(depth: depth + 1)))
    } while take(",")
    guard take("}") else { throw broken("a JSON object lacks ',' or '}'") }
    return .object(entries, line: start)
  }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek() == UInt8(ascii: scalar) else { return false }
    index += 1
    return true
  }

  /// A number, `true`, `false` or `null`.
  private mutating func word() throws(TableProblem) -> String {
    let start = index
    while index < bytes.endIndex, isWordByte(bytes[index]) { index += 1 }
    let text = String(decoding: bytes[start..<index], as: UTF8.self)
    let isConstant = ["true", "false", "null"].contains(text)
    guard isConstant || decimalForm(text) != nil && !text.hasPrefix("+") else {
      throw broken(text.isEmpty ? "an unexpected character" : "'\(text)' is not a JSON value")
    }
    return text
  }

  private func isWordByte(_ byte: UInt8) -> Bool {
    let scalar = Unicode.Scalar(byte)
    return scalar.isAsciiLetterOrDigit || scalar == "+" || scalar == "-" || scalar == "."
  }

  private mutating func string() throws(TableProblem) -> String {
    var text: [UInt8] = []
    index += 1
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

  private mutating func escape() throws(TableProblem) -> [UInt8] {
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

  private mutating func unicodeEscape() throws(TableProblem) -> [UInt8] {
    var units = [try codeUnit()]
    if UTF16.isLeadSurrogate(units[0]), bytes[index...].starts(with: Array("\\u".utf8)) {
      index += 2
      units.append(try codeUnit())
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private mutating func codeUnit() throws(TableProblem) -> UInt16 {
    let digits = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
    guard digits.utf8.count == 4, digits.allSatisfy(\.isHexDigit), let unit = UInt16(digits, radix: 16) else {
      throw broken("an unknown escape in a JSON string")
    }
    index += 4
    return unit
  }

  private func broken(_ what: String) -> TableProblem {
    TableProblem(line: line, what, fix: "make it valid JSON")
  }
}
