import Inference

/// A piece of a JSON Schema, written as a literal.
indirect enum SchemaNode {
  /// A value that stands for itself: a name, a bound, a default.
  case value(ConfigValue)
  case list([SchemaNode])
  case object([(key: String, node: SchemaNode)])

  /// Adds a keyword to an object.
  mutating func add(_ key: String, _ node: SchemaNode) {
    guard case .object(let entries) = self else { return }
    self = .object(entries + [(key, node)])
  }

  /// Indented JSON, keys in their own order; a list without objects stays on one line.
  func json(indent: Int = 0) -> String {
    let outer = String(repeating: "  ", count: indent)
    let inner = outer + "  "
    switch self {
    case .value(let value): return canonicalJSON(value)
    case .list(let items) where items.contains(where: \.isObject):
      let lines = items.map { inner + $0.json(indent: indent + 1) }
      return "[\n" + lines.joined(separator: ",\n") + "\n\(outer)]"
    case .list(let items):
      return "[" + items.map { $0.json() }.joined(separator: ", ") + "]"
    case .object(let entries) where entries.isEmpty:
      return "{}"
    case .object(let entries):
      let lines = entries.map {
        inner + canonicalJSON(.text($0.key)) + ": " + $0.node.json(indent: indent + 1)
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(outer)}"
    }
  }

  private var isObject: Bool {
    if case .object = self { true } else { false }
  }
}

extension SchemaNode: ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
  ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .value(.text(value)) }
  init(integerLiteral value: Int) { self = .value(.integer(value)) }
  init(booleanLiteral value: Bool) { self = .value(.boolean(value)) }
  init(arrayLiteral elements: SchemaNode...) { self = .list(elements) }
  init(dictionaryLiteral elements: (String, SchemaNode)...) {
    self = .object(elements.map { (key: $0.0, node: $0.1) })
  }
}
