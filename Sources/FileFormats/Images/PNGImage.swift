import CZlib

/// A picture in shades of grey, 8 bits a pixel.
public struct PNGImage: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// The shades from 0, black, to 255, white: row by row from the top.
  public let pixels: [UInt8]

  /// - Precondition: `width × height` pixels, at least one and less than 2³¹ each way.
  public init(width: Int, height: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && width <= Int32.max && height <= Int32.max, "a picture of no size")
    precondition(pixels.count == width * height, "\(pixels.count) pixels for \(width) × \(height)")
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// The bytes of a PNG file (ISO/IEC 15948; w3.org/TR/png), the same for the same picture and zlib.
  ///
  /// - Throws: `FormatError.outOfMemory`.
  public func file() throws(FormatError) -> [UInt8] {
    // 8 bits, greyscale, and the only methods of compression, filtering and no interlacing.
    let header = Self.bigEndian(width) + Self.bigEndian(height) + [8, 0, 0, 0, 0]
    var bytes: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    bytes += Self.chunk("IHDR", header)
    bytes += Self.chunk("IDAT", try compressedRows())
    bytes += Self.chunk("IEND", [])
    return bytes
  }

  /// The rows, each after a byte that says it is not filtered, compressed.
  private func compressedRows() throws(FormatError) -> [UInt8] {
    var rows: [UInt8] = []
    rows.reserveCapacity(pixels.count + height)
    for row in 0..<height {
      rows.append(0)
      rows += pixels[row * width..<(row + 1) * width]
    }
    var count = compressBound(UInt(rows.count))
    var output = [UInt8](repeating: 0, count: Int(count))
    guard compress2(&output, &count, rows, UInt(rows.count), Z_BEST_COMPRESSION) == Z_OK else {
      throw .outOfMemory(.png)
    }
    return Array(output.prefix(Int(count)))
  }

  private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + content
    return bigEndian(content.count) + body + bigEndian(Int(crc32(0, body, UInt32(body.count))))
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }
}
