import FileFormats
import Testing

@Suite("gzip")
struct GzipTests {
  /// `printf 'x,y z\n1,-2\n1e-3,3e3\n' | gzip -n`
  private let file = bytes(
    "1f8b0800000000000003abd0a954a8e232d4d135e2324cd535d6314e35e602007812fc0714000000")

  @Test("members one after another are one content")
  func members() throws {
    let text = "x,y z\n1,-2\n1e-3,3e3\n"
    #expect(Gzip.begins(file))
    #expect(try Gzip.decompress(file, limit: 100) == Array(text.utf8))
    #expect(try Gzip.decompress(file + file, limit: 100) == Array((text + text).utf8))
  }

  @Test("damaged data are refused")
  func damage() {
    let expected = "the gzip data are damaged or cut off; make the file again"
    var flipped = file
    flipped[20] ^= 1
    for damaged in [Array(file.dropLast(5)), file + [1, 2, 3], flipped, Array(file.prefix(2)), []] {
      #expect(
        message { () throws(FormatError) in try Gzip.decompress(damaged, limit: 100) } == expected)
    }
  }

  @Test("what decompresses beyond the limit is refused while it is decompressed")
  func limit() {
    // `head -c 3000000 /dev/zero | gzip -9n`
    let expected = "it decompresses to more than 2 MB; use a smaller file"
    let bomb =
      bytes("1f8b0800000000000203edc101010000008220ffaf6e484001") + [UInt8](repeating: 0, count: 2906)
      + bytes("2f0665a2014dc0c62d00")
    #expect(message { () throws(FormatError) in try Gzip.decompress(bomb, limit: 2 << 20) } == expected)
    #expect(throws: Never.self) { try Gzip.decompress(bomb, limit: 3_000_000) }
  }
}
