/// A column of a Parquet file, without missing values.
struct ParquetColumn {
  enum Values {
    case doubles([Double])
    case integers([Int64])
  }

  var name: String
  var values: Values

  init(_ name: String, _ values: Values) {
    self.name = name
    self.values = values
  }

  /// The physical type: INT64 is 2 and DOUBLE is 5.
  fileprivate var type: Int {
    switch values {
    case .integers: 2
    case .doubles: 5
    }
  }

  fileprivate var bytes: [UInt8] {
    var bytes: [UInt8] = []
    switch values {
    case .integers(let values): bytes.append(littleEndian: values)
    case .doubles(let values): bytes.append(littleEndian: values)
    }
    return bytes
  }
}

/// Parquet files of one row group, each column one page, plainly encoded and not compressed
/// (parquet.apache.org/docs/file-format; the numbers of fields are those of parquet.thrift).
enum ParquetFile {
  private static let magic = Array("PAR1".utf8)
  private static let plain = 0
  /// The encoding that the levels would have: there are none of required columns.
  private static let runLength = 3

  /// Where a column is in the file.
  private struct Chunk {
    var column: ParquetColumn
    var start: Int
    var size: Int
  }

  static func bytes(_ columns: [ParquetColumn], rowCount: Int) -> [UInt8] {
    var bytes = magic
    var chunks: [Chunk] = []
    for column in columns {
      let page = column.bytes
      let start = bytes.count
      bytes += header(ofPage: page.count, rowCount: rowCount)
      bytes += page
      chunks.append(Chunk(column: column, start: start, size: bytes.count - start))
    }
    let metadata = metadata(chunks, rowCount: rowCount)
    bytes += metadata
    bytes.append(littleEndian: [UInt32(metadata.count)])
    return bytes + magic
  }

  private static func header(ofPage size: Int, rowCount: Int) -> [UInt8] {
    var writer = ThriftCompactWriter()
    // A data page.
    writer.i32(1, 0)
    writer.i32(2, size)
    writer.i32(3, size)
    writer.structure(5) { page in
      page.i32(1, rowCount)
      page.i32(2, plain)
      page.i32(3, runLength)
      page.i32(4, runLength)
    }
    writer.end()
    return writer.bytes
  }

  private static func metadata(_ chunks: [Chunk], rowCount: Int) -> [UInt8] {
    var writer = ThriftCompactWriter()
    writer.i32(1, 1)
    // The root of the schema, and below it the columns.
    let columns: [ParquetColumn?] = [nil] + chunks.map(\.column)
    writer.list(2, columns) { element, column in
      if let column {
        element.i32(1, column.type)
        // Required.
        element.i32(3, 0)
      }
      element.text(4, column?.name ?? "draws")
      if column == nil { element.i32(5, chunks.count) }
    }
    writer.i64(3, rowCount)
    writer.list(4, [chunks]) { group, chunks in
      group.list(1, chunks) { chunk, item in
        chunk.i64(2, item.start)
        chunk.structure(3) { append(item, rowCount: rowCount, to: &$0) }
      }
      group.i64(2, chunks.reduce(0) { $0 + $1.size })
      group.i64(3, rowCount)
    }
    writer.text(6, "wb")
    writer.end()
    return writer.bytes
  }

  private static func append(_ chunk: Chunk, rowCount: Int, to metadata: inout ThriftCompactWriter) {
    metadata.i32(1, chunk.column.type)
    metadata.i32List(2, [plain])
    metadata.textList(3, [chunk.column.name])
    // Not compressed.
    metadata.i32(4, 0)
    metadata.i64(5, rowCount)
    metadata.i64(6, chunk.size)
    metadata.i64(7, chunk.size)
    metadata.i64(9, chunk.start)
  }
}
