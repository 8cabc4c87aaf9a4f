import FileFormats

/// A JSON value with what a table needs of it: order of keys, numbers as written, lines.
indirect enum JSONValue {
  /// A number, a string, `true`, `false` or `null`, as it is spelled (a string without its quotes).
  case scalar(String, line: Int)
  case list([JSONValue], line: Int)
  case object([(key: String, value: JSONValue)], line: Int)

  var line: Int {
    switch self {
    case .scalar(_, let line), .list(_, let line), .object(_, let line): line
    }
  }
}

/// Reads JSON into values that keep the order of keys and the lines.
struct JSONParser {
  /// The greatest depth of arrays and objects in each other.
  private static let depthLimit = 64

  private var scanner: JSONScanner

  init(_ bytes: ArraySlice<UInt8>) {
    scanner = JSONScanner(bytes)
  }

  /// The value that is the whole text.
  mutating func parse() throws(TableProblem) -> JSONValue {
    do throws(JSONProblem) {
      let value = try value(depth: 0)
      if scanner.peek() != nil { throw scanner.broken("text after the end of the JSON value") }
      return value
    } catch {
      throw TableProblem(line: error.line, error.what, fix: "make it valid JSON")
    }
  }

  private mutating func value(depth: Int) throws(JSONProblem) -> JSONValue {
    guard let first = scanner.peek() else { throw scanner.broken("the JSON text ends too early") }
    if depth > Self.depthLimit { throw scanner.broken("JSON nested more than \(Self.depthLimit) deep") }
    let line = scanner.line
    switch first {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try list(depth: depth)
    case UInt8(ascii: "\""): return .scalar(try scanner.string(), line: line)
    default: return .scalar(try scanner.word(), line: line)
    }
  }

  private mutating func list(depth: Int) throws(JSONProblem) -> JSONValue {
    let start = scanner.line
    var items: [JSONValue] = []
    _ = scanner.take("[")
    if scanner.take("]") { return .list(items, line: start) }
    repeat { items.append(try value(depth: depth + 1)) } while scanner.take(",")
    guard scanner.take("]") else { throw scanner.broken("a JSON array lacks ',' or ']'") }
    return .list(items, line: start)
  }

  private mutating func object(depth: Int) throws(JSONProblem) -> JSONValue {
    let start = scanner.line
    var entries: [(key: String, value: JSONValue)] = []
    _ = scanner.take("{")
    if scanner.take("}") { return .object(entries, line: start) }
    repeat {
      guard scanner.peek() == UInt8(ascii: "\"") else {
        throw scanner.broken("a JSON object lacks a key in quotes")
      }
      let key = try scanner.string()
      guard scanner.take(":") else { throw scanner.broken("key \"\(key)\" lacks its ':'") }
      entries.append((key, try value(depth: depth + 1)))
    } while scanner.take(",")
    guard scanner.take("}") else { throw scanner.broken("a JSON object lacks ',' or '}'") }
    return .object(entries, line: start)
  }
}
