import FileFormats
package import Inference

/// The one JSON text of a configuration: keys in the order of their bytes, no blanks, shortest numbers.
///
/// Numbers that are equal are written alike (`1` and `1.0` are `1`); what JSON has no number for is a string.
package func canonicalJSON(_ mapping: ConfigMapping) -> String {
  var text = ""
  write(mapping, to: &text)
  return text
}

/// The one JSON text of a value.
package func canonicalJSON(_ value: ConfigValue) -> String {
  var text = ""
  write(value, to: &text)
  return text
}

/// `mapping` without the paths of tables and arrays: data are known by their digest, wherever the file lies.
package func withoutTablePaths(_ mapping: ConfigMapping) -> ConfigMapping {
  var result = ConfigMapping()
  for entry in mapping.entries {
    if let digest = mapping[entry.key + "_digest"], digest != .null { continue }
    if !ownNames.contains(entry.key), case .mapping(let inner) = entry.value {
      result[entry.key] = .mapping(withoutTablePaths(inner))
    } else {
      result[entry.key] = entry.value
    }
  }
  return result
}

/// The mappings whose keys a user makes up: `data` and `data_digest` in them are two names like any other.
private let ownNames: Set = ["parameters", "environment"]

private func write(_ value: ConfigValue, to text: inout String) {
  switch value {
  case .null: text += "null"
  case .boolean(let flag): text += flag ? "true" : "false"
  case .integer(let number): text += String(number)
  case .number(let number) where number.isFinite: text += number.shortest
  case .number(let number): appendJSON(String(number), to: &text)
  case .text(let string): appendJSON(string, to: &text)
  case .list(let items):
    text += "["
    for (index, item) in items.enumerated() {
      if index > 0 { text += "," }
      write(item, to: &text)
    }
    text += "]"
  case .mapping(let mapping): write(mapping, to: &text)
  }
}

private func write(_ mapping: ConfigMapping, to text: inout String) {
  text += "{"
  let ordered = mapping.entries.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
  for (index, entry) in ordered.enumerated() {
    if index > 0 { text += "," }
    appendJSON(entry.key, to: &text)
    text += ":"
    write(entry.value, to: &text)
  }
  text += "}"
}
