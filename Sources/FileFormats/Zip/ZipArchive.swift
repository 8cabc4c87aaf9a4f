import CZlib

/// A ZIP archive in memory (PKWARE APPNOTE 6.3.10): stored and deflated files, without encryption or parts.
public struct ZipArchive: Sendable {
  private static let localHeader: UInt32 = 0x0403_4B50
  private static let centralHeader: UInt32 = 0x0201_4B50
  private static let endOfDirectory: UInt32 = 0x0605_4B50

  private struct Entry: Sendable {
    var method: Int
    var checksum: UInt32
    var compressed: Int
    var size: Int
    var header: Int
  }

  private let bytes: [UInt8]
  private let entries: [(name: String, entry: Entry)]

  /// Whether bytes begin as those of an archive do.
  public static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

  public init(_ bytes: [UInt8]) throws(FormatError) {
    self.bytes = bytes
    guard Self.begins(bytes) else { throw .wrongMagic(.zip, found: Array(bytes.prefix(4))) }
    // The end record is the last thing of the file but for a comment of at most 65,535 bytes.
    let first = max(0, bytes.count - 22 - 65_535)
    guard bytes.count >= 22,
      let end = stride(from: bytes.count - 22, through: first, by: -1).first(where: {
        Self.number(bytes, $0, 4) == Int(Self.endOfDirectory)
      })
    else { throw .damagedHeader(.zip, why: "its directory is missing") }
    var entries: [(String, Entry)] = []
    var position = Self.number(bytes, end + 16, 4)
    for _ in 0..<Self.number(bytes, end + 10, 2) {
      guard position + 46 <= bytes.count, Self.number(bytes, position, 4) == Int(Self.centralHeader) else {
        throw .damagedHeader(.zip, why: "its directory is cut off")
      }
      let nameLength = Self.number(bytes, position + 28, 2)
      guard position + 46 + nameLength <= bytes.count else {
        throw .damagedHeader(.zip, why: "a name is cut off")
      }
      let name = String(decoding: bytes[position + 46..<position + 46 + nameLength], as: UTF8.self)
      let entry = Entry(
        method: Self.number(bytes, position + 10, 2), checksum: UInt32(Self.number(bytes, position + 16, 4)),
        compressed: Self.number(bytes, position + 20, 4), size: Self.number(bytes, position + 24, 4),
        header: Self.number(bytes, position + 42, 4))
      entries.append((name, entry))
      position +=
        46 + nameLength + Self.number(bytes, position + 30, 2) + Self.number(bytes, position + 32, 2)
    }
    self.entries = entries
  }

  /// The names of the files, in the order of the directory.
  public var names: [String] { entries.map(\.name) }

  /// The content of a file; nil where there is none of that name.
  ///
  /// - Parameter limit: the greatest number of bytes that is produced.
  public func content(of name: String, limit: Int) throws(FormatError) -> [UInt8]? {
    guard let entry = entries.first(where: { $0.name == name })?.entry else { return nil }
    guard entry.size <= limit else { throw .beyondLimit(.zip, bytes: limit) }
    let header = entry.header
    guard header + 30 <= bytes.count, Self.number(bytes, header, 4) == Int(Self.localHeader) else {
      throw .damagedHeader(.zip, why: "a file is not where the directory says")
    }
    let start = header + 30 + Self.number(bytes, header + 26, 2) + Self.number(bytes, header + 28, 2)
    guard start + entry.compressed <= bytes.count else {
      throw .cutOff(.zip, expected: start + entry.compressed, found: bytes.count)
    }
    let stored = bytes[start..<start + entry.compressed]
    let content: [UInt8]
    switch entry.method {
    case 0: content = Array(stored)
    case 8: content = try Self.inflated(stored, size: entry.size)
    default: throw .unsupportedVersion(.zip, "with compression method \(entry.method)")
    }
    let checksum = content.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    guard content.count == entry.size, UInt32(truncatingIfNeeded: checksum) == entry.checksum else {
      throw .damagedData(.zip)
    }
    return content
  }

  private static func inflated(_ stored: ArraySlice<UInt8>, size: Int) throws(FormatError) -> [UInt8] {
    if size == 0 { return [] }
    var stream = z_stream()
    // A negative window: deflate without header and checksum.
    guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .outOfMemory(.zip)
    }
    defer { inflateEnd(&stream) }
    var content = [UInt8](repeating: 0, count: size)
    let status = stored.withUnsafeBufferPointer { input in
      content.withUnsafeMutableBufferPointer { output in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = output.baseAddress
        stream.avail_out = UInt32(output.count)
        return inflate(&stream, Z_FINISH)
      }
    }
    guard status == Z_STREAM_END, stream.avail_out == 0 else { throw .damagedData(.zip) }
    return content
  }

  /// A little-endian number of so many bytes; 0 beyond the end.
  private static func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
    guard start >= 0, start + count <= bytes.count else { return 0 }
    return (0..<count).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
  }
}
