package import Inference

/// The value of a plain (unquoted) scalar by YAML 1.2's core schema.
///
/// Unlike YAML 1.1, `1e-3` and `.001` are numbers, and `yes`, `no`, `on`, `off`, `1_000` and `1:30` are text.
package func plainScalar(_ text: String) -> ConfigValue {
  switch text {
  case "", "~", "null", "Null", "NULL": return .null
  case "true", "True", "TRUE": return .boolean(true)
  case "false", "False", "FALSE": return .boolean(false)
  case ".nan", ".NaN", ".NAN": return .number(.nan)
  case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .number(.infinity)
  case "-.inf", "-.Inf", "-.INF": return .number(-.infinity)
  default: break
  }
  if let integer = radixInteger(text) { return .integer(integer) }
  switch decimalForm(text) {
  case .integer:
    return Int(text).map(ConfigValue.integer) ?? Double(text).map(ConfigValue.number) ?? .text(text)
  case .real: return Double(text).map(ConfigValue.number) ?? .text(text)
  case nil: return .text(text)
  }
}

/// `0x1F` or `0o17`, digits only.
private func radixInteger(_ text: String) -> Int? {
  let digits = text.dropFirst(2)
  guard let first = digits.first, first.isHexDigit else { return nil }
  if text.hasPrefix("0x") { return Int(digits, radix: 16) }
  if text.hasPrefix("0o") { return Int(digits, radix: 8) }
  return nil
}

enum DecimalForm {
  case integer, real
}

/// How `[sign] digits [. digits] [e [sign] digits]`, with a digit in its mantissa, is written; nil for other text.
func decimalForm(_ text: String) -> DecimalForm? {
  var rest = text.utf8[...]
  func takeDigits() -> Int {
    let digits = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    rest = rest.dropFirst(digits.count)
    return digits.count
  }
  func take(_ first: Unicode.Scalar, or second: Unicode.Scalar) -> Bool {
    guard let byte = rest.first, byte == UInt8(ascii: first) || byte == UInt8(ascii: second) else {
      return false
    }
    rest = rest.dropFirst()
    return true
  }
  _ = take("-", or: "+")
  var mantissa = takeDigits()
  var form = DecimalForm.integer
  if take(".", or: ".") {
    form = .real
    mantissa += takeDigits()
  }
  guard mantissa > 0 else { return nil }
  if take("e", or: "E") {
    form = .real
    _ = take("-", or: "+")
    guard takeDigits() > 0 else { return nil }
  }
  return rest.isEmpty ? form : nil
}
