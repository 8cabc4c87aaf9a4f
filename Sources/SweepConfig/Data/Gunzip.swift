import CZlib

/// Whether bytes start as gzip's do (RFC 1952, section 2.3.1).
func isGzip(_ bytes: [UInt8]) -> Bool {
  bytes.starts(with: [0x1F, 0x8B])
}

/// The content of a gzip file, of all its members.
///
/// - Parameter limit: the greatest number of bytes that is produced.
func gunzip(_ bytes: [UInt8], limit: Int) throws(TableProblem) -> [UInt8] {
  let damaged = TableProblem("the gzip data are damaged or cut off", fix: "make the file again")
  var stream = z_stream()
  // 15 bits of window, plus 16: gzip with its header and checksum.
  guard inflateInit2_(&stream, 31, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
    throw TableProblem("there is no memory to decompress it", fix: "decompress it first")
  }
  defer { inflateEnd(&stream) }
  var output: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 1 << 18)
  var offset = 0
  while true {
    let (status, read, written) = inflateOnce(&stream, bytes[offset...].prefix(1 << 30), into: &chunk)
    offset += read
    output.append(contentsOf: chunk.prefix(written))
    if output.count > limit {
      throw TableProblem("it decompresses to more than \(limit >> 20) MB", fix: "use a smaller table")
    }
    if status == Z_STREAM_END {
      if offset == bytes.count { return output }
      guard bytes[offset...].starts(with: [0x1F, 0x8B]), inflateReset(&stream) == Z_OK else { throw damaged }
    } else if status != Z_OK || (read == 0 && written == 0) {
      throw damaged
    }
  }
}

private func inflateOnce(
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
