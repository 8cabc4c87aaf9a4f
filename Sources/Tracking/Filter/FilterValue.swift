/// The value of a column of a run.
public enum FilterValue: Sendable, Hashable {
  case null
  case number(Double)
  case text(String)
  /// Several values at once, such as tags: it equals what one of them equals, and none is as good as null to `is null`.
  case list([FilterValue])

  /// Whether it is there; a NaN is no value, as in the views of a store.
  var isNull: Bool {
    switch self {
    case .null: true
    case .number(let value): value.isNaN
    case .text: false
    case .list(let values): values.isEmpty
    }
  }

  /// Numbers equal what spells the same number, texts what has the same characters; nil of null.
  func equals(_ literal: FilterLiteral) -> Bool? {
    switch self {
    case .null: nil
    case .number(let value): value.isNaN ? nil : value == literal.number
    case .text(let text): text == literal.text
    case .list(let values): values.contains { $0.equals(literal) == true }
    }
  }

  /// Compares with a number; nil of what is none.
  func compares(_ relation: (Double, Double) -> Bool, _ number: Double) -> Bool? {
    guard case .number(let value) = self, !value.isNaN else { return nil }
    return relation(value, number)
  }

  /// Whether a text is like a pattern, as in SQLite: `%` is any characters, `_` one, and ASCII letters of both cases are the same;
  /// nil of what is no text.
  func isLike(_ pattern: String) -> Bool? {
    switch self {
    case .text(let text): Self.matches(Array(text.unicodeScalars)[...], Array(pattern.unicodeScalars)[...])
    case .list(let values): values.contains { $0.isLike(pattern) == true }
    case .null, .number: nil
    }
  }

  private static func matches(
    _ text: ArraySlice<Unicode.Scalar>, _ pattern: ArraySlice<Unicode.Scalar>
  ) -> Bool {
    var (text, pattern) = (text, pattern)
    // Where the last % stood, and how much of the text it has taken so far.
    var retry: (text: ArraySlice<Unicode.Scalar>, pattern: ArraySlice<Unicode.Scalar>)?
    while true {
      if let next = pattern.first, next == "%" {
        pattern = pattern.dropFirst()
        retry = (text, pattern)
      } else if let next = pattern.first, let own = text.first, next == "_" || folded(next) == folded(own) {
        pattern = pattern.dropFirst()
        text = text.dropFirst()
      } else if text.isEmpty && pattern.isEmpty {
        return true
      } else if let last = retry, !last.text.isEmpty {
        text = last.text.dropFirst()
        pattern = last.pattern
        retry = (text, pattern)
      } else {
        return false
      }
    }
  }

  private static func folded(_ scalar: Unicode.Scalar) -> UInt32 {
    ("A"..."Z").contains(scalar) ? scalar.value + 32 : scalar.value
  }
}

/// A value in a filter, as it is written there.
public struct FilterLiteral: Sendable, Hashable {
  public var text: String
  /// The number that it spells in decimal digits; nil of words, also of those that name a number (`nan`).
  public var number: Double?

  public init(_ text: String) {
    self.text = text
    let isPlain = text.allSatisfy { $0.isASCII && ($0.isNumber || "+-.eE".contains($0)) }
    number = isPlain ? Double(text) : nil
  }
}
