/// Messages of Protocol Buffers as fields with numbers (https://protobuf.dev/programming-guides/encoding/).
enum Protobuf {
  enum Value {
    case integer(UInt64)
    case fixed64(UInt64)
    case fixed32(UInt32)
    case bytes(ArraySlice<UInt8>)
  }

  /// The bytes are no message.
  struct Damage: Error {}

  /// The fields of a message, in their order.
  static func fields(_ message: ArraySlice<UInt8>) throws(Damage) -> [(number: Int, value: Value)] {
    var rest = message
    var fields: [(Int, Value)] = []
    while !rest.isEmpty {
      let tag = try varint(&rest)
      guard tag >> 3 > 0, tag >> 3 < 1 << 29 else { throw Damage() }
      let value: Value
      switch tag & 7 {
      case 0: value = .integer(try varint(&rest))
      case 1: value = .fixed64(try fixed(8, &rest))
      case 2:
        let length = try varint(&rest)
        guard length <= UInt64(rest.count) else { throw Damage() }
        value = .bytes(rest.prefix(Int(length)))
        rest = rest.dropFirst(Int(length))
      case 5: value = .fixed32(UInt32(try fixed(4, &rest)))
      default: throw Damage()
      }
      fields.append((Int(tag >> 3), value))
    }
    return fields
  }

  /// An integer of 7 bits a byte, the lowest first.
  static func varint(_ bytes: inout ArraySlice<UInt8>) throws(Damage) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard let byte = bytes.popFirst(), shift < 63 || byte <= 1 else { throw Damage() }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw Damage()
  }

  static func fixed(_ count: Int, _ bytes: inout ArraySlice<UInt8>) throws(Damage) -> UInt64 {
    guard bytes.count >= count else { throw Damage() }
    defer { bytes = bytes.dropFirst(count) }
    return bytes.prefix(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  // Writing.

  static func varint(_ value: UInt64) -> [UInt8] {
    var rest = value
    var bytes: [UInt8] = []
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  static func field(_ number: UInt64, _ value: UInt64) -> [UInt8] { varint(number << 3) + varint(value) }

  static func field(_ number: UInt64, _ value: Double) -> [UInt8] {
    varint(number << 3 | 1) + withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
  }

  static func field(_ number: UInt64, _ value: Float) -> [UInt8] {
    varint(number << 3 | 5) + withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
  }

  static func field(_ number: UInt64, _ bytes: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(UInt64(bytes.count)) + bytes
  }
}
