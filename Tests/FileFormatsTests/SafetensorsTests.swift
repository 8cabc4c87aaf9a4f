import FileFormats
import Testing

@Suite("safetensors")
struct SafetensorsTests {
  private let sample = Safetensors(
    [
      .init(name: "w", shape: [1, 2], values: .float32([1, 2.5])),
      .init(name: "b", shape: [1], values: .float64([3])),
    ], metadata: ["a": "b"])

  /// safetensors.numpy.save({"w": numpy.array([[1, 2.5]], numpy.float32), "b": numpy.array([3.])},
  /// metadata={"a": "b"}), safetensors 0.8.
  private static let reference =
    bytes("8800000000000000")
    + Array(
      #"{"__metadata__":{"a":"b"},"b":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1,2],"data_offsets":[8,16]}} "#
        .utf8) + bytes("0000000000000840 0000803f00002040")

  @Test("what is written is what the Python package writes")
  func writing() {
    #expect(sample.file() == Self.reference)
  }

  @Test("what the Python package writes is read")
  func reading() throws {
    #expect(try Safetensors(file: Self.reference) == sample)
    #expect(sample["w"]?.values == .float32([1, 2.5]))
    #expect(sample["x"] == nil)
  }

  @Test("the order in which tensors are given does not matter, and names may hold anything")
  func order() throws {
    let tensors: [Safetensors.Tensor] = [
      .init(name: "é \"\\\n\u{1}", shape: [], values: .float32([1])),
      .init(name: "z", shape: [0, 3], values: .float64([])),
      .init(name: "a", shape: [3], values: .float32([1, .nan, -.infinity])),
      .init(name: "m", shape: [2], values: .float64([.pi, -0.0])),
    ]
    let file = Safetensors(tensors, metadata: ["y": "1", "x": "\t"]).file()
    #expect(Safetensors(tensors.reversed(), metadata: ["x": "\t", "y": "1"]).file() == file)
    let read = try Safetensors(file: file)
    #expect(read.tensors.map(\.name) == ["a", "m", "z", "é \"\\\n\u{1}"])
    #expect(read.metadata == ["x": "\t", "y": "1"])
    #expect(read.file() == file)
    // The data begin at a multiple of 8, doubles first.
    #expect(file[..<8].reversed().reduce(0) { $0 << 8 | Int($1) } % 8 == 0)
  }

  @Test("a file without tensors is read")
  func empty() throws {
    #expect(try Safetensors(file: Safetensors([]).file()) == Safetensors([]))
    #expect(Safetensors([]).file() == bytes("0800000000000000") + Array("{}      ".utf8))
  }

  /// A file with this header and `count` bytes of data.
  private static func file(_ header: String, data count: Int = 0) -> [UInt8] {
    let text = Array(header.utf8)
    return [UInt8(text.count & 0xFF), UInt8(text.count >> 8), 0, 0, 0, 0, 0, 0] + text
      + [UInt8](repeating: 0, count: count)
  }

  private static func entry(_ name: String, _ shape: String, _ offsets: String, type: String = "F32")
    -> String
  {
    #""\#(name)":{"dtype":"\#(type)","shape":[\#(shape)],"data_offsets":[\#(offsets)]}"#
  }

  @Test("what is wrong is said, with what to do", arguments: Self.wrong)
  func wrongFile(_ file: [UInt8], _ expected: String) {
    #expect(message { () throws(FormatError) in try Safetensors(file: file) } == expected)
  }

  private static func header(_ why: String) -> String {
    "the safetensors header is damaged: \(why); make the file again with the program that wrote it"
  }

