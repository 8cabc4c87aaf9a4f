/// A plain configuration value: what a sweep file, an override or a default says, without its position.
public enum ConfigValue: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([ConfigValue])
  case mapping(ConfigMapping)

  /// The value as a real number, where it is one; an integer counts.
  public var asNumber: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The value as text, where it is text.
  public var asText: String? {
    if case .text(let value) = self { value } else { nil }
  }

  /// The value as a mapping, where it is one.
  public var asMapping: ConfigMapping? {
    if case .mapping(let value) = self { value } else { nil }
  }

  /// What kind of value this is, with its article, for error messages: `a number`, `text`, `a list`.
  public var kindDescription: String {
    switch self {
    case .null: "nothing"
    case .boolean: "true or false"
    case .integer: "an integer"
    case .number: "a number"
    case .text: "text"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }
}

/// A mapping that keeps the order of its keys; two mappings are equal when keys, values and order are.
public struct ConfigMapping: Hashable, Sendable, ExpressibleByDictionaryLiteral {
  public struct Entry: Hashable, Sendable {
    public var key: String
    public var value: ConfigValue
  }

  public private(set) var entries: [Entry] = []

  public init() {}

  public init(dictionaryLiteral elements: (String, ConfigValue)...) {
    for (key, value) in elements { self[key] = value }
  }

  public var keys: [String] { entries.map(\.key) }
  public var isEmpty: Bool { entries.isEmpty }

  /// The value at `key`; assigning replaces it in place, appends it, or with nil removes it.
  public subscript(key: String) -> ConfigValue? {
    get { entries.first { $0.key == key }?.value }
    set {
      let index = entries.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): entries[index].value = value
      case (let index?, nil): entries.remove(at: index)
      case (nil, let value?): entries.append(Entry(key: key, value: value))
      case (nil, nil): break
      }
    }
  }
}
