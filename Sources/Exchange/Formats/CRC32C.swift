/// The cyclic redundancy check by Castagnoli's polynomial (RFC 3720, appendix B.4), as TensorFlow masks it.
enum CRC32C {
  /// By the reflected polynomial 0x82F63B78, a byte at a time.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { rest, _ in rest & 1 == 0 ? rest >> 1 : rest >> 1 ^ 0x82F6_3B78 }
  }

  static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var rest: UInt32 = 0xFFFF_FFFF
    table.withUnsafeBufferPointer { table in
      for byte in bytes { rest = table[Int((rest ^ UInt32(byte)) & 0xFF)] ^ rest >> 8 }
    }
    return ~rest
  }

  /// Rotated and shifted, so that the check of data that hold checks is none of them (tensorflow/tsl/lib/hash/crc32c.h).
  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let check = checksum(bytes)
    return (check >> 15 | check << 17) &+ 0xA282_EAD8
  }
}
