import FileFormats
import Tracking

/// Values as JSON. What JSON has no number for is the text `NaN`, `Infinity` or `-Infinity`.
enum JSONText {
  static func append(_ value: Double?, to text: inout String) {
    guard let value else {
      text += "null"
      return
    }
    if value.isFinite { text += "\(value)" } else { appendJSON(number(value), to: &text) }
  }

  static func append(_ value: ParameterValue, to text: inout String) {
    switch value {
    case .null: text += "null"
    case .integer(let value): text += "\(value)"
    case .number(let value): append(value, to: &text)
    case .text(let value): appendJSON(value, to: &text)
    }
  }

  /// The shortest text that reads back as the same number.
  static func number(_ value: Double) -> String {
    value.isNaN ? "NaN" : value.isInfinite ? (value < 0 ? "-Infinity" : "Infinity") : "\(value)"
  }
}
