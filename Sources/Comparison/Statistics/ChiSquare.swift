import Foundation

/// The χ² distribution with a whole number of degrees of freedom.
package enum ChiSquare {
  /// P(X ≥ x), from the finite series for whole degrees of freedom (Abramowitz & Stegun 1964, 26.4.4 and 26.4.5).
  package static func probability(above x: Double, degreesOfFreedom: Int) -> Double {
    guard x > 0 else { return 1 }
    let half = x / 2
    let isOdd = degreesOfFreedom % 2 == 1
    // The terms are half^s e^-half / Γ(s + 1), with s = 0, 1, … or 1/2, 3/2, …
    var power = isOdd ? 0.5 : 0
    var sum = isOdd ? erfc(half.squareRoot()) : 0
    while power < Double(degreesOfFreedom) / 2 {
      sum += exp(power * log(half) - half - logGamma(power + 1))
      power += 1
    }
    return min(sum, 1)
  }
}
