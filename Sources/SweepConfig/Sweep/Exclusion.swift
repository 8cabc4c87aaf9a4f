import Inference

/// Cells to leave out: those where every condition matches.
struct Exclusion: Sendable {
  /// A path and the values of which one must be there.
  struct Condition: Sendable {
    var path: [String]
    var keyLocation: Location
    var values: [Positioned]
  }

  var conditions: [Condition]

  /// Reads `exclude:`.
  static func read(_ value: Positioned, findings: inout Findings) -> [Exclusion] {
    if value.isNull { return [] }
    guard let rules = value.items else {
      findings.add(
        "exclude is \(value.value.kindDescription); use a list of mappings of paths to values",
        at: value.location)
      return []
    }
    return rules.compactMap { rule in
      guard let entries = rule.entries, !entries.isEmpty else {
        findings.add(
          "an exclude is \(rule.entries == nil ? rule.value.kindDescription : "empty"); use a mapping of paths to values",
          at: rule.location)
        return nil
      }
      return Exclusion(conditions: entries.compactMap { readCondition($0, findings: &findings) })
    }
  }

  private static func readCondition(_ entry: Positioned.Entry, findings: inout Findings) -> Condition? {
    guard let path = dottedPath(entry.key) else {
      findings.add(
        "'\(entry.key)' is not a path; write names joined by dots, as in optimizer.adam.learning_rate",
        at: entry.keyLocation)
      return nil
    }
    return Condition(
      path: path, keyLocation: entry.keyLocation, values: entry.value.items ?? [entry.value])
  }
}

/// Whether a condition's value is met by what a cell has.
///
/// Numbers compare as numbers. A name matches a component of that name whatever its options; a component with
/// options matches one that has these options among its own.
func matches(_ wanted: ConfigValue, _ found: ConfigValue) -> Bool {
  if let first = wanted.asNumber, let second = found.asNumber { return first == second }
  switch (wanted, found) {
  case (.text(let name), .mapping(let mapping)):
    return mapping.entries.count == 1 && mapping.entries[0].key == name
  case (.mapping(let mapping), .text(let name)):
    return mapping.entries.count == 1 && mapping.entries[0].key == name
      && (mapping.entries[0].value == .null || mapping.entries[0].value.asMapping?.isEmpty == true)
  case (.mapping(let wanted), .mapping(let found)):
    return wanted.entries.allSatisfy { entry in
      found[entry.key].map { matches(entry.value, $0) } ?? false
    }
  case (.list(let wanted), .list(let found)):
    return wanted.count == found.count && zip(wanted, found).allSatisfy { matches($0, $1) }
  default:
    return wanted == found
  }
}
