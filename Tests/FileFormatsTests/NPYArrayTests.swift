import FileFormats
import Testing

@Suite("NPY")
struct NPYArrayTests {
  /// The header that numpy writes, in any version, and `body` after it.
  private static func file(
    _ type: String, _ shape: String, order: String = "False", version: UInt8 = 1, body: String = ""
  ) -> [UInt8] {
    file(
      header: "{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }\n", version: version,
      body: body)
  }

  private static func file(header: String, version: UInt8 = 1, body: String = "") -> [UInt8] {
    let text = Array(header.utf8)
    let length = [UInt8(text.count), 0] + (version == 1 ? [] : [0, 0])
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + text + bytes(body)
  }

  // Bodies: numpy.array(VALUES, TYPE).tobytes(ORDER).hex(), numpy 2.4.
  @Test(
    "numbers of every type are read",
    arguments: [
      ("<f4", "0000c03f000000c0", [1.5, -2]), (">f4", "3fc00000c0000000", [1.5, -2]),
      ("<f8", "000000000000f83f00000000000000c0", [1.5, -2]),
      (">f8", "3ff8000000000000c000000000000000", [1.5, -2]), ("|i1", "7f80", [127, -128]),
      ("<i2", "ff7f0080", [32767, -32768]), (">i2", "7fff8000", [32767, -32768]),
      ("<u2", "ffff0100", [65535, 1]), ("<i4", "ffffff7f00000080", [2_147_483_647, -2_147_483_648]),
      ("<u4", "ffffffff01000000", [4_294_967_295, 1]), (">u4", "ffffffff00000001", [4_294_967_295, 1]),
      ("<i8", "ffffffffffffffff0100000000000000", [-1, 1]),
      ("<u8", "ffffffffffffffff0100000000000000", [0x1p64, 1]),
    ])
  func types(_ type: String, _ body: String, _ numbers: [Double]) throws {
    let array = try NPYArray(Self.file(type, "(2,)", body: body))
    #expect(array.shape == [2])
    #expect(array.values == .numbers(numbers))
  }

  @Test("unsigned bytes and booleans stay bytes")
  func byteTypes() throws {
    #expect(try NPYArray(Self.file("|u1", "(3,)", body: "00ff07")).values == .bytes([0, 255, 7]))
    #expect(try NPYArray(Self.file("|b1", "(3,)", body: "000107")).values == .bytes([0, 1, 1]))
  }

  @Test("column-major arrays are read row-major")
  func columnMajor() throws {
    // numpy.arange(6, dtype='u1').reshape(2, 3).tobytes('F'), and the same for 24 as (2, 3, 4).
    let plane = try NPYArray(Self.file("|u1", "(2, 3)", order: "True", body: "000301040205"))
    #expect(plane.values == .bytes([0, 1, 2, 3, 4, 5]))
    let cube = try NPYArray(
      Self.file(
        "|u1", "(2, 3, 4)", order: "True",
        body: "000c0410081401" + "0d0511091502" + "0e06120a1603" + "0f07130b17"))
    #expect(cube.shape == [2, 3, 4])
    #expect(cube.values == .bytes(Array(0..<24)))
    let line = try NPYArray(Self.file("<i2", "(2,)", order: "True", body: "01000200"))
    #expect(line.values == .numbers([1, 2]))
  }

  @Test(
    "versions 2 and 3, quotes of both kinds and keys in any order are read", arguments: [2, 3] as [UInt8])
  func versions(_ version: UInt8) throws {
    let header = "{\"shape\":(1,2),\"descr\":\"|u1\",\"fortran_order\":False}   "
    #expect(try NPYArray(Self.file(header: header, version: version, body: "0102")).shape == [1, 2])
  }

  @Test("a single number has no dimensions, and an array may have no elements")
  func edges() throws {
    let single = try NPYArray(Self.file("<i2", "()", body: "0500"))
    #expect(single.shape == [] && single.values == .numbers([5]))
    let empty = try NPYArray(Self.file("<f8", "(0, 3)"))
    #expect(empty.shape == [0, 3] && empty.values.count == 0)
  }

