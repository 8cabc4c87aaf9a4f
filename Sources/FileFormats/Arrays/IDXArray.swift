/// An array of numbers in the IDX format, which the MNIST digits came in.
///
/// Two zero bytes, the type, the number of dimensions, their lengths in 4 bytes each, and the numbers row-major,
/// everything big-endian (Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits").
public struct IDXArray: Hashable, Sendable {
  /// The lengths of the dimensions, at least one.
  public var shape: [Int]
  public var values: ArrayValues

  /// Whether bytes begin as those of an IDX file do.
  public static func begins(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] == 0 && bytes[1] == 0 && type(coded: bytes[2]) != nil && bytes[3] > 0
  }

  /// Reads a file's bytes.
  public init(_ bytes: [UInt8]) throws(FormatError) {
    guard bytes.count >= 4, bytes[0] == 0, bytes[1] == 0, bytes[3] > 0 else {
      throw .wrongMagic(.idx, found: Array(bytes.prefix(4)))
    }
    guard let type = Self.type(coded: bytes[2]) else {
      let code = "0x" + (bytes[2] < 16 ? "0" : "") + String(bytes[2], radix: 16, uppercase: true)
      throw .unsupportedType(.idx, code, supported: "0x08, 0x09, 0x0B, 0x0C, 0x0D or 0x0E")
    }
    let start = 4 + 4 * Int(bytes[3])
    guard bytes.count >= start else { throw .cutOff(.idx, expected: start, found: bytes.count) }
    shape = stride(from: 4, to: start, by: 4).map { offset in
      bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    guard let count = elementCount(shape, size: type.size) else { throw .hugeShape(.idx, shape) }
    let end = start + count * type.size
    if bytes.count < end { throw .cutOff(.idx, expected: end, found: bytes.count) }
    if bytes.count > end { throw .trailingBytes(.idx, expected: end, found: bytes.count) }
    values = type.values(in: bytes[start...])
  }

  private static func type(coded code: UInt8) -> ElementType? {
    switch code {
    case 0x08: ElementType(kind: .unsigned, size: 1)
    case 0x09: ElementType(kind: .signed, size: 1)
    case 0x0B: ElementType(kind: .signed, size: 2, isBigEndian: true)
    case 0x0C: ElementType(kind: .signed, size: 4, isBigEndian: true)
    case 0x0D: ElementType(kind: .real, size: 4, isBigEndian: true)
    case 0x0E: ElementType(kind: .real, size: 8, isBigEndian: true)
    default: nil
    }
  }
}
