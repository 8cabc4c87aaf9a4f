/// A format that this module reads or writes.
public enum FileFormat: String, Sendable {
  case npy = "NPY"
  case idx = "IDX"
  case safetensors
  case gzip
  case zip = "ZIP"
  case png = "PNG"
}

/// Why bytes are not what their format says.
public enum FormatError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The first bytes are not those that the format begins with.
  case wrongMagic(FileFormat, found: [UInt8])
  case cutOff(FileFormat, expected: Int, found: Int)
  case trailingBytes(FileFormat, expected: Int, found: Int)
  case unsupportedVersion(FileFormat, String)
  /// A type of numbers that is not read: its name in the format, and those that are.
  case unsupportedType(FileFormat, String, supported: String)
  case damagedHeader(FileFormat, why: String)
  /// A shape with more elements than can be counted.
  case hugeShape(FileFormat, [Int])
  case damagedData(FileFormat)
  case beyondLimit(FileFormat, bytes: Int)
  case outOfMemory(FileFormat)

  /// What is wrong, as a clause.
  public var what: String {
    switch self {
    case .wrongMagic(let format, let found):
      found.isEmpty
        ? "the file is empty, where \(format.rawValue) data were expected"
        : "the file begins with \(Self.hex(found)), as no \(format.rawValue) file does"
    case .cutOff(let format, let expected, let found):
      "the \(format.rawValue) data are cut off: \(expected) bytes expected, \(found) found"
    case .trailingBytes(let format, let expected, let found):
      "the \(format.rawValue) data are too long: \(expected) bytes expected, \(found) found"
    case .unsupportedVersion(let format, let version): "version \(version) of \(format.rawValue) is not read"
    case .unsupportedType(let format, let name, _):
      "numbers of type \(name) are not read from \(format.rawValue) files"
    case .damagedHeader(let format, let why): "the \(format.rawValue) header is damaged: \(why)"
    case .hugeShape(let format, let shape):
      "the \(format.rawValue) data have the impossible shape \(shape.map(String.init).joined(separator: " × "))"
    case .damagedData(let format): "the \(format.rawValue) data are damaged or cut off"
    case .beyondLimit(_, let bytes): "it decompresses to more than \(bytes >> 20) MB"
    case .outOfMemory(let format): "there is no memory for the \(format.rawValue) data"
    }
  }

  /// How to mend it, as a clause.
  public var fix: String {
    switch self {
    case .wrongMagic(let format, _): "check that it is the file you mean, and that it is \(format.rawValue)"
    case .cutOff, .damagedData: "make the file again"
    case .trailingBytes, .damagedHeader, .hugeShape: "make the file again with the program that wrote it"
    case .unsupportedVersion: "save the file again with a current program"
    case .unsupportedType(_, _, let supported): "convert them to \(supported)"
    case .beyondLimit: "use a smaller file"
    case .outOfMemory: "use a smaller file, or a machine with more memory"
    }
  }

  public var description: String { "\(what); \(fix)" }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true) }
      .joined(separator: " ")
  }
}