  @Test("what is written is what numpy writes")
  func writing() {
    // numpy.lib.format.write_array(f, numpy.array([[1.5, -2], [3, 4]], '<f4')), numpy 2.4.
    let header =
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }" + String(repeating: " ", count: 58)
    let expected =
      bytes("934e554d5059 0100 7600") + Array((header + "\n").utf8)
      + bytes("0000c03f000000c00000404000008040")
    #expect(NPYArray.file([1.5, -2, 3, 4] as [Float], shape: [2, 2]) == expected)
  }

  @Test("what is written is read", arguments: [[6], [2, 3], [1, 2, 3], [0, 2], []])
  func roundTrip(_ shape: [Int]) throws {
    let numbers = (0..<shape.reduce(1, *)).map { Double($0) / 3 }
    let doubles = try NPYArray(NPYArray.file(numbers, shape: shape))
    #expect(doubles.shape == shape && doubles.values == .numbers(numbers))
    let singles = try NPYArray(NPYArray.file(numbers.map(Float.init), shape: shape))
    #expect(singles.shape == shape && singles.values == .numbers(numbers.map { Double(Float($0)) }))
  }

  @Test("what is wrong is said, with what to do", arguments: Self.wrong)
  func wrongFile(_ file: [UInt8], _ expected: String) {
    #expect(message { () throws(FormatError) in try NPYArray(file) } == expected)
  }

  private static let again = "make the file again with the program that wrote it"
  private static let types =
    "convert them to bool, int8 to int64, uint8 to uint64, float32 or float64 (numpy: array.astype)"

  private static let wrong: [([UInt8], String)] = [
    (
      [],
      "the file is empty, where NPY data were expected; check that it is the file you mean, and that it is NPY"
    ),
    (
      bytes("504b0304"),
      "the file begins with 50 4B 03 04, as no NPY file does; check that it is the file you mean, and that it is NPY"
    ),
    (bytes("934e554d50590100"), "the NPY data are cut off: 10 bytes expected, 8 found; make the file again"),
    (
      bytes("934e554d505902007600"),
      "the NPY data are cut off: 12 bytes expected, 10 found; make the file again"
    ),
    (
      bytes("934e554d505901007600"),
      "the NPY data are cut off: 128 bytes expected, 10 found; make the file again"
    ),
    (
      bytes("934e554d50590200ffffffff"),
      "the NPY data are cut off: 4294967307 bytes expected, 12 found; make the file again"
    ),
    (
      bytes("934e554d505904000000"),
      "version 4.0 of NPY is not read; save the file again with a current program"
    ),
    (
      file("<f8", "(2,)", body: "00000000"),
      "the NPY data are cut off: 84 bytes expected, 72 found; make the file again"
    ),
    (
      file("|u1", "(2,)", body: "000000"),
      "the NPY data are too long: 70 bytes expected, 71 found; \(again)"
    ),
    (file("<c16", "(2,)"), "numbers of type <c16 are not read from NPY files; \(types)"),
    (file("<f2", "(2,)"), "numbers of type <f2 are not read from NPY files; \(types)"),
    (file("|O", "(2,)"), "numbers of type |O are not read from NPY files; \(types)"),
    (file("<U5", "(2,)"), "numbers of type <U5 are not read from NPY files; \(types)"),
    (
      file(header: "{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (2,), }"),
      "numbers of type structure are not read from NPY files; \(types)"
    ),
    (
      file("<f8", "(4294967296, 4294967296)"),
      "the NPY data have the impossible shape 4294967296 × 4294967296; \(again)"
    ),
    (
      file("<f8", "(9223372036854775807,)"),
      "the NPY data have the impossible shape 9223372036854775807; \(again)"
    ),
    (file("<f8", "(-1,)"), "the NPY header is damaged: shape is not a tuple of lengths; \(again)"),
    (
      file("<f8", "(99999999999999999999,)"),
      "the NPY header is damaged: shape is not a tuple of lengths; \(again)"
    ),
    (file("<f8", "(2 3)"), "the NPY header is damaged: shape is not a tuple of lengths; \(again)"),
    (
      file("<f8", "(2,)", order: "0"),
      "the NPY header is damaged: fortran_order is neither True nor False; \(again)"
    ),
    (file(header: ""), "the NPY header is damaged: it is not a dictionary; \(again)"),
    (file(header: "{"), "the NPY header is damaged: a key is not text; \(again)"),
    (file(header: "{'descr"), "the NPY header is damaged: a key is not text; \(again)"),
    (file(header: "{'x': 1}"), "the NPY header is damaged: unknown key 'x'; \(again)"),
    (
      file(header: "{'descr': '<f8' 'shape'"),
      "the NPY header is damaged: its entries are not separated by commas; \(again)"
    ),
    (file(header: "{}"), "the NPY header is damaged: it has no descr; \(again)"),
    (file(header: "{'descr': '<f8'}"), "the NPY header is damaged: it has no fortran_order; \(again)"),
    (
      file(header: "{'descr': '<f8', 'fortran_order': True}"),
      "the NPY header is damaged: it has no shape; \(again)"
    ),
    (
      file(header: "{'descr': '<f8', 'fortran_order': True, 'shape': ()} x"),
      "the NPY header is damaged: text after the dictionary; \(again)"
    ),
  ]

  @Test("a file cut off anywhere, or with any byte changed, is refused or read, never a crash")
  func damage() {
    let whole = Self.file("<f8", "(1, 2)", order: "True", body: "000000000000f83f00000000000000c0")
    for count in whole.indices {
      #expect(throws: FormatError.self) { try NPYArray(Array(whole[..<count])) }
    }
    for index in whole.indices {
      for flip in [1, 0x10, 0x80] as [UInt8] {
        var changed = whole
        changed[index] ^= flip
        _ = try? NPYArray(changed)
      }
    }
  }
}
