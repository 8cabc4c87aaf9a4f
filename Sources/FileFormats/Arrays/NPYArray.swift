/// An array of numbers in NumPy's format, versions 1 to 3.
///
/// The format: numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
public struct NPYArray: Hashable, Sendable {
  /// The lengths of the dimensions; empty for a single number.
  public var shape: [Int]
  /// The numbers, row-major whatever the order of the file.
  public var values: ArrayValues

  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Whether bytes begin as those of an NPY file do.
  public static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

  /// Reads a file's bytes.
  public init(_ bytes: [UInt8]) throws(FormatError) {
    guard Self.begins(bytes) else { throw .wrongMagic(.npy, found: Array(bytes.prefix(6))) }
    // Magic, version, and the header's length in 2 bytes, or in 4 since version 2.
    guard bytes.count >= 10 else { throw .cutOff(.npy, expected: 10, found: bytes.count) }
    let version = bytes[6]
    guard (1...3).contains(version) else { throw .unsupportedVersion(.npy, "\(version).\(bytes[7])") }
    let lengthSize = version == 1 ? 2 : 4
    let start = 8 + lengthSize
    guard bytes.count >= start else { throw .cutOff(.npy, expected: start, found: bytes.count) }
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard bytes.count - start >= length else {
      throw .cutOff(.npy, expected: start + length, found: bytes.count)
    }
    let header = try NPYHeader(bytes[start..<start + length])
    guard let count = elementCount(header.shape, size: header.type.size) else {
      throw .hugeShape(.npy, header.shape)
    }
    let end = start + length + count * header.type.size
    if bytes.count < end { throw .cutOff(.npy, expected: end, found: bytes.count) }
    if bytes.count > end { throw .trailingBytes(.npy, expected: end, found: bytes.count) }
    let values = header.type.values(in: bytes[(start + length)...])
    shape = header.shape
    self.values = header.isColumnMajor ? values.rowMajor(fromColumnMajor: shape) : values
  }

  /// The bytes of a file of singles (`<f4`).
  ///
  /// - Parameter values: row-major.
  /// - Precondition: the shape holds as many numbers as there are values.
  public static func file(_ values: [Float], shape: [Int]) -> [UInt8] {
    var bytes = header("<f4", shape: shape, count: values.count)
    bytes.append(littleEndian: values)
    return bytes
  }

  /// The bytes of a file of doubles (`<f8`).
  ///
  /// - Parameter values: row-major.
  /// - Precondition: the shape holds as many numbers as there are values.
  public static func file(_ values: [Double], shape: [Int]) -> [UInt8] {
    var bytes = header("<f8", shape: shape, count: values.count)
    bytes.append(littleEndian: values)
    return bytes
  }

  private static func header(_ type: String, shape: [Int], count: Int) -> [UInt8] {
    precondition(elementCount(shape, size: 8) == count, "\(count) numbers for the shape \(shape)")
    let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': (\(lengths)), }".utf8)
    // Blanks and a line feed up to a multiple of 64, so that mapped data are aligned.
    while (10 + text.count + 1) % 64 != 0 { text.append(UInt8(ascii: " ")) }
    text.append(UInt8(ascii: "\n"))
    return magic + [1, 0, UInt8(text.count & 0xFF), UInt8(text.count >> 8)] + text
  }
}
