/// Checks at every recorded step that the writings of the ELBO agree, and remembers the first that do not.
///
/// - Exact writings agree to a relative tolerance: 1e-9 in float64; in float32, 2⁻²³ times the number of roundings a
///   sum of terms allows, taken as 1e4.
/// - Sampled ones agree within 6 standard errors, by all draws of the steps checked so far. Given the past a step's
///   mean difference has mean zero and variance E[d²] / draws, so the sum of the means is held against 6 times the
///   root of the sum of mean squares / draws (a martingale; de la Peña, Lai & Shao 2009, ch. 9). This begins at 1,000
///   draws: differences such as ½ (1 − ε²) are so skewed that of n draws' self-normalised sum the tail at x is longer
///   than the normal's by exp(|skewness| x³ / (3 √n)) (Shao 1999), and a few draws deceive in one step of thousands.
/// - Exact divergences are not negative, and an exact bound is not above exact evidence.
package struct IdentityCheck {
  private static let fewestDraws = 1000

  private let tolerance: Double
  private let draws: Int
  private var sums: [(difference: Double, square: Double, draws: Int)]
  package private(set) var checked = 0
  /// The largest relative difference between exact writings.
  package private(set) var largestResidual: Double?
  /// The first violation, as a sentence.
  package private(set) var violation: String?

  package init(identities: Int, draws: Int, precision: Precision) {
    tolerance = precision == .float64 ? 1e-9 : 1e4 * 0x1p-23
    self.draws = draws
    sums = Array(repeating: (0, 0, 0), count: identities)
  }

  /// Checks one pair of writings at one step.
  package mutating func check(
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
    sums[index].difference += mean
    sums[index].square += meanSquare / Double(draws)
    sums[index].draws += draws
    let (sum, square, drawn) = sums[index]
    if drawn >= Self.fewestDraws, abs(sum) > 6 * square.squareRoot() + slack {
      let steps = drawn / draws
      let standardError = square.squareRoot() / Double(steps)
      report(
        "\(identity.name) differ by \(sum / Double(steps)) on average over \(steps) steps, more than 6 standard "
          + "errors of \(standardError)", at: step)
    }
  }

  /// Checks the signs that hold for exact terms.
  package mutating func checkSigns(_ step: StepTerms, exact: Set<Term>, elboIsExact: Bool) {
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
