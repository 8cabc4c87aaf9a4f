import NumericArrays
import ReverseTape

/// The final evaluation: the ELBO at β = 1 in Double, in closed form where it exists, else from 1,000 draws that all runs
/// of a model have in common.
///
/// The draws are 500 antithetic pairs ±ε, and each pair's mean is regressed on the centred squares and products of its ε,
/// whose expectations are known (control variates; Glasserman 2004, §4.1–4.2): the intercept is the estimate and its
/// standard error is what the regression leaves. A term in closed form stays exact; the others follow from the ELBO.
struct YardstickPlan: Sendable {
  private static let pairs = 500
  /// Parameters and steps apart, the noise is the same for every run: a stream of its own.
  private static let stream = NoiseStream(seed: 0, purpose: .yardstick)

  private let settings: RunSettings
  private let program: Program
  private let terms: [(term: Term, isExact: Bool, output: Int)]
  /// What the draws say of terms that are exact, to be held against them.
  private let sampledTwins: [(term: Term, output: Int)]
  private let elbo: Int
  private let elboIsExact: Bool
  private let noise: [Double]
  private let design: Matrix

  init(_ settings: RunSettings) {
    self.settings = settings
    let bound = BoundTape(settings, draws: 2 * Self.pairs, isFinal: true)
    let recorded = bound.terms
    var outputs: [Traced] = []
    func output(_ value: Traced) -> Int {
      outputs.append(value)
      return outputs.count - 1
    }
    terms = Term.allCases.compactMap { term in
      recorded[term].map { (term, $0.isExact, output($0.value)) }
    }
    sampledTwins = bound.sampledTerms.compactMap { term, value in
      recorded[term]?.isExact == true ? (term, output(value)) : nil
    }
    let exact = Writing.allCases.compactMap { $0.recorded(recorded) }.first { $0.isExact }
    elboIsExact = exact != nil
    if let exact {
      elbo = output(exact.value)
    } else if let likelihood = bound.logLikelihood, let prior = bound.logPrior {
      let joint = likelihood + prior
      elbo = output(bound.logDensity.map { joint - $0 } ?? joint)
    } else {
      preconditionFailure("a bound without closed forms needs draws")
    }
    program = Program(bound.tape, outputs: outputs)
    let count = settings.family.noiseCount(for: settings.model)
    let half = Self.stream.normals(dimension: count, draws: Self.pairs, step: 0)
    noise = (0..<count).flatMap { row in
      let variates = half[row * Self.pairs..<(row + 1) * Self.pairs]
      return variates + variates.map { -$0 }
    }
    design = Self.design(half, count: count)
  }

  /// A column of ones, then centred squares and, where there is room, products of the noise: even functions, as odd ones
  /// cancel within a pair.
  private static func design(_ half: [Double], count: Int) -> Matrix {
    // At most a fifth of the pairs, so that the regression keeps its degrees of freedom.
    let room = pairs / 5
    var columns: [(Int, Int)] = count <= room ? (0..<count).map { ($0, $0) } : []
    if count * (count + 1) / 2 <= room {
      columns += (0..<count).flatMap { i in (0..<i).map { (i, $0) } }
    }
    var elements: [Double] = []
    for pair in 0..<pairs {
      elements.append(1)
      for (i, j) in columns {
        let expected: Double = i == j ? 1 : 0
        elements.append(half[i * pairs + pair] * half[j * pairs + pair] - expected)
      }
    }
    return Matrix(rows: pairs, columns: 1 + columns.count, elements: elements)
  }

  /// Evaluates φ; the second value says which closed form the draws contradict, where one does.
  ///
  /// - Throws: where the regression on the control variates has no answer.
  func measure(_ parameters: [Double]) throws -> (Yardstick, suspect: String?) {
    let evaluator = evaluated(parameters)
    let evidence = settings.family.hasDensity ? settings.model.evidence : nil
    var result = Yardstick(
      elbo: evaluator.output(elbo)[0], terms: TermValues(),
      logEvidenceStandardError: evidence?.standardError)
    for (term, _, output) in terms { result.terms[term] = evaluator.output(output)[0] }
    if elboIsExact || evaluator.output(elbo).count == 1 { return (result, nil) }

    let bound = try estimate(evaluator.output(elbo))
    result.elbo = bound.value
    result.elboStandardError = bound.standardError
    for (term, isExact, output) in terms where !isExact {
      result.terms[term] = try estimate(evaluator.output(output)).value
    }
    result.terms.completeFrom(elbo: result.elbo, exact: Set(terms.filter(\.isExact).map(\.term)))
    return (result, try contradiction(evaluator, result.terms))
  }

  /// The program's outputs at φ, with the common draws.
  private func evaluated(_ parameters: [Double]) -> Evaluator<Double> {
    let evaluator = Evaluator<Double>(program)
    for (name, values) in [(BoundTape.parametersSlot, parameters), (BoundTape.noiseSlot, noise)] {
      guard let slot = evaluator.slot(name) else { continue }
      for index in slot.indices { slot[index] = values[index] }
    }
    evaluator.run()
    return evaluator
  }

  /// The first exact term that the draws put more than 6 standard errors away, as a sentence.
  private func contradiction(_ evaluator: Evaluator<Double>, _ values: TermValues) throws -> String? {
    for (term, output) in sampledTwins {
      guard let exact = values[term] else { continue }
      let twin = try estimate(evaluator.output(output))
      if abs(twin.value - exact) > 6 * twin.standardError + 1e-9 * max(1, abs(exact)) {
        return
          "\(term.rawValue) is \(exact) in closed form, but \(twin.value) ± \(twin.standardError) from draws"
      }
    }
    return nil
  }

  /// The expectation of a value per draw, with its standard error.
  private func estimate(_ values: UnsafeBufferPointer<Double>) throws -> (
    value: Double, standardError: Double
  ) {
    guard values.count > 1 else { return (values[0], 0) }
    let means = (0..<Self.pairs).map { 0.5 * (values[$0] + values[$0 + Self.pairs]) }
    guard means.allSatisfy(\.isFinite) else { return (means.reduce(0, +) / Double(Self.pairs), .nan) }
    let fit = try Statistics.leastSquares(design: design, response: means)
    return (fit.coefficients[0], fit.standardErrors[0])
  }
}

extension TermValues {
  /// Gives every sampled term the low variance of the ELBO's estimate: in each writing, the partner of an exact term is
  /// what the ELBO leaves for it.
  mutating func completeFrom(elbo: Double, exact: Set<Term>) {
    for writing in Writing.allCases {
      let (first, second, sign) = writing.parts
      let firstIsExact = exact.contains(first)
      if !firstIsExact, let partner = self[second] {
        self[first] = elbo - sign * partner
      } else if firstIsExact, !exact.contains(second), let partner = self[first] {
        self[second] = sign * (elbo - partner)
      }
    }
  }
}
