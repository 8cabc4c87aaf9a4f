import Inference
import Yams

/// Reads YAML into positioned values: data only, within bounds.
package struct YamlReader {
  /// The greatest size of a sweep file in bytes.
  package static let byteLimit = 10 * 1024 * 1024
  /// The greatest number of values once aliases are expanded.
  package static let nodeLimit = 1_000_000

  private let source: Int
  private var nodeCount = 0

  /// The value of `text`, or nil where it holds nothing but comments.
  ///
  /// - Parameter source: the number of the text, for the locations.
  static func read(_ text: String, source: Int) throws(YamlProblem) -> Positioned? {
    try refuseControlCharacters(in: text)
    var yamlGuard = YamlGuard(text)
    try yamlGuard.check()
    let root: Node?
    do {
      // The basic resolver leaves every plain scalar a string: its kind is decided by `plainScalar`.
      root = try Yams.compose(yaml: text, .basic, .default, .utf8)
    } catch {
      throw YamlProblem(error)
    }
    guard let root else { return nil }
    var reader = YamlReader(source: source)
    return try reader.convert(root, depth: 0)
  }

  private init(source: Int) {
    self.source = source
  }

  private mutating func convert(_ node: Node, depth: Int) throws(YamlProblem) -> Positioned {
    let location = Location(source: source, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    nodeCount += 1
    if nodeCount > Self.nodeLimit { throw .tooManyValues }
    switch node {
    case .scalar(let scalar):
      let value = scalar.style == .plain ? plainScalar(scalar.string) : .text(scalar.string)
      return Positioned(.scalar(value), at: location)
    case .sequence(let sequence):
      try checkDepth(depth, at: location)
      var items: [Positioned] = []
      items.reserveCapacity(sequence.count)
      for item in sequence { items.append(try convert(item, depth: depth + 1)) }
      return Positioned(.list(items), at: location)
    case .mapping(let mapping):
      try checkDepth(depth, at: location)
      var entries: [Positioned.Entry] = []
      entries.reserveCapacity(mapping.count)
      for (key, value) in mapping {
        guard case .scalar(let name) = key else {
          throw .complexKey(location.line - 1, location.column - 1)
        }
        let keyLocation = Location(
          source: source, line: key.mark?.line ?? location.line, column: key.mark?.column ?? location.column)
        entries.append(
          Positioned.Entry(
            key: name.string, keyLocation: keyLocation, value: try convert(value, depth: depth + 1)))
      }
      return Positioned(.mapping(entries), at: location)
    case .alias:
      throw YamlProblem("this alias has no anchor before it", line: location.line, column: location.column)
    }
  }

  private func checkDepth(_ depth: Int, at location: Location) throws(YamlProblem) {
    if depth >= YamlGuard.depthLimit { throw .tooDeep(location.line - 1, location.column - 1) }
  }
}

/// Refuses what the parser's reader would, with its place.
private func refuseControlCharacters(in text: String) throws(YamlProblem) {
  var line = 1
  var column = 1
  var previous: Unicode.Scalar = " "
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0..<0x09, 0x0B, 0x0C, 0x0E..<0x20, 0x7F..<0x85, 0x86..<0xA0, 0xFFFE, 0xFFFF:
      let code = String(scalar.value, radix: 16, uppercase: true)
      let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
      throw YamlProblem("control character U+\(padded); remove it", line: line, column: column)
    default: break
    }
    if scalar == "\n" && previous == "\r" {
      // The pair was counted at its first half.
    } else if scalar.isYamlBreak {
      line += 1
      column = 1
    } else {
      column += 1
    }
    previous = scalar
  }
}
