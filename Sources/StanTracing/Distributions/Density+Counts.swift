import Foundation
import StanLanguage

/// Distributions over integers (Stan Functions Reference, "Binary", "Bounded discrete" and "Unbounded discrete").
extension Density {
  static let counts: [Density] = [
    .numbers("bernoulli", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      try a.require(1, "chance of success", "between 0 and 1") { $0 >= 0 && $0 <= 1 }
      guard a.allows({ $0 == 0 || $0 == 1 }) else { return sum.exclude() }
      guard let ones = a.places(0, where: { $0 == 1 }), let zeros = a.places(0, where: { $0 == 0 }) else {
        return
      }
      sum.add(1, a[1].log, at: ones)
      sum.add(1, a[1].log1m, at: zeros)
    },
    .numbers("bernoulli_logit", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      guard a.allows({ $0 == 0 || $0 == 1 }) else { return sum.exclude() }
      // The log odds with the sign of the other outcome: log p = −softplus(±α).
      sum.add(-1, ((1 - 2 * a[0]) * a[1]).softplus)
    },
    .numbers("binomial", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      try a.require(1, "number of trials", "0 or more") { $0 >= 0 }
      try a.require(2, "chance of success", "between 0 and 1") { $0 >= 0 && $0 <= 1 }
      guard a.isWithinTrials else { return sum.exclude() }
      sum.add(1, a[1].logChoose(a[0]))
      // No term where there is no success or no failure: 0 · log 0 would be NaN.
      let some = (0..<a.count).filter { a.number(0, $0) != 0 }
      sum.add(1, a[0].at(some) * a[2].log.at(some), at: Array(0..<some.count))
      let fails = (0..<a.count).filter { a.number(0, $0) != a.number(1, $0) }
      sum.add(1, (a[1] - a[0]).at(fails) * a[2].log1m.at(fails), at: Array(0..<fails.count))
    },
    .numbers("binomial_logit", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      try a.require(1, "number of trials", "0 or more") { $0 >= 0 }
      guard a.isWithinTrials else { return sum.exclude() }
      sum.add(1, a[1].logChoose(a[0]))
      sum.add(1, a[0] * a[2])
      sum.add(-1, a[1] * a[2].softplus)
    },
    .numbers("beta_binomial", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      try a.require(1, "number of trials", "0 or more") { $0 >= 0 }
      guard a.isWithinTrials else { return sum.exclude() }
      let (y, trials, alpha, beta) = (a[0], a[1], a[2], a[3])
      sum.add(1, trials.logChoose(y))
      sum.add(1, (y + alpha).logBeta(trials - y + beta))
      sum.add(-1, alpha.logBeta(beta))
    },
    .numbers("hypergeometric", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      let (y, draws, successes, failures) = (a[0], a[1], a[2], a[3])
      sum.add(1, successes.logChoose(y))
      sum.add(1, failures.logChoose(draws - y))
      sum.add(-1, (successes + failures).logChoose(draws))
    },
    .numbers("discrete_range", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      for outcome in 0..<a.count {
        guard let y = a.number(0, outcome), let low = a.number(1, outcome), let high = a.number(2, outcome),
          y >= low, y <= high
        else { return sum.exclude() }
      }
      sum.add(-1, (a[2] - a[1] + 1).log)
    },
    .numbers("poisson", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      try a.require(1, "rate", "0 or more") { $0 >= 0 }
      guard a.allows({ $0 >= 0 }) else { return sum.exclude() }
      let some = (0..<a.count).filter { a.number(0, $0) != 0 }
      sum.add(1, a[0].at(some) * a[1].log.at(some), at: Array(0..<some.count))
      sum.add(-1, a[1])
      sum.add(-1, (a[0] + 1).logGamma)
    },
    .numbers("poisson_log", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      guard a.allows({ $0 >= 0 }) else { return sum.exclude() }
      sum.add(1, a[0] * a[1])
      sum.add(-1, a[1].exp)
      sum.add(-1, (a[0] + 1).logGamma)
    },
    .numbers("neg_binomial", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      guard a.allows({ $0 >= 0 }) else { return sum.exclude() }
      let (y, alpha, beta) = (a[0], a[1], a[2])
      negativeBinomialConstant(y, alpha, &sum)
      // β/(β + 1) and 1/(β + 1) by logs that are exact for large β.
      sum.add(-1, alpha * (1 / beta).log1p)
      sum.add(-1, y * beta.log1p)
    },
    .numbers("neg_binomial_2", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      guard a.allows({ $0 >= 0 }) else { return sum.exclude() }
      let (y, mu, phi) = (a[0], a[1], a[2])
      negativeBinomialConstant(y, phi, &sum)
      sum.add(-1, phi * (mu / phi).log1p)
      sum.add(1, y * (mu.log - (mu + phi).log))
    },
    .numbers("neg_binomial_2_log", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      guard a.allows({ $0 >= 0 }) else { return sum.exclude() }
      negativeBinomial(a[0], eta: a[1], phi: a[2], &sum)
    },
    // A negative binomial whose chance has a beta distribution.
    .numbers("beta_neg_binomial", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      guard a.allows({ $0 >= 0 }) else { return sum.exclude() }
      let (y, r, alpha, beta) = (a[0], a[1], a[2], a[3])
      negativeBinomialConstant(y, r, &sum)
      sum.add(1, (alpha + r).logBeta(beta + y))
      sum.add(-1, alpha.logBeta(beta))
    },
    // Yule (1925), Simon (1955): ρ B(y, ρ + 1) from 1 on.
    .numbers("yule_simon", isDiscrete: true) { a, sum throws(StanDiagnostic) in
      try a.require(1, "shape", "above 0") { $0 > 0 }
      guard a.allows({ $0 >= 1 }) else { return sum.exclude() }
      sum.add(1, a[1].log)
      sum.add(1, a[0].logBeta(a[1] + 1))
    },
  ]

  /// A negative binomial of a log mean η and a precision φ.
  static func negativeBinomial(_ y: Quantity, eta: Quantity, phi: Quantity, _ sum: inout DensitySum) {
    negativeBinomialConstant(y, phi, &sum)
    let ratio = eta - phi.log
    sum.add(-1, phi * ratio.softplus)
    sum.add(-1, y * (-ratio).softplus)
  }

  /// log of the binomial coefficient of y + φ − 1 over y.
  private static func negativeBinomialConstant(_ y: Quantity, _ phi: Quantity, _ sum: inout DensitySum) {
    sum.add(1, (y + phi).logGamma)
    sum.add(-1, phi.logGamma)
    sum.add(-1, (y + 1).logGamma)
  }
}

extension DensityArguments {
  /// Whether every number of successes is from 0 to its number of trials.
  fileprivate var isWithinTrials: Bool {
    (0..<count).allSatisfy { outcome in
      guard let y = number(0, outcome), let trials = number(1, outcome) else { return false }
      return y >= 0 && y <= trials
    }
  }
}
