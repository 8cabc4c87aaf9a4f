/// The value of a column or parameter of a run.
public enum FilterValue: Sendable, Hashable {
  case null
  case number(Double)
  case text(String)
  /// Several values at once, such as tags: it equals what one of them equals, and none is as good as null to `is null`.
  case list([FilterValue])

  /// The value as a number, also where a text spells one; nil otherwise.
  var numeric: Double? {
    switch self {
    case .null, .list: nil
    case .number(let value): value
    case .text(let text): plainNumber(text)
    }
  }

  /// Whether two values are the same: as numbers where both are, else as texts; nil where either is null.
  func equals(_ other: FilterValue) -> Bool? {
    if self == .null || other == .null { return nil }
    if case .list(let values) = self { return values.contains { $0.equals(other) == true } }
    if let a = numeric, let b = other.numeric { return a == b }
    return text == other.text
  }

  /// Whether a number comes before another; nil where either is not a number.
  func precedes(_ other: FilterValue) -> Bool? {
    guard let a = numeric, let b = other.numeric else { return nil }
    return a < b
  }

  private var text: String {
    switch self {
    case .null, .list: ""
    case .number(let value): "\(value)"
    case .text(let text): text
    }
  }
}

/// The number that a text spells in decimal digits; nil of words, also of those that name a number (`nan`).
func plainNumber(_ text: String) -> Double? {
  guard text.allSatisfy({ $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }) else { return nil }
  return Double(text)
}
