import Foundation

/// How the values of an axis are spread: evenly, or compressed towards the top.
struct Spread: Hashable {
  var low: Double
  var high: Double
  /// Where compressed, the value from which on the logarithm counts: log₁₀(1 + value − origin). Above `low` − 1.
  var origin: Double?

  func position(_ value: Double) -> Double {
    origin.map { log10(1 + value - $0) } ?? value
  }

  /// Round numbers, spread as evenly as round numbers can be.
  func levels(count: Int) -> [Double] {
    let (first, last) = (position(low), position(high))
    let even = (0...count).map { value(at: first + (last - first) * Double($0) / Double(count)) }
    var levels: [Double] = []
    for (value, next) in zip(even, even.dropFirst()) {
      let step = Drawing.ticDistance(VisibleRange(low: value, high: next), count: 1)
      let level = (next / step).rounded(.down) * step
      if level > levels.last ?? -.infinity, level >= low, level <= high { levels.append(level) }
    }
    return levels
  }

  /// A round number without the digits that rounding leaves.
  static func text(_ level: Double) -> String {
    String(format: "%.10g", level)
  }

  private func value(at position: Double) -> Double {
    origin.map { $0 - 1 + pow(10, position) } ?? position
  }
}
