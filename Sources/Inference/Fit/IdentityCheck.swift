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
  package var violation: String? { first?.sentence }
  private var first: (step: Int, sentence: String)?

  package init(identities: Int, draws: Int, precision: Precision) {
    tolerance = precision == .float64 ? 1e-9 : 1e4 * 0x1p-23
    self.draws = draws
    sums = Array(repeating: (0, 0, 0), count: identities)
  }

  /// Checks the identities of a layout.
  init(_ layout: RecordLayout, _ draws: Int, _ precision: Precision) {
    self.init(identities: layout.identities.count, draws: draws, precision: precision)
  }

  /// Adds what it has found so far to a state.
  func save(into state: inout FitState, prefix: String) {
    state.numbers[prefix + "checked"] = [Double(checked)]
    state.numbers[prefix + "sums"] = sums.flatMap { [$0.difference, $0.square, Double($0.draws)] }
    state.numbers[prefix + "largest_residual"] = largestResidual.map { [$0] } ?? []
    if let first {
      state.numbers[prefix + "violation_step"] = [Double(first.step)]
      state.texts[prefix + "violation"] = first.sentence
    }
  }

  /// Whether a state has all that ``restore(from:prefix:)`` takes.
  func takes(_ state: FitState, prefix: String) -> Bool {
    state.count(prefix + "checked") != nil && state.numbers[prefix + "sums"]?.count == 3 * sums.count
      && state.numbers[prefix + "largest_residual"].map { $0.count < 2 } ?? false
      && (state.texts[prefix + "violation"] == nil) == (state.count(prefix + "violation_step") == nil)
  }

  /// Takes what was found before from a state.
  mutating func restore(from state: FitState, prefix: String) {
    checked = state.count(prefix + "checked") ?? 0
    let numbers = state.numbers[prefix + "sums"] ?? []
    for index in sums.indices where 3 * index + 2 < numbers.count {
      sums[index] = (numbers[3 * index], numbers[3 * index + 1], Int(numbers[3 * index + 2]))
    }
    largestResidual = state.number(prefix + "largest_residual")
    if let step = state.count(prefix + "violation_step"), let sentence = state.texts[prefix + "violation"] {
      first = (step, sentence)
    }
  }

  /// Checks one pair of writings at one step.
  package mutating func check(
    _ index: Int, _ identity: (name: String, isExact: Bool), mean: Double, meanSquare: Double, elbo: Double,
    step: Int
  ) {
    checked += 1
    guard mean.isFinite, meanSquare.isFinite else { return }
    let slack = slack(elbo)
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

  /// Checks one pair of writings over several steps.
  mutating func check(
    _ index: Int, _ identity: (name: String, isExact: Bool), means: [Double], meanSquares: [Double]?,
    of steps: RecordedSteps
  ) {
    guard let elbos = steps[.elbo] else { return }
    for row in 0..<steps.count where elbos[row].isFinite {
      check(
        index, identity, mean: means[row], meanSquare: meanSquares?[row] ?? 0, elbo: elbos[row],
        step: steps.step(row))
    }
  }

  /// Checks the signs that hold for exact terms over several steps.
  package mutating func checkSigns(_ steps: RecordedSteps, exact: Set<Term>, elboIsExact: Bool) {
    guard let elbos = steps[.elbo] else { return }
    for term in [Term.klPrior, .klPosterior] where exact.contains(term) {
      guard let values = steps[StepQuantity(term)] else { continue }
      for row in 0..<steps.count where elbos[row].isFinite {
        checked += 1
        if values[row] < -slack(elbos[row]) {
          report("\(term.rawValue) is \(values[row])", at: steps.step(row))
        }
      }
    }
    guard elboIsExact, exact.contains(.logEvidence), let evidence = steps[.logEvidence] else { return }
    for row in 0..<steps.count where elbos[row].isFinite {
      checked += 1
      if elbos[row] > evidence[row] + slack(elbos[row]) {
        report("elbo \(elbos[row]) is above log_evidence \(evidence[row])", at: steps.step(row))
      }
    }
  }

  private func slack(_ elbo: Double) -> Double { tolerance * max(1, abs(elbo)) }

  /// Remembers a violation, unless there is one of an earlier step.
  mutating func report(_ sentence: String, at step: Int) {
    if first.map({ step < $0.step }) ?? true { first = (step, "step \(step): \(sentence)") }
  }
}
