package import FileFormats
package import Inference

/// Reads configurations back from the JSON text that `canonicalJSON` wrote.
package struct ConfigurationReader {
  /// The greatest depth of lists and mappings in each other.
  private static let depthLimit = 64

  private var scanner: JSONScanner

  /// The configuration of a text.
  package static func configuration(_ text: String) throws(JSONProblem) -> ConfigMapping {
    var reader = ConfigurationReader(scanner: JSONScanner(Array(text.utf8)[...]))
    let value = try reader.value(depth: 0)
    guard reader.scanner.peek() == nil, case .mapping(let mapping) = value else {
      throw reader.scanner.broken("it is not one mapping")
    }
    return mapping
  }

  private mutating func value(depth: Int) throws(JSONProblem) -> ConfigValue {
    if depth > Self.depthLimit { throw scanner.broken("it is nested more than \(Self.depthLimit) deep") }
    switch scanner.peek() {
    case UInt8(ascii: "{"): return .mapping(try mapping(depth: depth))
    case UInt8(ascii: "["): return .list(try list(depth: depth))
    case UInt8(ascii: "\""): return .text(try scanner.string())
    default: return try word()
    }
  }

  private mutating func word() throws(JSONProblem) -> ConfigValue {
    let word = try scanner.word()
    switch word {
    case "null": return .null
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    default:
      if let integer = Int(word) { return .integer(integer) }
      guard let number = Double(word) else { throw scanner.broken("'\(word)' is not a number") }
      return .number(number)
    }
  }

  private mutating func list(depth: Int) throws(JSONProblem) -> [ConfigValue] {
    var items: [ConfigValue] = []
    _ = scanner.take("[")
    if scanner.take("]") { return items }
    repeat { items.append(try value(depth: depth + 1)) } while scanner.take(",")
    guard scanner.take("]") else { throw scanner.broken("a list lacks ',' or ']'") }
    return items
  }

  private mutating func mapping(depth: Int) throws(JSONProblem) -> ConfigMapping {
    var mapping = ConfigMapping()
    _ = scanner.take("{")
    if scanner.take("}") { return mapping }
    repeat {
      let key = try scanner.string()
      guard scanner.take(":") else { throw scanner.broken("key '\(key)' lacks its ':'") }
      mapping[key] = try value(depth: depth + 1)
    } while scanner.take(",")
    guard scanner.take("}") else { throw scanner.broken("a mapping lacks ',' or '}'") }
    return mapping
  }
}
