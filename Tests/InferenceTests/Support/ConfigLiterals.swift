import Inference

/// Lets tests write a configuration as a sweep file would.
extension ConfigValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .text(value) }
  init(integerLiteral value: Int) { self = .integer(value) }
  init(floatLiteral value: Double) { self = .number(value) }
  init(booleanLiteral value: Bool) { self = .boolean(value) }
  init(nilLiteral: ()) { self = .null }
  init(arrayLiteral elements: ConfigValue...) { self = .list(elements) }

  init(dictionaryLiteral elements: (String, ConfigValue)...) {
    var mapping = ConfigMapping()
    for (key, value) in elements { mapping[key] = value }
    self = .mapping(mapping)
  }
}

extension ConfigMapping {
  /// The mapping with other values at some keys.
  func with(_ changes: ConfigMapping) -> ConfigMapping {
    var changed = self
    for entry in changes.entries { changed[entry.key] = entry.value }
    return changed
  }
}
