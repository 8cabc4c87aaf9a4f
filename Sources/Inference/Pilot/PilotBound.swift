import NumericArrays
import ReverseTape

/// The ELBO at a β that the climbs of a pilot are judged by, whatever objective they climb: E_q[log p(x|z) + β log p(z)] + β H[q], over all rows.
///
/// It is in closed form where all of it is, and else estimated by the same draws for every climb; those of learned models are the draws of
/// their final evaluation. A point mass has no entropy.
struct PilotBound: Sendable {
  private let content: Content

  private enum Content: Sendable {
    /// The bound of a q for all latents by `blocks` blocks of as many draws as the program has.
    case latents(Program, blocks: Int)
    case data(LearningTask, DatumProgram, draws: Int, Precision)
  }

  /// The values of a program for all draws of a block are no more than this many for the rows of data alone.
  private static let largestBlock = 10_000_000

  init(_ settings: RunSettings, draws: Int) {
    switch settings.task {
    case .inference(let task):
      var own = settings.overAllData
      own.objective = EvidenceLowerBound()
      own.estimator = Reparameterization()
      own.form = .jointEntropy
      let isClosed = BoundTape.hasClosedForms(model: task.model, family: task.family)
      own.expectations = isClosed ? .exact : .sampled
      let rows = task.model.rows?.rowCount ?? 1
      // As few blocks of the same size as keep each small.
      let blocks = (1...draws).first { draws % $0 == 0 && rows * (draws / $0) <= Self.largestBlock } ?? draws
      let bound = BoundTape(own, draws: isClosed ? 1 : draws / blocks, for: .steps)
      content = .latents(Program(bound.tape, outputs: [bound.objective]), blocks: isClosed ? 1 : blocks)
    case .learning(let task):
      content = .data(task, DatumProgram(task, settings), draws: draws, settings.precision)
    case .program: preconditionFailure("a program has no pilot")
    }
  }

  /// The bounds at some φ, in nats; NaN where there is none.
  func values(at points: [[Double]?], beta: Double, seed: UInt64, team: Team) -> [Double] {
    switch content {
    case .latents(let program, let blocks):
      let evaluator = Evaluator<Double>(program, team: team)
      evaluator.slot(BoundTape.betaSlot)?[0] = beta
      return points.map { $0.map { value(at: $0, evaluator, blocks: blocks, seed: seed) } ?? .nan }
    case .data(let task, let program, let draws, .float64):
      return values(
        at: points, beta: beta, task, program, Evaluator<Double>(program.program, team: team), draws)
    case .data(let task, let program, let draws, .float32):
      return values(
        at: points, beta: beta, task, program, Evaluator<Float>(program.program, team: team), draws)
    }
  }

  private func value(
    at point: [Double], _ evaluator: Evaluator<Double>, blocks: Int, seed: UInt64
  ) -> Double {
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = point[index] }
    }
    let draws = evaluator.program.draws
    var sum = 0.0
    for block in 0..<blocks {
      if let slot = evaluator.slot(BoundTape.noiseSlot), let start = slot.baseAddress {
        NoiseStream(seed: seed, purpose: .pilot).fillNormals(
          start, dimension: slot.count / draws, draws: draws, firstDraw: block * draws, step: 0)
      }
      evaluator.run()
      sum += evaluator.output(0)[0]
    }
    return sum / Double(blocks)
  }

  /// Of learned models, over all training data: E_q[log p(x|z)] − β KL[q ‖ p(z)] from the ELBO at β = 1.
  private func values<Scalar: KernelScalar>(
    at points: [[Double]?], beta: Double, _ task: LearningTask, _ program: DatumProgram,
    _ evaluator: Evaluator<Scalar>, _ draws: Int
  ) -> [Double] {
    points.map { point in
      guard let point else { return .nan }
      let training = SplitEvaluation(
        program, evaluator, parameters: point, rows: task.data.training, fewestDraws: draws)
      return beta == 1 ? training.elbo : training.elbo + (1 - beta) * (training.terms.klPrior ?? .nan)
    }
  }
}
