import ReverseTape

/// The probabilities of a model's discrete latents under a fitted q, and how far its bound is below the one at the end of coordinate ascent
/// from there.
struct StateMoments: Sendable {
  private static let tolerance = 0.02
  /// Passes over all latents, after which an ascent that still gains is given up.
  private static let mostSweeps = 10_000

  private let names: [String]
  private let reference: ReferenceMoments?
  private let states: StateTable
  private let program: Program
  private let isFitted: Bool

  /// nil where latents are continuous, or q is not independent.
  init?(_ settings: RunSettings) {
    guard case .inference(let task) = settings.task, let model = task.model as? any DiscreteModel,
      task.family is any DiscreteFamily
    else { return nil }
    names = Array(model.variableNames.prefix(MomentPoints.mostVariables))
    reference = model.reference
    states = model.states
    isFitted = settings.objective is EvidenceLowerBound
    let bound = BoundTape(settings, draws: 1, for: .final)
    guard let means = bound.q.discrete?.means else { return nil }
    program = Program(bound.tape, outputs: [means])
  }

  /// The moments at φ, and `optimization_gap` in nats of the objective: to the nearest optimum of the family, exactly; `converged` is
  /// whether it is within 0.02.
  ///
  /// - Parameter beta: what the run was fitted at; nil where the gap is not asked for.
  func points(_ parameters: [Double], beta: Double?, step: Int) -> [MetricPoint] {
    let evaluator = Evaluator<Double>(program)
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = parameters[index] }
    }
    evaluator.run()
    var moments = MomentPoints(reference, step: step)
    for (name, p) in zip(names, evaluator.output(0)) {
      moments.add(name, mean: p, sd: max(0, p * (1 - p)).squareRoot())
    }
    guard let beta, beta > 0, isFitted else { return moments.all }
    var factors = StateFactors(states, logits: parameters, beta: beta)
    let start = factors.bound
    var top = start
    for _ in 0..<Self.mostSweeps {
      for index in 0..<factors.count { factors.set(index) }
      let bound = factors.bound
      let gain = bound - top
      top = max(top, bound)
      if !(gain > 1e-12 * max(1, abs(bound))) { break }
    }
    let gap = beta * (top - start)
    return moments.all + [
      MetricPoint("optimization_gap", step: step, gap),
      MetricPoint("optimization_gap_se", step: step, 0),
      MetricPoint("converged", step: step, gap <= Self.tolerance ? 1 : 0),
    ]
  }
}
