import ReverseTape

/// The final evaluation: the ELBO at β = 1 in Double, in closed form where it exists, else from 1,000 draws that all
/// runs of a model have in common. A term in closed form stays exact; the others follow from the ELBO.
struct YardstickPlan: Sendable {
  /// The draws of an evaluation that is not exact.
  static let draws = AntitheticDraws.count

  private let settings: RunSettings
  private let program: Program
  private let terms: [(term: Term, isExact: Bool, output: Int)]
  /// What the draws say of terms that are exact, to be held against them.
  private let sampledTwins: [(term: Term, output: Int)]
  private let elbo: Int
  /// The output that says whether integrated closed forms hold; nil where there are none.
  private let integralVariances: Int?
  /// nil where the ELBO is exact.
  private let draws: AntitheticDraws?
  private let evidenceError: Double?

  init(_ settings: RunSettings) { self.init(settings, for: .integrated) }

  private init(_ settings: RunSettings, for purpose: BoundTape.Purpose) {
    self.settings = settings
    if case .inference(let task) = settings.task, task.family.hasDensity {
      evidenceError = task.model.evidence?.standardError
    } else {
      evidenceError = nil
    }
    let bound = BoundTape(settings, draws: AntitheticDraws.count, for: purpose)
    let recorded = bound.terms
    var outputs: [Traced] = []
    func output(_ value: Traced) -> Int {
      outputs.append(value)
      return outputs.count - 1
    }
    terms = Term.allCases.compactMap { term in
      recorded[term].map { (term, $0.isExact, output($0.value)) }
    }
    integralVariances = bound.integralVariances.map(output)
    if let exact = Writing.allCases.compactMap({ $0.recorded(recorded) }).first(where: \.isExact) {
      elbo = output(exact.value)
      draws = nil
      sampledTwins = []
    } else if let likelihood = bound.logLikelihood, let prior = bound.logPrior {
      let joint = likelihood + prior
      elbo = output(bound.logDensity.map { joint - $0 } ?? joint)
      draws = AntitheticDraws(dimension: bound.noise?.count ?? 0)
      sampledTwins = bound.sampledTerms.compactMap { term, value in
        recorded[term]?.isExact == true ? (term, output(value)) : nil
      }
    } else {
      preconditionFailure("a bound without closed forms needs draws")
    }
    program = Program(bound.tape, outputs: outputs)
  }

  /// Evaluates φ; the second value says which closed form the draws contradict, where one does.
  ///
  /// - Throws: where the regression on the control variates has no answer.
  func measure(_ parameters: [Double]) throws -> (Yardstick, suspect: String?) {
    let evaluator = evaluated(parameters)
    if let integralVariances,
      evaluator.output(integralVariances).contains(where: { $0 > IntegratedExpectation.largestVariance })
    {
      // Too wide for the integrals to be exact: draws say what they can.
      return try YardstickPlan(settings, for: .final).measure(parameters)
    }
    var result = Yardstick(
      elbo: evaluator.output(elbo)[0], terms: TermValues(), logEvidenceStandardError: evidenceError)
    for (term, _, output) in terms { result.terms[term] = evaluator.output(output)[0] }
    guard let draws else { return (result, nil) }

    let bound = try draws.estimate(evaluator.output(elbo))
    result.elbo = bound.value
    // A point's log joint is one number, known exactly.
    result.elboStandardError = evaluator.output(elbo).count > 1 ? bound.standardError : nil
    for (term, isExact, output) in terms where !isExact {
      result.terms[term] = try draws.estimate(evaluator.output(output)).value
    }
    guard settings.family.hasDensity else { return (result, nil) }
    result.terms.complete(from: result.elbo, exact: Set(terms.filter(\.isExact).map(\.term)))
    return (result, try contradiction(evaluator, result.terms, draws))
  }

  /// The program's outputs at φ, with the common draws.
  private func evaluated(_ parameters: [Double]) -> Evaluator<Double> {
    let evaluator = Evaluator<Double>(program)
    for (name, values) in [(BoundTape.parametersSlot, parameters), (BoundTape.noiseSlot, draws?.noise ?? [])]
    {
      guard let slot = evaluator.slot(name) else { continue }
      for index in slot.indices { slot[index] = values[index] }
    }
    evaluator.run()
    return evaluator
  }

  /// The first exact term that the draws put more than 6 standard errors away, as a sentence.
  private func contradiction(
    _ evaluator: Evaluator<Double>, _ values: TermValues, _ draws: AntitheticDraws
  ) throws -> String? {
    for (term, output) in sampledTwins {
      guard let exact = values[term] else { continue }
      let twin = try draws.estimate(evaluator.output(output))
      if abs(twin.value - exact) > 6 * twin.standardError + 1e-9 * max(1, abs(exact)) {
        return
          "\(term.rawValue) is \(exact) in closed form, but \(twin.value) ± \(twin.standardError) from draws"
      }
    }
    return nil
  }
}

extension TermValues {
  /// Gives every sampled term the low variance of the ELBO's estimate: in each writing, the partner of an exact term is
  /// what the ELBO leaves for it.
  mutating func complete(from elbo: Double, exact: Set<Term>) {
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
