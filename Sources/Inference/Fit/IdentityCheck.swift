import Foundation

/// Checks at every recorded step that the writings of the ELBO agree, and remembers the first that do not.
///
/// - Exact writings agree to a relative tolerance: 1e-9 in float64; in float32, 2⁻²³ times the number of roundings a
///   sum of terms allows, taken as 1e4.
/// - Sampled ones agree within 6 standard errors. A step's own standard error comes from its draws; with S draws the
///   bound on the studentized difference is the Student t quantile of the same tail probability, by Wallace's (1959)
///   approximation √(ν (exp(36/ν) − 1)), ν = S − 1. Over the steps, whose differences have mean zero given the past,
///   the sum is held against 6 times the root of the summed squares (de la Peña, Lai & Shao 2009, ch. 9): this bounds
///   runs of one draw a step too, and sees small biases.
/// - Exact divergences are not negative, and an exact bound is not above exact evidence.
struct IdentityCheck {
  private let tolerance: Double
  private let draws: Int
  private var sums: [(difference: Double, square: Double)]
  private(set) var checked = 0
  /// The largest relative difference between exact writings.
  private(set) var largestResidual: Double?
  /// The first violation, as a sentence.
  private(set) var violation: String?

  init(identities: Int, draws: Int, precision: Precision) {
    tolerance = precision == .float64 ? 1e-9 : 1e4 * 0x1p-23
    self.draws = draws
    sums = Array(repeating: (0, 0), count: identities)
  }

  /// Checks one pair of writings at one step.
  mutating func check(
    _ index: Int, _ identity: (name: String, isExact: Bool), mean: Double, meanSquare: Double, elbo: Double,
    step: Int
  ) {
    checked += 1
    guard mean.isFinite, meanSquare.isFinite else { return }
    let slack = tolerance * max(1, abs(elbo))
    if identity.isExact {
      largestResidual = max(largestResidual ?? 0, abs(mean) / max(1, abs(elbo)))
      if abs(mean) > slack { report("\(identity.name) differ by \(mean) where both are exact", at: step) }
      return
    }
    if draws > 1 {
      let freedom = Double(draws - 1)
      let variance = max(0, meanSquare - mean * mean) / freedom
      let bound = (freedom * (exp(36 / freedom) - 1)).squareRoot()
      if abs(mean) > bound * variance.squareRoot() + slack {
        report("\(identity.name) differ by \(mean), more than 6 standard errors of the draws", at: step)
      }
    }
    sums[index].difference += mean
    sums[index].square += mean * mean
    let (sum, square) = sums[index]
    if abs(sum) > 6 * square.squareRoot() + slack {
      report("\(identity.name) differ by \(sum) in all, more than 6 standard errors of the steps", at: step)
    }
  }

  /// Checks the signs that hold for exact terms.
  mutating func checkSigns(_ step: StepTerms, exact: Set<Term>, elboIsExact: Bool) {
    let slack = tolerance * max(1, abs(step.elbo))
    for term in [Term.klPrior, .klPosterior] where exact.contains(term) {
      guard let value = step.terms[term] else { continue }
      checked += 1
      if value < -slack { report("\(term.rawValue) is \(value)", at: step.step) }
    }
    if elboIsExact, exact.contains(.logEvidence), let evidence = step.terms.logEvidence {
      checked += 1
      if step.elbo > evidence + slack {
        report("elbo \(step.elbo) is above log_evidence \(evidence)", at: step.step)
      }
    }
  }

  mutating func report(_ sentence: String, at step: Int) {
    if violation == nil { violation = "step \(step): \(sentence)" }
  }
}
