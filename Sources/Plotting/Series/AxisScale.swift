import Foundation

/// How an axis spreads its values.
public enum AxisScale: Sendable, Hashable {
  case linear
  /// log₁₀(1 + x): logarithmic, yet with a place for step 0.
  case symlog

  func position(_ value: Double) -> Double {
    switch self {
    case .linear: value
    case .symlog: log10(1 + value)
    }
  }

  func value(at position: Double) -> Double {
    switch self {
    case .linear: position
    case .symlog: pow(10, position) - 1
    }
  }
}
