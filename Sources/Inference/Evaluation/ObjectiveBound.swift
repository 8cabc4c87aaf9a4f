import NumericArrays
import ReverseTape

/// The bound on log p(x) that a run has climbed by importance weights, at the end and at β = 1, in nats: IWAE's, Rényi's, the thermodynamic
/// one, and CUBO, which is above.
///
/// A bound of K draws (IWAE) is the mean over as many terms of K as there are draws for. The others are functions of expectations, which all
/// draws estimate together, with the error by the jackknife over blocks of draws (Efron & Stein 1981).
package struct ObjectiveBound: Sendable {
  private static let blocks = 20
  private static let fewestTerms = 10
  private static let weightsSlot = "log_weights"

  private let sign: Double
  private let rows: Int
  /// The draws of a term.
  private let columns: Int
  /// The estimates `[rows]` by log weights `[rows, K]`; by those of all blocks but one, where all draws are one term.
  private let terms: Program
  /// The estimate by all draws together; nil where the bound is the mean over the terms.
  private let whole: Program?

  /// nil where the objective is no bound, or terms are too few to know their mean.
  package init?(_ objective: any Objective, draws: Int) {
    guard let objective = objective as? any WeightObjective, let bound = objective.bound else { return nil }
    sign = bound == .upper ? -1 : 1
    switch bound {
    case .lowerOfSamples:
      rows = draws / objective.samplesPerTerm
      guard rows >= Self.fewestTerms else { return nil }
      columns = objective.samplesPerTerm
      whole = nil
    case .lower, .upper:
      rows = Self.blocks
      columns = draws - draws / rows
      whole = Self.program(objective, rows: 1, columns: draws)
    }
    terms = Self.program(objective, rows: rows, columns: columns)
  }

  private static func program(_ objective: any WeightObjective, rows: Int, columns: Int) -> Program {
    let tape = Tape(draws: 1)
    let weights = tape.slot(Slot(weightsSlot, Shape(rows, columns)))
    let terms = ImportanceTerms(logWeights: weights, beta: tape.constant(1))
    return Program(tape, outputs: [objective.estimate(terms)])
  }

  /// `bound` and `bound_se` of a step.
  ///
  /// - Parameter logWeights: of independent draws of q.
  package func points(_ logWeights: [Double], step: Int) -> [MetricPoint] {
    let estimate = whole.map { jackknife(logWeights, $0) } ?? mean(logWeights)
    return [
      MetricPoint("bound", step: step, sign * estimate.value),
      MetricPoint("bound_se", step: step, estimate.error),
    ]
  }

  private func mean(_ logWeights: [Double]) -> (value: Double, error: Double) {
    let moments = Self.moments(Self.values(terms, logWeights.prefix(rows * columns)))
    return (moments.mean, (moments.squares / Double(rows * (rows - 1))).squareRoot())
  }

  /// The variance is (B − 1) / B times the squared distances of the estimates without a block.
  private func jackknife(_ logWeights: [Double], _ whole: Program) -> (value: Double, error: Double) {
    let size = logWeights.count - columns
    let others = (0..<rows).flatMap { block in
      logWeights[..<(block * size)] + logWeights[((block + 1) * size)...]
    }
    let squares = Self.moments(Self.values(terms, others[...])).squares
    return (
      Self.values(whole, logWeights[...])[0], (squares * Double(rows - 1) / Double(rows)).squareRoot()
    )
  }

  private static func values(_ program: Program, _ logWeights: ArraySlice<Double>) -> [Double] {
    let evaluator = Evaluator<Double>(program)
    if let slot = evaluator.slot(weightsSlot) { _ = slot.update(fromContentsOf: logWeights) }
    evaluator.run()
    return withExtendedLifetime(evaluator) { Array(evaluator.output(0)) }
  }

  private static func moments(_ values: [Double]) -> (mean: Double, squares: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
  }
}
