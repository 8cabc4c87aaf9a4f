import Foundation

/// Numbers for readers: as many digits as their error allows, never more than they have.
public enum NumberText {
  /// The shortest text that reads back as the same number; `NaN`, `Infinity`, `-Infinity` where it is none.
  public static func exact(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
    if let whole = Int(exactly: value), abs(whole) < 1_000_000_000_000_000 { return "\(whole)" }
    return "\(value)"
  }

  /// `digits` digits after the point; exponent form where the number is too large or small for that.
  public static func fixed(_ value: Double, digits: Int?) -> String {
    guard value.isFinite, let digits else { return exact(value) }
    if abs(value) >= 1e15 { return format(value, "%.4e") }
    if value != 0 && digits >= 15 { return format(value, "%.2e") }
    if digits <= 6, abs(value) < 1e12 { return short(value, digits: digits) }
    let text = format(value, "%.\(digits)f")
    // "-0.00" would claim a sign that the digits do not show.
    return text.hasPrefix("-") && !text.contains(where: { "123456789".contains($0) })
      ? String(text.dropFirst()) : text
  }

  /// As `%.*f` and a tenth of its time: the nearest integer to the number times a power of ten, a tie to the even one.
  ///
  /// The product is exact: 53 bits times at most 20.
  private static func short(_ value: Double, digits: Int) -> String {
    let power = (0..<digits).reduce(UInt64(1)) { product, _ in 10 * product }
    let magnitude = value.magnitude
    // magnitude = significand / 2^shift, where a number below 2^-75 is 0 to six digits.
    let shift = 52 - max(Int(magnitude.exponent), -1022)
    var rounded: UInt64 = 0
    if magnitude > 0, shift < 127 {
      let product = UInt128(magnitude.significandBitPattern | 1 << 52) * UInt128(power)
      let below = product & (1 << UInt128(shift) - 1)
      let half: UInt128 = 1 << UInt128(shift - 1)
      rounded = UInt64(product >> UInt128(shift))
      if below > half || (below == half && rounded % 2 == 1) { rounded += 1 }
    }
    return decimal(rounded, digits: digits, isNegative: value < 0 && rounded > 0)
  }

  /// The integer with a point before its last `digits` digits, and at least one before the point.
  private static func decimal(_ number: UInt64, digits: Int, isNegative: Bool) -> String {
    var length = 1
    var bound: UInt64 = 10
    while number >= bound {
      length += 1
      bound *= 10
    }
    length = max(length, digits + 1) + (digits > 0 ? 1 : 0) + (isNegative ? 1 : 0)
    return String(unsafeUninitializedCapacity: length) { bytes in
      var rest = number
      for place in 1...length {
        let isPoint = digits > 0 && place == digits + 1
        bytes[length - place] = isPoint ? UInt8(ascii: ".") : UInt8(ascii: "0") + UInt8(rest % 10)
        if !isPoint { rest /= 10 }
      }
      if isNegative { bytes[0] = UInt8(ascii: "-") }
      return length
    }
  }

  /// How many digits after the point a number with this error deserves: two of the error's own, so that
  /// -31.53412 with 0.0042 is -31.5341 and with 0.42 is -31.53; at most six; nil where it is 0 or unknown.
  public static func digits(error: Double?) -> Int? {
    guard let error, error.isFinite, error > 0 else { return nil }
    return min(max(1 - Int(floor(log10(error))), 0), 6)
  }

  /// A value of which only the size matters, to `figures` significant digits.
  public static func rounded(_ value: Double, figures: Int = 3) -> String {
    guard value.isFinite, value != 0 else { return exact(value) }
    let magnitude = Int(floor(log10(abs(value))))
    if magnitude < -5 || magnitude > 14 { return format(value, "%.\(figures - 1)e") }
    return fixed(value, digits: max(figures - 1 - magnitude, 0))
  }

  /// A probability to four digits: a small one is small, and not 0.
  public static func probability(_ value: Double) -> String {
    value > 0 && value < 0.00005 ? "<0.0001" : fixed(value, digits: 4)
  }

  /// A count with its thousands apart: `258,000`.
  public static func grouped(_ count: Int) -> String {
    let digits = Array(String(abs(count)))
    let grouped = digits.enumerated().map { index, digit in
      index > 0 && (digits.count - index) % 3 == 0 ? ",\(digit)" : "\(digit)"
    }
    return (count < 0 ? "-" : "") + grouped.joined()
  }

  private static func format(_ value: Double, _ pattern: String) -> String {
    String(format: pattern, value)
  }
}
