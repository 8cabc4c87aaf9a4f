import FileFormats
import Testing

/// Parquet files, held against a reader of their own: it knows Thrift's compact protocol and the numbers of parquet.thrift's fields,
/// and shares nothing with the writer. pyarrow and polars read the same files.
@Suite struct ParquetTests {
  @Test("columns come back with their names, types and bits")
  func columns() throws {
    let reader = try ParquetReader(DrawTableTests.table.parquet())
    #expect(reader.rowCount == 2)
    #expect(
      reader.columns.map(\.name) == [
        ".chain", ".iteration", ".draw", "lp__", "k", "A.1.1", "A.2.1", "A.1.2", "A.2.2", "t.1", "t.2.1",
      ])
    #expect(
      reader.columns.map(\.isInteger) == [true, true, true, false, true] + Array(repeating: false, count: 6))
    #expect(reader.columns[0].words == [1, 1])
    #expect(reader.columns[2].words == [1, 2])
    #expect(reader.columns[4].words.map(Int64.init(bitPattern:)) == [2, -3])
    for (column, own) in zip(reader.columns[5...], DrawTableTests.table.columns[2...]) {
      #expect(column.words == own.values.map(\.bitPattern))
    }
    #expect(Double(bitPattern: reader.columns[3].words[1]).isNaN)
  }

  /// Lists from 15 elements on and lengths from 128 bytes on are written in another form.
  @Test("many columns and rows come back")
  func many() throws {
    let columns = (0..<300).map { column in
      DrawTable.Column(
        "a_rather_long_name_of_a_variable.\(column + 1)", (0..<700).map { Double($0 * column) / 7 })
    }
    let reader = try ParquetReader(DrawTable(columns, count: 700).parquet())
    #expect(reader.rowCount == 700)
    #expect(reader.columns.dropFirst(3).map(\.name) == columns.map(\.name))
    for (column, own) in zip(reader.columns.dropFirst(3), columns) {
      #expect(column.words == own.values.map(\.bitPattern))
    }
  }
}

/// Reads files of one row group whose columns are one plain page each.
private struct ParquetReader {
  struct Column {
    var name: String
    var isInteger: Bool
    var words: [UInt64]
  }

  let rowCount: Int
  let columns: [Column]

  init(_ file: [UInt8]) throws {
    let magic: [UInt8] = [0x50, 0x41, 0x52, 0x31]
    try #require(file.starts(with: magic) && file.suffix(4).elementsEqual(magic))
    let length = file[(file.count - 8)..<(file.count - 4)].reversed().reduce(0) { $0 << 8 | Int($1) }
    var footer = ThriftReader(file[(file.count - 8 - length)..<(file.count - 8)])
    let metadata = footer.structure()
    try #require(footer.rest.isEmpty)
    rowCount = try #require(metadata[3]?.number)
    let schema = try #require(metadata[2]?.list)
    let groups = try #require(metadata[4]?.list)
    try #require(groups.count == 1 && schema[0].fields[5]?.number == schema.count - 1)
    let chunks = try #require(groups[0].fields[1]?.list)
    var columns: [Column] = []
    var end = 4
    for (element, chunk) in zip(schema.dropFirst(), chunks) {
      let data = try #require(chunk.fields[3]?.fields)
      let start = try #require(data[9]?.number)
      // Pages lie one behind another, required and not compressed.
      try #require(start == end && data[4]?.number == 0 && element.fields[3]?.number == 0)
      end = start + (try #require(data[7]?.number))
      var page = ThriftReader(file[start..<end])
      let header = page.structure()
      try #require(header[1]?.number == 0 && header[3]?.number == page.rest.count)
      try #require(header[5]?.fields[1]?.number == rowCount && header[5]?.fields[2]?.number == 0)
      let bytes = Array(page.rest)
      try #require(bytes.count == 8 * rowCount)
      let type = try #require(element.fields[1]?.number)
      try #require([2, 5].contains(type) && data[1]?.number == type)
      let name = try #require(element.fields[4]?.text)
      #expect(data[3]?.list?.compactMap(\.text) == [name])
      columns.append(
        Column(
          name: name, isInteger: type == 2,
          words: (0..<rowCount).map { row in
            bytes[8 * row..<8 * row + 8].reversed().reduce(0) { $0 << 8 | UInt64($1) }
          }))
    }
    #expect(end == file.count - 8 - length)
    self.columns = columns
  }
}

private indirect enum ThriftValue {
  case number(Int)
  case text(String)
  case list([ThriftValue])
  case structure([Int: ThriftValue])

  var number: Int? { if case .number(let value) = self { value } else { nil } }
  var text: String? { if case .text(let value) = self { value } else { nil } }
  var list: [ThriftValue]? { if case .list(let value) = self { value } else { nil } }
  var fields: [Int: ThriftValue] { if case .structure(let value) = self { value } else { [:] } }
}

/// Thrift's compact protocol, as far as these files use it.
private struct ThriftReader {
  var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  mutating func structure() -> [Int: ThriftValue] {
    var fields: [Int: ThriftValue] = [:]
    var field = 0
    while let head = rest.popFirst(), head != 0 {
      field = head >> 4 == 0 ? zigzag() : field + Int(head >> 4)
      fields[field] = value(head & 0x0F)
    }
    return fields
  }

  private mutating func value(_ kind: UInt8) -> ThriftValue {
    switch kind {
    case 5, 6: return .number(zigzag())
    case 8:
      let length = varint()
      defer { rest = rest.dropFirst(length) }
      return .text(String(decoding: rest.prefix(length), as: UTF8.self))
    case 9:
      let head = rest.popFirst() ?? 0
      let count = head >> 4 == 15 ? varint() : Int(head >> 4)
      return .list((0..<count).map { _ in value(head & 0x0F) })
    case 12: return .structure(structure())
    default:
      Issue.record("a field of type \(kind)")
      return .number(0)
    }
  }

  private mutating func varint() -> Int {
    var (result, shift) = (0, 0)
    while let byte = rest.popFirst() {
      result |= Int(byte & 0x7F) << shift
      shift += 7
      if byte < 0x80 { break }
    }
    return result
  }

  private mutating func zigzag() -> Int {
    let value = varint()
    return value >> 1 ^ -(value & 1)
  }
}
