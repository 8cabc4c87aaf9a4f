/// Records of bytes with their lengths and checks, as TensorBoard's event files hold them: a length of 64 bits, its masked
/// check of 32, the bytes, and their check; the lowest byte first.
package enum TFRecord {
  enum Problem: Error {
    /// The record that begins at this byte ends after the file.
    case cutOff(Int)
    case damaged(Int)
  }

  package static func append(_ record: [UInt8], to bytes: inout [UInt8]) {
    let length = littleEndian(UInt64(record.count))
    bytes += length + littleEndian(CRC32C.masked(length)) + record + littleEndian(CRC32C.masked(record))
  }

  /// The bytes of the record at `index`, which then is that of the next one.
  static func next(_ bytes: [UInt8], at index: inout Int) throws(Problem) -> ArraySlice<UInt8> {
    let start = index
    guard bytes.count - start >= 12 else { throw .cutOff(start) }
    let header = bytes[start..<start + 8]
    guard integer(bytes[start + 8..<start + 12]) == UInt64(CRC32C.masked(header)) else {
      throw .damaged(start)
    }
    let length = integer(header)
    guard length <= UInt64(bytes.count - start - 12), UInt64(bytes.count - start - 12) - length >= 4 else {
      throw .cutOff(start)
    }
    let data = bytes[start + 12..<start + 12 + Int(length)]
    guard integer(bytes[data.endIndex..<data.endIndex + 4]) == UInt64(CRC32C.masked(data)) else {
      throw .damaged(start)
    }
    index = data.endIndex + 4
    return data
  }

  /// Whether a file begins as one of records does.
  static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 12 && integer(bytes[8..<12]) == UInt64(CRC32C.masked(bytes[..<8]))
  }

  private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian, Array.init)
  }
}
