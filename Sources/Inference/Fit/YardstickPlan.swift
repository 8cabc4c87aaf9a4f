import NumericArrays
import ReverseTape

/// The final evaluation: the ELBO at β = 1 in Double, in closed form where it exists, else from 1,000 draws that all
/// runs of a model have in common. A term in closed form stays exact; the others follow from the ELBO.
struct YardstickPlan: Sendable {
  /// The draws of an evaluation that is not exact.
  static let draws = AntitheticDraws.count

  private let settings: RunSettings
  private let program: Program
  private let outputCount: Int
  private let terms: [(term: Term, isExact: Bool, output: Int)]
  /// What the draws say of terms that are exact, to be held against them.
  private let sampledTwins: [(term: Term, output: Int)]
  private let elbo: Int
  /// nil where the ELBO is exact.
  private let draws: AntitheticDraws?
  /// Whether the sampled ELBO is log p(x, z) − log q(z) at single draws of q: of a Gaussian it is.
  private let hasLogWeights: Bool
  private let evidenceError: Double?

  init(_ settings: RunSettings) {
    self.settings = settings
    if case .inference(let task) = settings.task, task.family.hasDensity {
      evidenceError = task.model.evidence?.standardError
    } else {
      evidenceError = nil
    }
    let bound = BoundTape(settings, draws: Self.blockSize(settings), for: .final)
    hasLogWeights = bound.q.gaussian != nil
    let recorded = bound.terms
    var outputs: [Traced] = []
    func output(_ value: Traced) -> Int {
      outputs.append(value)
      return outputs.count - 1
    }
    terms = Term.allCases.compactMap { term in
      recorded[term].map { (term, $0.isExact, output($0.value)) }
    }
    if let exact = Writing.allCases.compactMap({ $0.recorded(recorded) }).first(where: \.isExact) {
      elbo = output(exact.value)
      draws = nil
      sampledTwins = []
    } else if let joint = bound.logJoint {
      elbo = output(bound.logWeight ?? joint)
      draws = AntitheticDraws.common(dimension: bound.noise?.count ?? 0)
      sampledTwins = bound.sampledTerms.compactMap { term, value in
        recorded[term]?.isExact == true ? (term, output(value)) : nil
      }
    } else {
      preconditionFailure("a bound without closed forms needs draws")
    }
    program = Program(bound.tape, outputs: outputs)
    outputCount = outputs.count
  }

  /// The draws that are evaluated at once: so many that a value for each row of data and each of them keeps to ten million
  /// numbers.
  static func blockSize(_ settings: RunSettings) -> Int {
    guard case .inference(let task) = settings.task, let rows = task.model.rows?.rowCount else {
      return draws
    }
    return [draws, 500, 250, 100, 50].first { rows * $0 <= 10_000_000 } ?? 20
  }

  /// What evaluations need beside the plan, kept from one to the next.
  struct Workspace {
    fileprivate var evaluator: Evaluator<Double>?
    fileprivate var regression: FactoredDesign?

    mutating func release(above size: Int) { evaluator.release(above: size) }
  }

  /// Evaluates φ.
  ///
  /// - Returns: with the yardstick, which closed form the draws contradict, where one does; and the log weights of the first half
  ///   of the draws, which are independent, where they are known.
  /// - Throws: where the regression on the control variates has no answer.
  func measure(
    _ parameters: [Double], _ workspace: inout Workspace
  ) throws(LinearAlgebraError) -> (Yardstick, suspect: String?, logWeights: [Double]) {
    let outputs = evaluated(parameters, workspace.evaluator.made(of: program))
    var result = Yardstick(
      elbo: outputs[elbo][0], terms: TermValues(), logEvidenceStandardError: evidenceError)
    for (term, _, output) in terms { result.terms[term] = outputs[output][0] }
    guard let draws else { return (result, nil, []) }

    let regression = if let known = workspace.regression { known } else { try draws.regression() }
    workspace.regression = regression
    let bound = AntitheticDraws.estimate(outputs[elbo], regression)
    result.elbo = bound.value
    // A point's log joint is one number, known exactly.
    result.elboStandardError = outputs[elbo].count > 1 ? bound.standardError : nil
    for (term, isExact, output) in terms where !isExact {
      result.terms[term] = AntitheticDraws.estimate(outputs[output], regression).value
    }
    guard settings.family.hasDensity else { return (result, nil, []) }
    result.terms.complete(from: result.elbo, exact: Set(terms.filter(\.isExact).map(\.term)))
    return (
      result, contradiction(outputs, result.terms, regression),
      hasLogWeights ? Array(outputs[elbo].prefix(AntitheticDraws.pairs)) : []
    )
  }

  /// The program's outputs at φ with the common draws: a value for each of them, or one where nothing is drawn.
  private func evaluated(_ parameters: [Double], _ evaluator: Evaluator<Double>) -> [[Double]] {
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = parameters[index] }
    }
    var outputs: [[Double]] = []
    let width = program.draws
    for first in stride(from: 0, to: draws == nil ? 1 : Self.draws, by: width) {
      if let slot = evaluator.slot(BoundTape.noiseSlot), let noise = draws?.noise {
        for index in slot.indices { slot[index] = noise[index / width * Self.draws + first + index % width] }
      }
      evaluator.run()
      let block = (0..<outputCount).map { Array(evaluator.output($0)) }
      outputs = outputs.isEmpty ? block : zip(outputs, block).map { $1.count == 1 ? $0 : $0 + $1 }
    }
    return outputs
  }

  /// The first exact term that the draws put more than 6 standard errors away, as a sentence.
  private func contradiction(
    _ outputs: [[Double]], _ values: TermValues, _ regression: FactoredDesign
  ) -> String? {
    for (term, output) in sampledTwins {
      guard let exact = values[term] else { continue }
      let twin = AntitheticDraws.estimate(outputs[output], regression)
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
