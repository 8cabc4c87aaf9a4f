import Inference

/// The columns of a CSV text (RFC 4180) with a header row.
///
/// Lines end with LF or CRLF; the last may lack its end, and blank lines are skipped.
func csvColumns(_ bytes: ArraySlice<UInt8>, table: String) throws(TableProblem) -> [DataTable.Column] {
  var reader = CSVReader(bytes)
  guard let header = try reader.nextRecord() else {
    throw TableProblem("the file is empty", fix: "give it a header and rows")
  }
  let names = header.cells.map { $0.trimmingBlanks }
  for (index, name) in names.enumerated() {
    if name.isEmpty {
      throw TableProblem(line: header.line, "column \(index + 1) has no name", fix: "name it in the header")
    }
    if names[..<index].contains(name) {
      throw TableProblem(line: header.line, "column '\(name)' appears twice", fix: "rename one of them")
    }
  }
  var builders = names.map { ColumnBuilder(name: $0) }
  var rowCount = 0
  while let record = try reader.nextRecord() {
    guard record.cells.count == names.count else {
      throw TableProblem(
        line: record.line, "the row has \(counted(record.cells.count, "cell")) and the header \(names.count)",
        fix: "give every row as many cells as the header")
    }
    for (index, cell) in record.cells.enumerated() {
      builders[index].append(cell.trimmingBlanks, at: "\(table):\(record.line)")
    }
    rowCount += 1
  }
  guard rowCount > 0 else {
    throw TableProblem("the file has a header and no rows", fix: "add rows below the header")
  }
  return builders.map(\.column)
}

private func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}

/// Takes a CSV text apart, record by record.
private struct CSVReader {
  private let bytes: ArraySlice<UInt8>
  private var index: Int
  private var line = 1

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// The cells of the next line that is not blank, with its number.
  mutating func nextRecord() throws(TableProblem) -> (line: Int, cells: [String])? {
    while isAtLineEnd { endLine() }
    guard index < bytes.endIndex else { return nil }
    let start = line
    var cells = [try nextCell()]
    while index < bytes.endIndex && bytes[index] == UInt8(ascii: ",") {
      index += 1
      cells.append(try nextCell())
    }
    guard index == bytes.endIndex || isAtLineEnd else {
      throw TableProblem(
        line: line, "text after a closing quote", fix: "put the whole cell in quotes, and double quotes in it"
      )
    }
    if isAtLineEnd { endLine() }
    return (start, cells)
  }

  private var isAtLineEnd: Bool {
    guard index < bytes.endIndex else { return false }
    if bytes[index] == UInt8(ascii: "\n") { return true }
    return bytes[index] == UInt8(ascii: "\r")
      && (index + 1 == bytes.endIndex || bytes[index + 1] == UInt8(ascii: "\n"))
  }

  private mutating func endLine() {
    if bytes[index] == UInt8(ascii: "\r") { index += 1 }
    if index < bytes.endIndex { index += 1 }
    line += 1
  }

  private mutating func nextCell() throws(TableProblem) -> String {
    if index < bytes.endIndex && bytes[index] == UInt8(ascii: "\"") { return try quotedCell() }
    let start = index
    while index < bytes.endIndex && bytes[index] != UInt8(ascii: ",") && !isAtLineEnd { index += 1 }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private mutating func quotedCell() throws(TableProblem) -> String {
    let start = line
    var cell: [UInt8] = []
    index += 1
    while index < bytes.endIndex {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        guard index < bytes.endIndex && bytes[index] == byte else {
          return String(decoding: cell, as: UTF8.self)
        }
        index += 1
      } else if byte == UInt8(ascii: "\n") {
        line += 1
      }
      cell.append(byte)
    }
    throw TableProblem(line: start, "a quote is not closed", fix: "add the closing quote")
  }
}

extension String {
  /// The text without blanks at its ends.
  fileprivate var trimmingBlanks: String {
    func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
    guard let first = utf8.first, let last = utf8.last, isBlank(first) || isBlank(last) else { return self }
    let head = utf8.drop(while: isBlank)
    let count = head.reversed().drop(while: isBlank).count
    return String(Substring(head.prefix(count)))
  }
}
