/// One thing wrong with a configuration: where, what, and how to fix it.
///
/// The path names keys from the root of the run's settings (`["optimizer", "adam", "learning_rate"]`); list
/// elements are their index. Whoever read the file turns the path into a line and a column.
public struct SettingsProblem: Error, Hashable, Sendable, CustomStringConvertible {
  public var path: [String]
  /// What is wrong, as a clause: `is -0.1`, `unknown family 'meanfeild'`.
  public var what: String
  /// How to fix it, as a clause: `use a number above 0`, `did you mean 'mean-field'?`.
  public var fix: String
  /// Lines that show what is wrong, as a compiler prints them; empty where the sentence says it all.
  public var detail: String

  public init(path: [String], what: String, fix: String, detail: String = "") {
    self.path = path
    self.what = what
    self.fix = fix
    self.detail = detail
  }

  /// The sentence without its position: `optimizer.adam.learning_rate is -0.1; use a number above 0`; then the detail on lines
  /// of its own.
  public var description: String {
    let subject = what.hasPrefix("is ") ? path.joined(separator: ".") + " " : ""
    return subject + what + "; " + fix + (detail.isEmpty ? "" : "\n" + detail)
  }

  public func prefixed(_ prefix: [String]) -> SettingsProblem {
    SettingsProblem(path: prefix + path, what: what, fix: fix, detail: detail)
  }

  /// A name that is not among the valid ones, with the nearest as a suggestion.
  public static func unknownName(_ name: String, kind: String, valid: [String], at path: [String])
    -> SettingsProblem
  {
    let list = valid.joined(separator: ", ")
    let fix: String
    if let nearest = nearestName(to: name, among: valid) {
      fix = "did you mean '\(nearest)'? valid: \(list)"
    } else if valid.isEmpty {
      fix = "remove it: none is accepted here"
    } else {
      fix = "use one of \(list)"
    }
    return SettingsProblem(path: path, what: "unknown \(kind) '\(name)'", fix: fix)
  }

  static func wrongKind(_ value: ConfigValue, expected: String) -> SettingsProblem {
    SettingsProblem(path: [], what: "is \(value.kindDescription)", fix: "use \(expected)")
  }
}

/// The valid name nearest to `name` by edit distance, where one is near enough to be meant.
public func nearestName(to name: String, among valid: [String]) -> String? {
  let scored = valid.map { (name: $0, distance: editDistance(name.lowercased(), $0.lowercased())) }
  guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, best.name.count / 3) ? best.name : nil
}

/// The Levenshtein distance over characters, adjacent transpositions counting once (Damerau 1964, restricted).
func editDistance(_ first: String, _ second: String) -> Int {
  let a = Array(first)
  let b = Array(second)
  var rows = [Array(0...b.count)]
  for i in 0..<a.count {
    var row = [i + 1]
    for j in 0..<b.count {
      var cost = min(row[j] + 1, rows[i][j + 1] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, rows[i - 1][j - 1] + 1) }
      row.append(cost)
    }
    rows.append(row)
  }
  return rows[a.count][b.count]
}
