extension Safetensors {
  /// Reads a file's bytes.
  public init(file bytes: [UInt8]) throws(FormatError) {
    guard bytes.count >= 8 else { throw .cutOff(.safetensors, expected: 8, found: bytes.count) }
    let length = bytes[..<8].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= Self.headerLimit else {
      throw .damagedHeader(
        .safetensors, why: "it claims to have \(length) bytes, where \(Self.headerLimit) are the most")
    }
    let start = 8 + Int(length)
    guard bytes.count >= start else { throw .cutOff(.safetensors, expected: start, found: bytes.count) }
    var header = SafetensorsHeader()
    do throws(JSONProblem) {
      try header.read(bytes[8..<start])
    } catch {
      throw .damagedHeader(.safetensors, why: error.what)
    }
    try header.checkRanges(dataStart: start, found: bytes.count)
    var tensors: [Tensor] = []
    for entry in header.entries {
      let values = try entry.values(in: bytes[(start + entry.start)..<(start + entry.end)])
      tensors.append(Tensor(name: entry.name, shape: entry.shape, values: values))
    }
    self.init(tensors, metadata: header.metadata)
  }
}

/// What a header says, as it says it.
private struct SafetensorsHeader {
  struct Entry {
    var name: String
    var type: String
    var shape: [Int]
    /// Where its numbers begin and end after the header, in bytes.
    var start: Int
    var end: Int
  }

  var entries: [Entry] = []
  var metadata: [String: String] = [:]
  private var names: Set<String> = []

  /// Reads the JSON text; straight into entries, so that no text takes many times its size.
  mutating func read(_ bytes: ArraySlice<UInt8>) throws(JSONProblem) {
    var scanner = JSONScanner(bytes)
    guard scanner.take("{") else { throw scanner.broken("it does not begin with '{'") }
    if !scanner.take("}") {
      repeat {
        let name = try scanner.key()
        guard names.insert(name).inserted else { throw scanner.broken("'\(name)' appears twice") }
        if name == Safetensors.metadataKey {
          metadata = try scanner.texts()
        } else {
          entries.append(try scanner.entry(name))
        }
      } while scanner.take(",")
      guard scanner.take("}") else { throw scanner.broken("an object lacks ',' or '}'") }
    }
    if scanner.peek() != nil { throw scanner.broken("text after its end") }
  }

  /// Checks that the tensors lie one after another and fill the data.
  func checkRanges(dataStart: Int, found: Int) throws(FormatError) {
    var end = 0
    var previous = ""
    for entry in entries.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      if entry.start < end {
        throw .damagedHeader(.safetensors, why: "the tensors '\(previous)' and '\(entry.name)' overlap")
      }
      if entry.start > end || entry.end < entry.start {
        throw .damagedHeader(.safetensors, why: "tensor '\(entry.name)' does not follow the one before it")
      }
      end = entry.end
      previous = entry.name
    }
    let (expected, overflow) = dataStart.addingReportingOverflow(end)
    if overflow || found < expected {
      throw .cutOff(.safetensors, expected: overflow ? .max : expected, found: found)
    }
    if found > expected { throw .trailingBytes(.safetensors, expected: expected, found: found) }
  }
}

extension SafetensorsHeader.Entry {
  fileprivate func values(in bytes: ArraySlice<UInt8>) throws(FormatError) -> Safetensors.Values {
    let size: Int
    switch type {
    case "F32": size = 4
    case "F64": size = 8
    default:
      throw .unsupportedType(.safetensors, "\(type) (tensor '\(name)')", supported: "F32 or F64")
    }
    guard let count = elementCount(shape, size: size) else { throw .hugeShape(.safetensors, shape) }
    guard count * size == bytes.count else {
      throw .damagedHeader(
        .safetensors, why: "tensor '\(name)' has \(bytes.count) bytes, where its shape takes \(count * size)")
    }
    return bytes.withUnsafeBytes { bytes in
      if size == 4 {
        .float32(
          (0..<count).map { index in
            let word = bytes.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
            return Float(bitPattern: UInt32(littleEndian: word))
          })
      } else {
        .float64(
          (0..<count).map { index in
            let word = bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self)
            return Double(bitPattern: UInt64(littleEndian: word))
          })
      }
    }
  }
}

extension JSONScanner {
  /// A key and the colon after it.
  fileprivate mutating func key() throws(JSONProblem) -> String {
    let key = try string()
    guard take(":") else { throw broken("key '\(key)' lacks its ':'") }
    return key
  }

  /// An object whose values are strings.
  fileprivate mutating func texts() throws(JSONProblem) -> [String: String] {
    guard take("{") else { throw broken("\(Safetensors.metadataKey) is not an object") }
    var texts: [String: String] = [:]
    if take("}") { return texts }
    repeat {
      let key = try key()
      guard peek() == UInt8(ascii: "\"") else { throw broken("the metadata '\(key)' are not text") }
      guard texts.updateValue(try string(), forKey: key) == nil else {
        throw broken("the metadata '\(key)' appear twice")
      }
    } while take(",")
    guard take("}") else { throw broken("an object lacks ',' or '}'") }
    return texts
  }

  /// The type, the shape and the place of a tensor.
  fileprivate mutating func entry(_ name: String) throws(JSONProblem) -> SafetensorsHeader.Entry {
    guard take("{") else { throw broken("tensor '\(name)' is not an object") }
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    repeat {
      let key = try key()
      switch key {
      case "dtype" where type == nil: type = try string()
      case "shape" where shape == nil: shape = try integers(of: "the shape of '\(name)'")
      case "data_offsets" where offsets == nil: offsets = try integers(of: "the data_offsets of '\(name)'")
      default: throw broken("tensor '\(name)' has '\(key)' too much")
      }
    } while take(",")
    guard take("}") else { throw broken("an object lacks ',' or '}'") }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw broken("tensor '\(name)' needs dtype, shape and two data_offsets")
    }
    return SafetensorsHeader.Entry(
      name: name, type: type, shape: shape, start: offsets[0], end: offsets[1])
  }

  /// An array of integers from 0.
  private mutating func integers(of what: String) throws(JSONProblem) -> [Int] {
    guard take("[") else { throw broken("\(what) are not an array") }
    var numbers: [Int] = []
    if take("]") { return numbers }
    repeat {
      let text = try word()
      guard let number = Int(text), number >= 0 else { throw broken("\(what) hold '\(text)'") }
      numbers.append(number)
    } while take(",")
    guard take("]") else { throw broken("an array lacks ',' or ']'") }
    return numbers
  }
}
