/// One coordinate of a group: a parameter and its value as text.
public struct Label: Sendable, Hashable {
  public var key: String
  public var text: String

  public init(key: String, text: String) {
    self.key = key
    self.text = text
  }

  /// The number that the value spells in decimal digits; nil of words, also of those that name a number (`nan`).
  public var number: Double? {
    text.allSatisfy { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) } ? Double(text) : nil
  }

  /// The value alone where it speaks for itself (`full-rank`), else with the last part of its key (`beta=4`).
  public var shortDescription: String {
    let speaksForItself = number == nil && !["true", "false", "", "-"].contains(text)
    return speaksForItself ? text : "\(key.split(separator: ".").last ?? "")=\(text)"
  }
}

/// What the runs of a group have in common: its coordinates, in the order in which they were asked for.
public struct GroupKey: Sendable, Hashable, Comparable, CustomStringConvertible {
  public var labels: [Label]

  public init(_ labels: [Label]) {
    self.labels = labels
  }

  /// The coordinates that the group has; a parameter that its runs do not have says nothing.
  public var description: String {
    let known = labels.filter { $0.text != "-" }
    return known.isEmpty ? "all runs" : known.map(\.shortDescription).joined(separator: ", ")
  }

  /// Coordinate by coordinate: numbers by size and before words, words by their bytes.
  public static func < (left: GroupKey, right: GroupKey) -> Bool {
    for (a, b) in zip(left.labels, right.labels) where a.text != b.text {
      switch (a.number, b.number) {
      case (let x?, let y?) where x != y: return x < y
      case (_?, nil): return true
      case (nil, _?): return false
      default: return a.text < b.text
      }
    }
    return left.labels.count < right.labels.count
  }
}
