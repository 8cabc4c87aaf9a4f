import FileFormats
import Testing

@Suite("IDX")
struct IDXArrayTests {
  // Bodies: numpy.array(VALUES, TYPE).tobytes().hex(), with the big-endian types '>i2' to '>f8'.
  @Test(
    "numbers of every type are read",
    arguments: [
      ("09", "7f80", [127, -128]), ("0B", "7fff8000", [32767, -32768]),
      ("0C", "7fffffff80000000", [2_147_483_647, -2_147_483_648]), ("0D", "3fc00000c0000000", [1.5, -2]),
      ("0E", "3ff8000000000000c000000000000000", [1.5, -2]),
    ])
  func types(_ code: String, _ body: String, _ numbers: [Double]) throws {
    let array = try IDXArray(bytes("0000 \(code) 01 00000002" + body))
    #expect(array.shape == [2])
    #expect(array.values == .numbers(numbers))
  }

  @Test("images are bytes in three dimensions")
  func images() throws {
    let array = try IDXArray(bytes("00000803 00000002 00000001 00000003 0001020304ff"))
    #expect(array.shape == [2, 1, 3])
    #expect(array.values == .bytes([0, 1, 2, 3, 4, 255]))
  }

  @Test("four dimensions are read, and none at all")
  func dimensions() throws {
    let four = try IDXArray(bytes("00000804 00000001 00000002 00000001 00000001 0506"))
    #expect(four.shape == [1, 2, 1, 1])
    #expect(try IDXArray(bytes("00000802 00000000 00000004")).values.count == 0)
  }

  @Test(
    "what is wrong is said, with what to do",
    arguments: [
      (
        "",
        "the file is empty, where IDX data were expected; check that it is the file you mean, and that it is IDX"
      ),
      (
        "1f8b0808",
        "the file begins with 1F 8B 08 08, as no IDX file does; check that it is the file you mean, and that it is IDX"
      ),
      (
        "00000800",
        "the file begins with 00 00 08 00, as no IDX file does; check that it is the file you mean, and that it is IDX"
      ),
      (
        "00000a01 00000000",
        "numbers of type 0x0A are not read from IDX files; convert them to 0x08, 0x09, 0x0B, 0x0C, 0x0D or 0x0E"
      ),
      ("00000803 00000002", "the IDX data are cut off: 16 bytes expected, 8 found; make the file again"),
      (
        "00000803 00000002 0000001c 0000001c 0001",
        "the IDX data are cut off: 1584 bytes expected, 18 found; make the file again"
      ),
      (
        "00000801 00000002 000102",
        "the IDX data are too long: 10 bytes expected, 11 found; make the file again with the program that wrote it"
      ),
      (
        "00000e03 ffffffff ffffffff ffffffff",
        "the IDX data have the impossible shape 4294967295 × 4294967295 × 4294967295; make the file again with the program that wrote it"
      ),
    ])
  func wrongFile(_ hex: String, _ expected: String) {
    #expect(message { () throws(FormatError) in try IDXArray(bytes(hex)) } == expected)
  }

  @Test("255 dimensions of hostile lengths are refused")
  func hostile() {
    let file = bytes("00000eff") + [UInt8](repeating: 0xFF, count: 4 * 255 + 8)
    #expect(message { () throws(FormatError) in try IDXArray(file) }.contains("impossible shape"))
  }
}
