import Foundation

/// What a figure is of, how it is written, and which way is better.
package enum Quantity: Hashable, Sendable {
  /// More is better; the unit is one of "steps/s", "run-steps/s", "iterations/s", "points/s" and "effective draws/s".
  case rate(String)
  case seconds
  case megabytes

  package var moreIsBetter: Bool {
    if case .rate = self { true } else { false }
  }

  /// How many times better one figure is than another.
  package func ratio(of figure: Double, to other: Double) -> Double {
    moreIsBetter ? figure / other : other / figure
  }

  /// Three significant digits with a unit.
  package func text(_ value: Double) -> String {
    switch self {
    case .rate(let unit):
      switch value {
      case 999_500...: "\(digits(value / 1e6)) M \(unit)"
      case 999.5...: "\(digits(value / 1e3)) k \(unit)"
      default: "\(digits(value)) \(unit)"
      }
    case .seconds: value < 0.9995 ? "\(digits(value * 1e3)) ms" : "\(digits(value)) s"
    case .megabytes: "\(digits(value)) MB"
    }
  }
}

/// A number with three significant digits, never with an exponent.
package func digits(_ value: Double) -> String {
  guard value.isFinite else { return "–" }
  guard value != 0 else { return "0" }
  let places = max(0, 2 - Int(floor(log10(abs(value)))))
  let text = String(format: "%.\(min(places, 6))f", value)
  // Rounding may have gained a digit: 9.996 is 10.0, not 10.00.
  let gained = text.filter(\.isNumber).drop { $0 == "0" }.count > 3 && places > 0
  return gained ? String(format: "%.\(places - 1)f", value) : text
}
