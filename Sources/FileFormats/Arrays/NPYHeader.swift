/// What an NPY header says: a Python dictionary with the keys `descr`, `fortran_order` and `shape`.
struct NPYHeader {
  var type: ElementType
  var isColumnMajor: Bool
  var shape: [Int]

  private static let supported =
    "bool, int8 to int64, uint8 to uint64, float32 or float64 (numpy: array.astype)"

  init(_ bytes: ArraySlice<UInt8>) throws(FormatError) {
    var cursor = LiteralCursor(bytes)
    var type: ElementType?
    var isColumnMajor: Bool?
    var shape: [Int]?
    guard cursor.take("{") else { throw Self.damaged("it is not a dictionary") }
    while !cursor.take("}") {
      guard let key = cursor.quoted(), cursor.take(":") else { throw Self.damaged("a key is not text") }
      switch key {
      case "descr":
        guard let name = cursor.quoted() else {
          throw .unsupportedType(.npy, "structure", supported: Self.supported)
        }
        type = try Self.type(named: name)
      case "fortran_order":
        isColumnMajor = cursor.boolean()
        if isColumnMajor == nil { throw Self.damaged("fortran_order is neither True nor False") }
      case "shape":
        shape = cursor.tuple()
        if shape == nil { throw Self.damaged("shape is not a tuple of lengths") }
      default: throw Self.damaged("unknown key '\(key)'")
      }
      if cursor.take("}") { break }
      guard cursor.take(",") else { throw Self.damaged("its entries are not separated by commas") }
    }
    guard let type else { throw Self.damaged("it has no descr") }
    guard let isColumnMajor else { throw Self.damaged("it has no fortran_order") }
    guard let shape else { throw Self.damaged("it has no shape") }
    guard cursor.isAtEnd else { throw Self.damaged("text after the dictionary") }
    self.type = type
    self.isColumnMajor = isColumnMajor
    self.shape = shape
  }

  private static func damaged(_ why: String) -> FormatError { .damagedHeader(.npy, why: why) }

  /// The type with a name such as `<f4`: byte order, kind, size.
  private static func type(named name: String) throws(FormatError) -> ElementType {
    let unsupported = FormatError.unsupportedType(.npy, name, supported: Self.supported)
    let letters = Array(name.utf8)
    guard letters.count == 3, "<>|=".utf8.contains(letters[0]) else { throw unsupported }
    let size = Int(letters[2]) - Int(UInt8(ascii: "0"))
    let isBigEndian = letters[0] == UInt8(ascii: ">")
    switch (letters[1], size) {
    case (UInt8(ascii: "b"), 1): return ElementType(kind: .boolean, size: 1)
    case (UInt8(ascii: "u"), 1), (UInt8(ascii: "u"), 2), (UInt8(ascii: "u"), 4), (UInt8(ascii: "u"), 8):
      return ElementType(kind: .unsigned, size: size, isBigEndian: isBigEndian)
    case (UInt8(ascii: "i"), 1), (UInt8(ascii: "i"), 2), (UInt8(ascii: "i"), 4), (UInt8(ascii: "i"), 8):
      return ElementType(kind: .signed, size: size, isBigEndian: isBigEndian)
    case (UInt8(ascii: "f"), 4), (UInt8(ascii: "f"), 8):
      return ElementType(kind: .real, size: size, isBigEndian: isBigEndian)
    default: throw unsupported
    }
  }
}

/// Reads the few Python literals that NPY headers are made of; blanks before each are skipped.
private struct LiteralCursor {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  private mutating func skipBlanks() {
    rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\t") }
  }

  var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return rest.isEmpty
    }
  }

  mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    skipBlanks()
    guard rest.first == UInt8(ascii: scalar) else { return false }
    rest.removeFirst()
    return true
  }

  /// A text in single or double quotes.
  mutating func quoted() -> String? {
    skipBlanks()
    guard let quote = rest.first, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
      return nil
    }
    let body = rest.dropFirst()
    guard let end = body.firstIndex(of: quote) else { return nil }
    rest = body[body.index(after: end)...]
    return String(decoding: body[..<end], as: UTF8.self)
  }

  mutating func boolean() -> Bool? {
    skipBlanks()
    for (word, value) in [("True", true), ("False", false)] where rest.starts(with: word.utf8) {
      rest = rest.dropFirst(word.utf8.count)
      return value
    }
    return nil
  }

  /// Integers from 0 in parentheses, separated by commas; a comma may follow the last.
  mutating func tuple() -> [Int]? {
    guard take("(") else { return nil }
    var lengths: [Int] = []
    while !take(")") {
      skipBlanks()
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let length = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
      rest = rest.dropFirst(digits.count)
      lengths.append(length)
      if take(")") { break }
      guard take(",") else { return nil }
    }
    return lengths
  }
}
