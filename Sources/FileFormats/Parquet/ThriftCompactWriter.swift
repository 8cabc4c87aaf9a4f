/// Structs in the compact protocol of Thrift, as the metadata of Parquet are written
/// (github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md).
struct ThriftCompactWriter {
  private enum Kind: UInt8 {
    case i32 = 5
    case i64 = 6
    case binary = 8
    case list = 9
    case structure = 12
  }

  private(set) var bytes: [UInt8] = []
  /// The field before, of this struct.
  private var last = 0

  mutating func i32(_ field: Int, _ value: Int) {
    begin(field, .i32)
    append(zigzag: value)
  }

  mutating func i64(_ field: Int, _ value: Int) {
    begin(field, .i64)
    append(zigzag: value)
  }

  mutating func text(_ field: Int, _ value: String) {
    begin(field, .binary)
    append(value)
  }

  mutating func structure(_ field: Int, _ write: (inout Self) -> Void) {
    begin(field, .structure)
    nested(write)
  }

  mutating func i32List(_ field: Int, _ values: [Int]) {
    beginList(field, .i32, values.count)
    for value in values { append(zigzag: value) }
  }

  mutating func textList(_ field: Int, _ values: [String]) {
    beginList(field, .binary, values.count)
    for value in values { append(value) }
  }

  mutating func list<Item>(_ field: Int, _ items: [Item], _ write: (inout Self, Item) -> Void) {
    beginList(field, .structure, items.count)
    for item in items { nested { write(&$0, item) } }
  }

  /// Ends the outermost struct.
  mutating func end() { bytes.append(0) }

  private mutating func nested(_ write: (inout Self) -> Void) {
    let outer = last
    last = 0
    write(&self)
    bytes.append(0)
    last = outer
  }

  /// Fields are written in the order of their numbers, each as its distance from the one before.
  private mutating func begin(_ field: Int, _ kind: Kind) {
    precondition((1...15).contains(field - last), "fields in another order")
    bytes.append(UInt8(field - last) << 4 | kind.rawValue)
    last = field
  }

  private mutating func beginList(_ field: Int, _ kind: Kind, _ count: Int) {
    begin(field, .list)
    if count < 15 {
      bytes.append(UInt8(count) << 4 | kind.rawValue)
    } else {
      bytes.append(0xF0 | kind.rawValue)
      append(varint: UInt64(count))
    }
  }

  private mutating func append(_ text: String) {
    append(varint: UInt64(text.utf8.count))
    bytes += text.utf8
  }

  private mutating func append(zigzag value: Int) {
    append(varint: UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
  }

  private mutating func append(varint value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
