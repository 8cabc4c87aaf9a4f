import Foundation

/// The standard normal distribution.
package enum Normal {
  package static func density(_ z: Double) -> Double {
    exp(-z * z / 2) / (2 * Double.pi).squareRoot()
  }

  /// Φ(z), to the last digits in both tails.
  package static func probability(below z: Double) -> Double {
    erfc(-z / 2.0.squareRoot()) / 2
  }

  /// The z with Φ(z) = `probability`, by bisection to the last bit or so.
  ///
  /// - Precondition: 0 < probability < 1.
  package static func quantile(_ probability: Double) -> Double {
    precondition(probability > 0 && probability < 1, "a probability")
    // The upper tail loses digits to 1 - p.
    if probability > 0.5 { return -quantile(1 - probability) }
    // Φ(-39) underflows.
    var low = -39.0
    var high = 0.0
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { return middle }
      if Self.probability(below: middle) < probability { low = middle } else { high = middle }
    }
  }
}
