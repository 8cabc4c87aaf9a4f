import Tracking

/// Numbers and parameters in texts.
enum FieldValue {
  /// A number as CSV and JSON strings have it: decimal, `NaN`, `inf` or `Infinity` with a sign, in any case; nil of what is
  /// none. Hexadecimal numbers are none.
  static func number(_ text: String) -> Double? {
    let isDecimal = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
    if isDecimal { return Double(text) }
    switch text.lowercased() {
    case "nan", "+nan", "-nan": return .nan
    case "inf", "+inf", "infinity", "+infinity": return .infinity
    case "-inf", "-infinity": return -.infinity
    default: return nil
    }
  }

  /// A parameter from its text: an integer or number where it is written as one in the shortest way, else the text.
  ///
  /// So `007` and `1e400` stay what they are.
  static func parameter(_ text: String) -> ParameterValue {
    if let integer = Int(text), String(integer) == text { return .integer(integer) }
    if let number = number(text), number.isFinite, !hasLeadingZeros(text) { return .number(number) }
    return .text(text)
  }

  private static func hasLeadingZeros(_ text: String) -> Bool {
    let digits = text.drop { $0 == "-" || $0 == "+" }
    return digits.count > 1 && digits.first == "0" && digits.dropFirst().first?.isNumber == true
  }

  /// The text without the apostrophe that was put before what a spreadsheet would execute.
  static func withoutMark(_ text: String) -> String {
    guard text.utf8.first == UInt8(ascii: "'"),
      let first = text.utf8.first(where: { $0 != UInt8(ascii: "'") }),
      CSVField.dangerous.contains(first)
    else { return text }
    return String(text.unicodeScalars.dropFirst())
  }
}
