import CZlib

/// The gzip format (RFC 1952).
public enum Gzip {
  private static let magic: [UInt8] = [0x1F, 0x8B]

  /// Whether bytes begin as those of a gzip file do (section 2.3.1).
  public static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: magic) }

  /// The content of a gzip file, of all its members.
  ///
  /// - Parameter limit: the greatest number of bytes that is produced.
  public static func decompress(_ bytes: [UInt8], limit: Int) throws(FormatError) -> [UInt8] {
    var stream = z_stream()
    // 15 bits of window, plus 16: gzip with its header and checksum.
    guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw .outOfMemory(.gzip)
    }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    var offset = 0
    while true {
      let (status, read, written) = inflateOnce(&stream, bytes[offset...].prefix(1 << 30), into: &chunk)
      offset += read
      output.append(contentsOf: chunk.prefix(written))
      if output.count > limit { throw .beyondLimit(.gzip, bytes: limit) }
      if status == Z_STREAM_END {
        if offset == bytes.count { return output }
        guard bytes[offset...].starts(with: magic), inflateReset(&stream) == Z_OK else {
          throw .damagedData(.gzip)
        }
      } else if status != Z_OK || (read == 0 && written == 0) {
        throw .damagedData(.gzip)
      }
    }
  }

  private static func inflateOnce(
    _ stream: inout z_stream, _ input: ArraySlice<UInt8>, into chunk: inout [UInt8]
  ) -> (status: Int32, read: Int, written: Int) {
    input.withUnsafeBufferPointer { input in
      chunk.withUnsafeMutableBufferPointer { chunk in
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        stream.next_out = chunk.baseAddress
        stream.avail_out = UInt32(chunk.count)
        let status = inflate(&stream, Z_NO_FLUSH)
        return (status, input.count - Int(stream.avail_in), chunk.count - Int(stream.avail_out))
      }
    }
  }
}
