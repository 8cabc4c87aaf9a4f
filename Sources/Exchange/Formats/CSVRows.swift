/// The rows of comma-separated values (RFC 4180), one after another; a line may also end with LF alone.
struct CSVRows {
  private let bytes: [UInt8]
  private let path: String
  private var index = 0
  /// The line on which the row that was read last begins, from 1.
  private(set) var line = 0
  private var nextLine = 1

  init(_ bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
    // The mark of UTF-8, as spreadsheets write it.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  /// The next row; nil after the last one. Empty lines are none.
  mutating func next() throws(ExchangeError) -> [String]? {
    while index < bytes.count {
      line = nextLine
      let row = try row()
      if row != [""] { return row }
    }
    return nil
  }

  private mutating func row() throws(ExchangeError) -> [String] {
    var fields: [String] = []
    while true {
      fields.append(try field())
      guard index < bytes.count else { return fields }
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: ",") { continue }
      if byte == UInt8(ascii: "\r"), index < bytes.count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
      nextLine += 1
      return fields
    }
  }

  /// The next field; what ends it is still to be read.
  private mutating func field() throws(ExchangeError) -> String {
    guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else {
      let start = index
      while index < bytes.count, ![0x2C, 0x0A, 0x0D].contains(bytes[index]) {
        guard bytes[index] != UInt8(ascii: "\"") else {
          throw malformed(
            "a quote stands in a field that does not begin with one",
            "put the field in quotes, and double those in it")
        }
        index += 1
      }
      return try text(bytes[start..<index])
    }
    index += 1
    var content: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        guard index < bytes.count, bytes[index] == byte else {
          guard index >= bytes.count || [0x2C, 0x0A, 0x0D].contains(bytes[index]) else {
            throw malformed("a field goes on after its closing quote", "double the quotes in it")
          }
          return try text(content[...])
        }
        index += 1
      } else if byte == UInt8(ascii: "\n") {
        nextLine += 1
      }
      content.append(byte)
    }
    throw malformed("a quote is not closed", "close it")
  }

  private func text(_ bytes: ArraySlice<UInt8>) throws(ExchangeError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw malformed("the text is not UTF-8", "save the file as UTF-8")
    }
    return text
  }

  func malformed(_ what: String, _ fix: String) -> ExchangeError {
    .malformed(path: path, line: line, what: what, fix: fix)
  }
}
