/// A JSON value with its keys in their order (RFC 8259).
package indirect enum JSONValue: Sendable {
  case null
  case boolean(Bool)
  /// As it is written.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([(key: String, value: JSONValue)])

  /// How deep values may be in others.
  private static let depth = 64

  /// Reads a text that is one value. Bytes that are no UTF-8, keys that are repeated and what is nested deeper than 64 are
  /// refused.
  ///
  /// - Parameter allowsRepeatedKeys: whether repeated keys are kept instead, each with its value.
  package init(_ bytes: ArraySlice<UInt8>, allowsRepeatedKeys: Bool = false) throws(JSONProblem) {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw JSONProblem(line: 1, what: "the text is not UTF-8")
    }
    var scanner = JSONScanner(bytes)
    self = try Self.value(&scanner, depth: 0, allowsRepeatedKeys)
    if scanner.peek() != nil { throw scanner.broken("something follows the value") }
  }

  private static func value(_ scanner: inout JSONScanner, depth: Int, _ allowsRepeatedKeys: Bool)
    throws(JSONProblem) -> JSONValue
  {
    guard depth < Self.depth else { throw scanner.broken("values are nested deeper than \(Self.depth)") }
    switch scanner.peek() {
    case UInt8(ascii: "\""): return .string(try scanner.string())
    case UInt8(ascii: "["):
      _ = scanner.take("[")
      if scanner.take("]") { return .array([]) }
      var items: [JSONValue] = []
      repeat {
        items.append(try value(&scanner, depth: depth + 1, allowsRepeatedKeys))
      } while scanner.take(",")
      guard scanner.take("]") else { throw scanner.broken("an array is not closed") }
      return .array(items)
    case UInt8(ascii: "{"):
      _ = scanner.take("{")
      if scanner.take("}") { return .object([]) }
      var entries: [(key: String, value: JSONValue)] = []
      var keys: Set<String> = []
      repeat {
        let key = try scanner.string()
        guard keys.insert(key).inserted || allowsRepeatedKeys else {
          throw scanner.broken("the key '\(key.prefix(200))' is there twice")
        }
        guard scanner.take(":") else { throw scanner.broken("a colon is missing after a key") }
        entries.append((key, try value(&scanner, depth: depth + 1, allowsRepeatedKeys)))
      } while scanner.take(",")
      guard scanner.take("}") else { throw scanner.broken("an object is not closed") }
      return .object(entries)
    default:
      let word = try scanner.word()
      return switch word {
      case "null": .null
      case "true": .boolean(true)
      case "false": .boolean(false)
      default: .number(word)
      }
    }
  }
}