  private static let wrong: [([UInt8], String)] = [
    ([1, 2], "the safetensors data are cut off: 8 bytes expected, 2 found; make the file again"),
    (
      bytes("1000000000000000") + Array("{}".utf8),
      "the safetensors data are cut off: 24 bytes expected, 10 found; make the file again"
    ),
    (
      bytes("ffffffffffffffff"),
      header("it claims to have 18446744073709551615 bytes, where 100000000 are the most")
    ),
    (
      bytes("01e1f50500000000"), header("it claims to have 100000001 bytes, where 100000000 are the most")
    ),
    (file("[]"), header("it does not begin with '{'")),
    (file(""), header("it does not begin with '{'")),
    (file("{} x"), header("text after its end")),
    (file("{\"a\""), header("key 'a' lacks its ':'")),
    (file("{a:1}"), header("a string in quotes is missing")),
    (file("{\"a"), header("a JSON string is not closed")),
    (file("{\"__metadata__\":{}"), header("an object lacks ',' or '}'")),
    (file("{\"__metadata__\":[]}"), header("__metadata__ is not an object")),
    (file("{\"__metadata__\":{\"x\":1}}"), header("the metadata 'x' are not text")),
    (file(#"{"__metadata__":{"x":"1","x":"2"}}"#), header("the metadata 'x' appear twice")),
    (file("{\"a\":[[[[]]]]}"), header("tensor 'a' is not an object")),
    (file("{\"a\":{\"dtype\":\"F32\"}}"), header("tensor 'a' needs dtype, shape and two data_offsets")),
    (file("{\"a\":{\"size\":4}}"), header("tensor 'a' has 'size' too much")),
    (file("{\"a\":{\"shape\":[1],\"shape\":[1]}}"), header("tensor 'a' has 'shape' too much")),
    (file("{\(entry("a", "-1", "0,4"))}"), header("the shape of 'a' hold '-1'")),
    (file("{\(entry("a", "1.5", "0,4"))}"), header("the shape of 'a' hold '1.5'")),
    (
      file("{\(entry("a", "1", "0,99999999999999999999"))}"),
      header("the data_offsets of 'a' hold '99999999999999999999'")
    ),
    (file("{\"a\":{\"shape\":[1"), header("an array lacks ',' or ']'")),
    (file("{\"a\":{\"shape\":1}}"), header("the shape of 'a' are not an array")),
    (
      file("{\(entry("a", "1", "0,4,8"))}", data: 4),
      header("tensor 'a' needs dtype, shape and two data_offsets")
    ),
    (file("{\(entry("a", "1", "0,4")),\(entry("a", "1", "4,8"))}", data: 8), header("'a' appears twice")),
    (
      file("{\(entry("a", "2", "0,8")),\(entry("b", "1", "4,8"))}", data: 8),
      header("the tensors 'a' and 'b' overlap")
    ),
    (
      file("{\(entry("a", "1", "0,4")),\(entry("b", "1", "8,12"))}", data: 12),
      header("tensor 'b' does not follow the one before it")
    ),
    (file("{\(entry("a", "1", "4,0"))}", data: 4), header("tensor 'a' does not follow the one before it")),
    (file("{\(entry("a", "2", "0,4"))}", data: 4), header("tensor 'a' has 4 bytes, where its shape takes 8")),
    (
      file("{\(entry("a", "1", "0,4"))}", data: 3),
      "the safetensors data are cut off: 66 bytes expected, 65 found; make the file again"
    ),
    (
      file("{\(entry("a", "1", "0,9223372036854775807"))}", data: 3),
      "the safetensors data are cut off: 9223372036854775807 bytes expected, 83 found; make the file again"
    ),
    (
      file("{\(entry("a", "1", "0,4"))}", data: 5),
      "the safetensors data are too long: 66 bytes expected, 67 found; make the file again with the program that wrote it"
    ),
    (
      file("{\(entry("a", "4294967296,4294967296", "0,4"))}", data: 4),
      "the safetensors data have the impossible shape 4294967296 × 4294967296; make the file again with the program that wrote it"
    ),
    (
      file("{\(entry("a", "1", "0,2", type: "BF16"))}", data: 2),
      "numbers of type BF16 (tensor 'a') are not read from safetensors files; convert them to F32 or F64"
    ),
  ]

  @Test("a file cut off anywhere, or with any byte changed, is refused or read, never a crash")
  func damage() {
    for count in Self.reference.indices {
      #expect(throws: FormatError.self) { try Safetensors(file: Array(Self.reference[..<count])) }
    }
    for index in Self.reference.indices {
      for flip in [1, 0x10, 0x80] as [UInt8] {
        var changed = Self.reference
        changed[index] ^= flip
        _ = try? Safetensors(file: changed)
      }
    }
  }

  @Test("brackets without end are refused, not followed")
  func nesting() {
    let header = [UInt8](repeating: UInt8(ascii: "{"), count: 1 << 16)
    #expect(
      message { () throws(FormatError) in
        try Safetensors(file: [0, 0, 1, 0, 0, 0, 0, 0] + header)
      } == Self.header("a string in quotes is missing"))
  }
}
