import FileFormats
import Testing

@Suite("pictures")
struct ImageTests {
  @Test("images stand in rows with borders, enlarged, the last row not full")
  func grid() {
    let grid = ImageGrid(rows: 1, columns: 2, perRow: 2, scale: 2, border: 1, borderShade: 9)
    let picture = grid.picture(of: [0, 1, 0.5, 0.2, 1, 0] as [Double])
    #expect(picture.width == 11 && picture.height == 7)
    // 0.5 × 255 = 127.5 is rounded to 128, 0.2 × 255 = 51.
    let edge = [UInt8](repeating: 9, count: 11)
    let first: [UInt8] = [9, 0, 0, 255, 255, 9, 128, 128, 51, 51, 9]
    let second: [UInt8] = [9, 255, 255, 0, 0, 9, 9, 9, 9, 9, 9]
    #expect(picture.pixels == edge + first + first + edge + second + second + edge)
  }

  @Test("fewer images than a row holds make a narrower picture")
  func narrow() {
    let picture = ImageGrid(rows: 2, columns: 1, perRow: 10, border: 0).picture(of: [0, 1] as [Float])
    #expect(picture.width == 1 && picture.height == 2 && picture.pixels == [0, 255])
  }

  @Test("numbers beyond black and white are drawn as these, NaN as black")
  func beyond() {
    let grid = ImageGrid(rows: 1, columns: 5, perRow: 1, border: 0)
    let numbers: [Double] = [-1, 2, .nan, .infinity, -.infinity]
    #expect(grid.picture(of: numbers).pixels == [0, 255, 0, 255, 0])
    #expect(grid.picture(of: numbers.map(Float.init)).pixels == [0, 255, 0, 255, 0])
  }

  @Test("a file has the signature, the header and the checksums of PNG")
  func chunks() throws {
    let file = try PNGImage(width: 2, height: 1, pixels: [0, 255]).file()
    #expect(file.starts(with: bytes("89504e470d0a1a0a")))
    // struct.pack('>I', 13) + h + struct.pack('>I', zlib.crc32(h)), h = b'IHDR' + struct.pack('>IIBBBBB', 2, 1, 8, 0, 0, 0, 0)
    #expect(Array(file[8..<33]) == bytes("0000000d 49484452 00000002 00000001 0800000000 d1492056"))
    // The last chunk of every PNG file.
    #expect(file.suffix(12) == bytes("00000000 49454e44 ae426082"))
  }

  @Test("the rows are compressed by zlib, each after a filter byte of 0")
  func content() throws {
    let pixels = (0..<600).map { UInt8($0 % 7) }
    let file = try PNGImage(width: 30, height: 20, pixels: pixels).file()
    let length = file[33..<37].reduce(0) { $0 << 8 | Int($1) }
    #expect(Array(file[37..<41]) == Array("IDAT".utf8))
    #expect(file.count == 33 + 12 + length + 12)
    // zlib's deflate data without its two bytes before and its checksum of four after, as a gzip file of its own;
    // struct.pack('<I', zlib.crc32(rows)) after it.
    let rows = (0..<20).flatMap { [0] + pixels[$0 * 30..<$0 * 30 + 30] }
    let deflated = file[43..<41 + length - 4]
    let trailer = bytes("82ac0d1c") + [UInt8(620 & 0xFF), UInt8(620 >> 8), 0, 0]
    #expect(
      try Gzip.decompress(bytes("1f8b0800000000000003") + deflated + trailer, limit: 1000) == rows)
  }
}
