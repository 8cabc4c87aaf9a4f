import Foundation
import StanLanguage

/// Distributions over intervals (Stan Functions Reference, "Continuous distributions on [0, 1]" and "Bounded").
extension Density {
  static let bounded: [Density] = [
    .numbers("uniform") { a, sum throws(StanDiagnostic) in
      let (y, lower, upper) = (a[0], a[1], a[2])
      for outcome in 0..<a.count {
        if let low = a.number(1, outcome), let high = a.number(2, outcome), low >= high {
          throw StanDiagnostic(
            at: a.range, what: "the bounds are \(low) and \(high)",
            fix: "the lower one must be below the upper")
        }
      }
      sum.add(-1, (upper - lower).log)
      sum.requireAtLeast(y, lower)
      sum.requireAtLeast(upper, y)
    },
    .numbers("beta") { a, sum throws(StanDiagnostic) in
      try a.require(1, "first shape", "above 0") { $0 > 0 }
      try a.require(2, "second shape", "above 0") { $0 > 0 }
      guard a.allows({ $0 >= 0 && $0 <= 1 }) else { return sum.exclude() }
      betaTerms(a[0], a[1], a[2], &sum)
    },
    // Of a mean and a precision: α = μκ, β = (1 − μ)κ.
    .numbers("beta_proportion") { a, sum throws(StanDiagnostic) in
      try a.require(1, "mean", "between 0 and 1") { $0 > 0 && $0 < 1 }
      try a.require(2, "precision", "above 0") { $0 > 0 }
      guard a.allows({ $0 >= 0 && $0 <= 1 }) else { return sum.exclude() }
      betaTerms(a[0], a[1] * a[2], (1 - a[1]) * a[2], &sum)
    },
    // Over angles (von Mises 1918): exp(κ cos(y − μ)) / (2π I₀(κ)).
    .numbers("von_mises") { a, sum throws(StanDiagnostic) in
      try a.require(2, "concentration", "above 0") { $0 > 0 }
      sum.add(1, a[2] * (a[0] - a[1]).map(.cos))
      sum.add(-1, a[2].logBesselI())
      sum.add(-logTwoPi)
    },
  ]

  private static func betaTerms(
    _ y: Quantity, _ alpha: Quantity, _ beta: Quantity, _ sum: inout DensitySum
  ) {
    // A shape of 1 has no term: 0 · log 0 would be NaN at the ends.
    if alpha.constant != 1 { sum.add(1, (alpha - 1) * y.log) }
    if beta.constant != 1 { sum.add(1, (beta - 1) * y.log1m) }
    sum.add(-1, alpha.logBeta(beta))
  }
}
