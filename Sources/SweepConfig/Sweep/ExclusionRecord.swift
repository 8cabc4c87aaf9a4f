import Inference

/// The exclusions of a sweep, and which of their conditions have matched a cell so far.
struct ExclusionRecord {
  private let exclusions: [Exclusion]
  /// The distinct values seen at each condition's path, in order, as they would be spelled.
  private var seen: [[[String]]]
  /// Which values of each condition have matched.
  private var matched: [[[Bool]]]

  init(_ exclusions: [Exclusion]) {
    self.exclusions = exclusions
    seen = exclusions.map { $0.conditions.map { _ in [] } }
    matched = exclusions.map { $0.conditions.map { $0.values.map { _ in false } } }
  }

  /// Whether a cell is to be left out.
  mutating func excludes(valueAt: ([String]) -> ConfigValue?) -> Bool {
    var isExcluded = false
    for (rule, exclusion) in exclusions.enumerated() {
      var holds = true
      for (index, condition) in exclusion.conditions.enumerated() {
        var isMet = false
        if let found = valueAt(condition.path) {
          let spelling = spelled(found)
          if !seen[rule][index].contains(spelling) { seen[rule][index].append(spelling) }
          for (position, wanted) in condition.values.enumerated() where matches(wanted.value, found) {
            matched[rule][index][position] = true
            isMet = true
          }
        }
        holds = holds && isMet
      }
      isExcluded = isExcluded || (holds && !exclusion.conditions.isEmpty)
    }
    return isExcluded
  }

  /// Reports conditions that no cell can meet: a path or a value mistyped.
  ///
  /// - Parameter overridden: paths set by arguments, which may well leave an exclusion without its cells.
  func reportUnmatched(overridden: [[String]], findings: inout Findings) {
    for (rule, exclusion) in exclusions.enumerated() {
      for (index, condition) in exclusion.conditions.enumerated() {
        let path = condition.path
        if overridden.contains(where: { $0.starts(with: path) || path.starts(with: $0) }) { continue }
        let name = path.joined(separator: ".")
        let values = seen[rule][index]
        if values.isEmpty {
          findings.add(
            "exclude: no cell has '\(name)'; use the path of an option that a cell has",
            at: condition.keyLocation)
          continue
        }
        for (position, wanted) in condition.values.enumerated() where !matched[rule][index][position] {
          let list = values.prefix(10).joined(separator: ", ") + (values.count > 10 ? ", …" : "")
          findings.add(
            "exclude: \(name) is never \(spelled(wanted.value)); its values are \(list)", at: wanted.location)
        }
      }
    }
  }
}
