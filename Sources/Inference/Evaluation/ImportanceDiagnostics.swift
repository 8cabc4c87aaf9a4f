import NumericArrays
import ReverseTape

/// What the importance weights of a fitted q say of it, at the end of a run of inference: from independent draws that all runs of
/// a model have in common, at β = 1.
///
/// The first of them are the first halves of the yardstick's antithetic pairs, whose weights are known where the yardstick is
/// sampled. The second halves are left out: a pair's weights are not independent (where log p − log q is even around the mean of q
/// they are equal), so that the effective sample size and the standard error of all together would be too good.
struct ImportanceDiagnostics: Sendable {
  private let draws: Int
  private let program: Program
  private let objective: ObjectiveBound?
  /// `[dimension, block]` of each block of draws that is evaluated at once.
  private let noise: [[Double]]

  /// nil where q has no density, nothing is drawn, or weights are of finitely many states, whose tail has no index.
  init?(_ settings: RunSettings) {
    guard case .inference(let task) = settings.task, task.family.hasDensity,
      !(task.family is any DiscreteFamily)
    else { return nil }
    let dimension = task.family.noiseCount(for: task.model)
    guard dimension > 0 else { return nil }
    draws = Self.draws(of: settings, task, dimension: dimension)
    let block = min(AntitheticDraws.pairs, YardstickPlan.blockSize(settings))
    let bound = BoundTape(settings, draws: block, for: .draws)
    guard let logWeight = bound.logWeight else { return nil }
    program = Program(bound.tape, outputs: [logWeight])
    objective = ObjectiveBound(settings.objective, draws: draws)
    let stream = NoiseStream(seed: 0, purpose: .yardstick)
    noise = stride(from: 0, to: draws, by: block).map {
      stream.normals(dimension: dimension, draws: block, firstDraw: $0, step: 0)
    }
  }

  /// 1,000 draws; 10,000, which know k̂ three times as well, where they are at most a fiftieth of the draws that the steps took.
  private static func draws(of settings: RunSettings, _ task: InferenceTask, dimension: Int) -> Int {
    let (few, many) = (2 * AntitheticDraws.pairs, 20 * AntitheticDraws.pairs)
    let rows = task.model.rows.map { Double($0.rowCount) }
    let share = zip(settings.minibatch, rows).map { Double($0) / $1 } ?? 1
    let taken = Double(settings.steps) * Double(settings.drawsPerStep) * share
    return taken >= Double(50 * many) && many * dimension <= 4_000_000 ? many : few
  }

  private static func zip<A, B>(_ first: A?, _ second: B?) -> (A, B)? {
    guard let first, let second else { return nil }
    return (first, second)
  }

  /// The metrics of a step, at φ.
  ///
  /// - Parameter known: the log weights of the first draws, where they are known.
  func points(
    _ parameters: [Double], known: [Double], step: Int, _ kept: inout Evaluator<Double>?
  ) -> [MetricPoint] {
    let logWeights = logWeights(parameters, known: known, kept.made(of: program))
    let weights = ImportanceWeights(logWeights: logWeights)
    var points: [MetricPoint] = []
    if let shape = weights.tailShape {
      points.append(MetricPoint("pareto_k", step: step, shape))
      points.append(MetricPoint("pareto_k_threshold", step: step, weights.threshold))
    }
    points.append(MetricPoint("importance_draws", step: step, Double(draws)))
    points.append(MetricPoint("importance_ess", step: step, weights.effectiveSampleSize))
    points.append(MetricPoint("log_evidence_is", step: step, weights.logMean))
    points.append(MetricPoint("log_evidence_is_se", step: step, weights.standardError))
    points += objective?.points(logWeights, step: step) ?? []
    return points
  }

  private func logWeights(
    _ parameters: [Double], known: [Double], _ evaluator: Evaluator<Double>
  ) -> [Double] {
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = parameters[index] }
    }
    var values = known
    values.reserveCapacity(draws)
    for block in noise[(known.count / program.draws)...] {
      if let slot = evaluator.slot(BoundTape.noiseSlot)?.baseAddress {
        block.withUnsafeBufferPointer {
          if let start = $0.baseAddress { slot.update(from: start, count: $0.count) }
        }
      }
      evaluator.run()
      values += evaluator.output(0)
    }
    return values
  }
}
