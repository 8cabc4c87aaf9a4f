/// Named tensors of singles and doubles, in the format of the Python package `safetensors`.
///
/// The length of a header in 8 bytes, a JSON header, and the numbers, everything little-endian
/// (github.com/huggingface/safetensors, "Format").
public struct Safetensors: Hashable, Sendable {
  /// The numbers of a tensor, row-major.
  public enum Values: Hashable, Sendable {
    case float32([Float])
    case float64([Double])

    public var count: Int {
      switch self {
      case .float32(let values): values.count
      case .float64(let values): values.count
      }
    }

    var typeName: String {
      switch self {
      case .float32: "F32"
      case .float64: "F64"
      }
    }

    var size: Int {
      switch self {
      case .float32: 4
      case .float64: 8
      }
    }
  }

  public struct Tensor: Hashable, Sendable {
    public let name: String
    /// The lengths of the dimensions; empty for a single number.
    public let shape: [Int]
    public let values: Values

    /// - Precondition: the shape holds as many numbers as there are values; the name is not `__metadata__`.
    public init(name: String, shape: [Int], values: Values) {
      precondition(elementCount(shape, size: 8) == values.count, "\(values.count) numbers for \(shape)")
      precondition(name != Safetensors.metadataKey, "a tensor named \(name)")
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  static let metadataKey = "__metadata__"
  /// The greatest length of a header, in bytes: that of the Python package.
  static let headerLimit = 100_000_000

  /// The tensors, by name in the order of its bytes.
  public let tensors: [Tensor]
  /// What else the file says, text by key.
  public let metadata: [String: String]

  /// - Precondition: the names are distinct.
  public init(_ tensors: [Tensor], metadata: [String: String] = [:]) {
    precondition(Set(tensors.map(\.name)).count == tensors.count, "two tensors of one name")
    self.tensors = tensors.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    self.metadata = metadata
  }

  public subscript(name: String) -> Tensor? { tensors.first { $0.name == name } }

  /// The bytes of a file: the same for the same tensors and metadata.
  public func file() -> [UInt8] {
    // Doubles first, so that every number is aligned to its size.
    let ordered = tensors.filter { $0.values.size == 8 } + tensors.filter { $0.values.size == 4 }
    var ranges: [String: Range<Int>] = [:]
    var end = 0
    for tensor in ordered {
      let start = end
      end += tensor.values.count * tensor.values.size
      ranges[tensor.name] = start..<end
    }
    let header = header(ranges)
    var bytes = (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header
    bytes.reserveCapacity(bytes.count + end)
    for tensor in ordered {
      switch tensor.values {
      case .float32(let values): bytes.append(littleEndian: values)
      case .float64(let values): bytes.append(littleEndian: values)
      }
    }
    return bytes
  }

  /// The header, with blanks after it up to a multiple of 8.
  private func header(_ ranges: [String: Range<Int>]) -> [UInt8] {
    var text = "{"
    func addKey(_ key: String) {
      if text.last != "{" { text += "," }
      appendJSON(key, to: &text)
      text += ":"
    }
    if !metadata.isEmpty {
      addKey(Self.metadataKey)
      text += "{"
      for key in metadata.keys.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
        addKey(key)
        appendJSON(metadata[key] ?? "", to: &text)
      }
      text += "}"
    }
    for tensor in tensors {
      addKey(tensor.name)
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      let range = ranges[tensor.name] ?? 0..<0
      text += #"{"dtype":"\#(tensor.values.typeName)","shape":[\#(shape)]"#
      text += #","data_offsets":[\#(range.lowerBound),\#(range.upperBound)]}"#
    }
    let bytes = Array((text + "}").utf8)
    return bytes + [UInt8](repeating: UInt8(ascii: " "), count: (8 - bytes.count % 8) % 8)
  }
}
