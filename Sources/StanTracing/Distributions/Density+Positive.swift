import Foundation
import StanLanguage

/// Distributions over positive numbers (Stan Functions Reference, "Positive continuous distributions").
extension Density {
  static let positiveLine: [Density] = [
    positive("lognormal") { a, sum throws(StanDiagnostic) in
      try a.require(2, "scale", "above 0") { $0 > 0 }
      let log = a[0].log
      sum.add(-0.5, ((log - a[1]) / a[2]).squared)
      sum.add(-1, log)
      sum.add(-1, a[2].log)
      sum.add(-0.5 * logTwoPi)
    },
    positive("exponential", fromZero: true) { a, sum throws(StanDiagnostic) in
      try a.require(1, "rate", "above 0") { $0 > 0 }
      sum.add(1, a[1].log)
      sum.add(-1, a[1] * a[0])
    },
    positive("gamma") { a, sum throws(StanDiagnostic) in
      try a.require(1, "shape", "above 0") { $0 > 0 }
      try a.require(2, "rate", "above 0") { $0 > 0 }
      let (y, alpha, beta) = (a[0], a[1], a[2])
      sum.add(1, alpha * beta.log)
      sum.add(-1, alpha.logGamma)
      sum.add(1, (alpha - 1) * y.log)
      sum.add(-1, beta * y)
    },
    positive("inv_gamma") { a, sum throws(StanDiagnostic) in
      try a.require(1, "shape", "above 0") { $0 > 0 }
      try a.require(2, "scale", "above 0") { $0 > 0 }
      let (y, alpha, beta) = (a[0], a[1], a[2])
      sum.add(1, alpha * beta.log)
      sum.add(-1, alpha.logGamma)
      sum.add(-1, (alpha + 1) * y.log)
      sum.add(-1, beta / y)
    },
    positive("chi_square") { a, sum throws(StanDiagnostic) in
      try a.require(1, "degrees of freedom", "above 0") { $0 > 0 }
      let half = 0.5 * a[1]
      sum.add(-Foundation.log(2), half)
      sum.add(-1, half.logGamma)
      sum.add(1, (half - 1) * a[0].log)
      sum.add(-0.5, a[0])
    },
    positive("inv_chi_square") { a, sum throws(StanDiagnostic) in
      try a.require(1, "degrees of freedom", "above 0") { $0 > 0 }
      let half = 0.5 * a[1]
      sum.add(-Foundation.log(2), half)
      sum.add(-1, half.logGamma)
      sum.add(-1, (half + 1) * a[0].log)
      sum.add(-0.5, 1 / a[0])
    },
    positive("scaled_inv_chi_square") { a, sum throws(StanDiagnostic) in
      try a.require(1, "degrees of freedom", "above 0") { $0 > 0 }
      try a.require(2, "scale", "above 0") { $0 > 0 }
      let (half, s) = (0.5 * a[1], a[2])
      sum.add(1, half * half.log)
      sum.add(-1, half.logGamma)
      sum.add(2, half * s.log)
      sum.add(-1, (half + 1) * a[0].log)
      sum.add(-1, half * s.squared / a[0])
    },
    positive("weibull", fromZero: true) { a, sum throws(StanDiagnostic) in
      try a.require(1, "shape", "above 0") { $0 > 0 }
      try a.require(2, "scale", "above 0") { $0 > 0 }
      let (alpha, sigma) = (a[1], a[2])
      let log = a[0].log
      sum.add(1, alpha.log)
      sum.add(1, (alpha - 1) * log)
      sum.add(-1, alpha * sigma.log)
      sum.add(-1, (alpha * (log - sigma.log)).exp)
    },
    positive("frechet") { a, sum throws(StanDiagnostic) in
      try a.require(1, "shape", "above 0") { $0 > 0 }
      try a.require(2, "scale", "above 0") { $0 > 0 }
      let (alpha, sigma) = (a[1], a[2])
      let log = a[0].log
      sum.add(1, alpha.log)
      sum.add(-1, (alpha + 1) * log)
      sum.add(1, alpha * sigma.log)
      sum.add(-1, (alpha * (sigma.log - log)).exp)
    },
    positive("rayleigh", fromZero: true) { a, sum throws(StanDiagnostic) in
      try a.require(1, "scale", "above 0") { $0 > 0 }
      sum.add(1, a[0].log)
      sum.add(-2, a[1].log)
      sum.add(-0.5, (a[0] / a[1]).squared)
    },
    positive("loglogistic", fromZero: true) { a, sum throws(StanDiagnostic) in
      try a.require(1, "scale", "above 0") { $0 > 0 }
      try a.require(2, "shape", "above 0") { $0 > 0 }
      let (alpha, beta) = (a[1], a[2])
      let z = beta * (a[0].log - alpha.log)
      sum.add(1, beta.log)
      sum.add(1, z)
      sum.add(-1, a[0].log)
      sum.add(-2, z.softplus)
    },
    // On y ≥ the least value.
    positive("pareto") { a, sum throws(StanDiagnostic) in
      try a.require(1, "least value", "above 0") { $0 > 0 }
      try a.require(2, "shape", "above 0") { $0 > 0 }
      if a.outcomesBelow(1) { return sum.exclude() }
      sum.add(1, a[2].log)
      sum.add(1, a[2] * a[1].log)
      sum.add(-1, (a[2] + 1) * a[0].log)
      if a[0].constants == nil || a[1].constants == nil { sum.requireAtLeast(a[0], a[1]) }
    },
    .numbers("pareto_type_2") { a, sum throws(StanDiagnostic) in
      try a.require(2, "scale", "above 0") { $0 > 0 }
      try a.require(3, "shape", "above 0") { $0 > 0 }
      if a.outcomesBelow(1) { return sum.exclude() }
      let (lambda, alpha) = (a[2], a[3])
      sum.add(1, alpha.log)
      sum.add(-1, lambda.log)
      sum.add(-1, (alpha + 1) * ((a[0] - a[1]) / lambda).log1p)
    },
  ]

  /// A density over positive numbers: an outcome that is known and is none has log density −∞.
  private static func positive(
    _ name: String, fromZero: Bool = false,
    _ body: @escaping @Sendable (DensityArguments, inout DensitySum) throws(StanDiagnostic) -> Void
  ) -> Density {
    .numbers(name) { a, sum throws(StanDiagnostic) in
      guard a.allows({ fromZero ? $0 >= 0 : $0 > 0 }) else { return sum.exclude() }
      try body(a, &sum)
    }
  }
}

extension DensityArguments {
  /// Whether a known outcome is below a known argument.
  func outcomesBelow(_ index: Int) -> Bool {
    (0..<count).contains { outcome in
      guard let y = number(0, outcome), let bound = number(index, outcome) else { return false }
      return y < bound
    }
  }
}

extension DensitySum {
  /// Adds −∞ where x < bound, and nothing elsewhere.
  mutating func requireAtLeast(_ x: Quantity, _ bound: Quantity) { add(1, (x - bound).map(.logStep)) }
}
