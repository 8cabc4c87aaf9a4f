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
  private var sums: [Sum]
  package private(set) var checked = 0
  /// The largest relative difference between exact writings.
  package private(set) var largestResidual: Double?
  /// The first violation, as a sentence.
  package var violation: String? { first?.sentence }
  private var first: (step: Int, sentence: String)?

  /// Of the differences of sampled writings so far.
  private struct Sum {
    var difference = 0.0
    var square = 0.0
    var draws = 0
  }

  package init(identities: Int, draws: Int, precision: Precision) {
    tolerance = precision == .float64 ? 1e-9 : 1e4 * 0x1p-23
    self.draws = draws
    sums = Array(repeating: Sum(), count: identities)
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
      sums[index] = Sum(
        difference: numbers[3 * index], square: numbers[3 * index + 1], draws: Int(numbers[3 * index + 2]))
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
    check(
      index, isExact: identity.isExact, name: { identity.name }, count: 1,
      row: { _ in (mean, meanSquare, elbo, step) })
  }

  /// Checks one pair of writings over several steps.
  mutating func check(
    _ index: Int, isExact: Bool, name: @autoclosure () -> String, means: [Double], meanSquares: [Double]?,
    of steps: RecordedSteps
  ) {
    guard let elbos = steps[.elbo] else { return }
    let squares = meanSquares ?? []
    let (first, stride) = (steps.firstStep, steps.stride)
    means.withUnsafeBufferPointer { means in
      squares.withUnsafeBufferPointer { squares in
        elbos.withUnsafeBufferPointer { elbos in
          check(index, isExact: isExact, name: name, count: steps.count) { row in
            (means[row], squares.isEmpty ? 0 : squares[row], elbos[row], first + row * stride)
          }
        }
      }
    }
  }

  /// - Parameter row: of each step; left out where the bound is not finite.
  @inline(__always)
  private mutating func check(
    _ index: Int, isExact: Bool, name: () -> String, count: Int,
    row: (Int) -> (mean: Double, meanSquare: Double, elbo: Double, step: Int)
  ) {
    var sum = sums[index]
    var largest = -1.0
    for place in 0..<count {
      let (mean, meanSquare, elbo, step) = row(place)
      guard elbo.isFinite else { continue }
      checked += 1
      guard mean.isFinite, meanSquare.isFinite else { continue }
      if isExact {
        let residual = abs(mean) / max(1, abs(elbo))
        if residual > largest { largest = residual }
        if abs(mean) > slack(elbo) { report("\(name()) differ by \(mean) where both are exact", at: step) }
        continue
      }
      sum.difference += mean
      sum.square += meanSquare / Double(draws)
      sum.draws += draws
      guard sum.draws >= Self.fewestDraws,
        abs(sum.difference) > 6 * sum.square.squareRoot() + slack(elbo)
      else { continue }
      let steps = sum.draws / draws
      let standardError = sum.square.squareRoot() / Double(steps)
      report(
        "\(name()) differ by \(sum.difference / Double(steps)) on average over \(steps) steps, more than 6 "
          + "standard errors of \(standardError)", at: step)
    }
    sums[index] = sum
    if largest >= 0 { largestResidual = max(largestResidual ?? 0, largest) }
  }

  /// Checks the signs that hold for exact terms over several steps.
  package mutating func checkSigns(_ steps: RecordedSteps, exact: Set<Term>, elboIsExact: Bool) {
    guard let elbos = steps[.elbo] else { return }
    for term in [Term.klPrior, .klPosterior] where exact.contains(term) {
      guard let values = steps[StepQuantity(term)] else { continue }
      let (rows, wrong) = below(elbos, values) { value, _, slack in value < -slack }
      checked += rows
      for row in wrong { report("\(term.rawValue) is \(values[row])", at: steps.step(row)) }
    }
    guard elboIsExact, exact.contains(.logEvidence), let evidence = steps[.logEvidence] else { return }
    let (rows, wrong) = below(elbos, evidence) { evidence, elbo, slack in elbo > evidence + slack }
    checked += rows
    for row in wrong {
      report("elbo \(elbos[row]) is above log_evidence \(evidence[row])", at: steps.step(row))
    }
  }

  /// How many rows have a finite bound, and which of them a value that is too low beside it.
  @inline(__always)
  private func below(
    _ elbos: [Double], _ values: [Double],
    isTooLow: (_ value: Double, _ elbo: Double, _ slack: Double) -> Bool
  ) -> (rows: Int, wrong: [Int]) {
    var (rows, wrong) = (0, [Int]())
    for row in elbos.indices where elbos[row].isFinite {
      rows += 1
      if isTooLow(values[row], elbos[row], slack(elbos[row])) { wrong.append(row) }
    }
    return (rows, wrong)
  }

  private func slack(_ elbo: Double) -> Double { tolerance * max(1, abs(elbo)) }

  /// Remembers a violation, unless there is one of an earlier step.
  mutating func report(_ sentence: String, at step: Int) {
    if first.map({ step < $0.step }) ?? true { first = (step, "step \(step): \(sentence)") }
  }
}
