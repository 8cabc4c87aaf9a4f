import NumericArrays
import ReverseTape

/// How noisy every estimator of the objective's gradient is that applies, at the parameters of a step: from 100 estimates of each by
/// as many independent draws as a step has, the same for all of them.
struct GradientNoise: Sendable {
  private static let replicates = 100

  private let every: Int
  private let programs: [(estimator: String, program: Program)]

  /// nil where nobody asks, or there is nothing to train. An exact gradient has no noise.
  init?(_ settings: RunSettings) {
    guard let every = settings.gradientNoise, case .inference(let task) = settings.task else { return nil }
    self.every = every
    let hasDensity = BoundTape.hasDensityAnywhere(model: task.model, family: task.family)
    let objective = settings.objective
    let draws = objective.isLinear ? settings.samples : objective.samplesPerTerm
    // The run's own has its options.
    programs = objective.estimators.map { type in
      type == Swift.type(of: settings.estimator) ? settings.estimator : type.init()
    }.compactMap { estimator in
      guard draws >= estimator.fewestDraws, estimator.source == .estimate || hasDensity,
        estimator.source != .enumeration,
        estimator.source.applies(toDiscrete: task.family is any DiscreteFamily)
      else { return nil }
      var copy = settings.overAllData
      copy.estimator = estimator
      let bound = BoundTape(copy, draws: settings.drawsPerStep, for: .steps)
      guard let gradient = bound.gradientEstimate, bound.noise != nil else { return nil }
      return (type(of: estimator).name, Program(bound.tape, outputs: [gradient]))
    }
    if programs.isEmpty { return nil }
  }

  func isDue(_ step: Int) -> Bool { step % every == 0 }

  /// `gradient_variance[ESTIMATOR]`, the trace of the covariance of an estimate, and `gradient_snr[ESTIMATOR]`, the norm of the mean
  /// gradient over the root of that.
  ///
  /// - Parameter carried: what the run's own estimator has learned in its former steps, which is held.
  func points(
    _ parameters: [Double], beta: Double, carried: [String: [Double]], step: Int, seed: UInt64
  ) -> [MetricPoint] {
    programs.flatMap { name, program in
      let evaluator = Evaluator<Double>(program)
      if let slot = evaluator.slot(BoundTape.parametersSlot) {
        for index in slot.indices { slot[index] = parameters[index] }
      }
      evaluator.slot(BoundTape.betaSlot)?[0] = beta
      for (name, values) in carried {
        guard let slot = evaluator.slot(name) else { continue }
        for index in slot.indices { slot[index] = values[index] }
      }
      var (means, squares) = (parameters.map { _ in 0.0 }, parameters.map { _ in 0.0 })
      for replicate in 0..<Self.replicates {
        fill(evaluator, replicate: replicate, step: step, seed: seed)
        evaluator.run()
        let gradient = evaluator.output(0)
        // Welford's update.
        for index in means.indices {
          let offset = gradient[index] - means[index]
          means[index] += offset / Double(replicate + 1)
          squares[index] += offset * (gradient[index] - means[index])
        }
      }
      let variance = squares.reduce(0, +) / Double(Self.replicates - 1)
      // The mean's own noise is in its norm.
      let signal = max(0, means.reduce(0) { $0 + $1 * $1 } - variance / Double(Self.replicates))
      return [
        MetricPoint("gradient_variance[\(name)]", step: step, variance),
        MetricPoint("gradient_snr[\(name)]", step: step, (signal / variance).squareRoot()),
      ]
    }
  }

  private func fill(_ evaluator: Evaluator<Double>, replicate: Int, step: Int, seed: UInt64) {
    guard let slot = evaluator.slot(BoundTape.noiseSlot), let start = slot.baseAddress else { return }
    let draws = evaluator.program.draws
    NoiseStream(seed: seed, purpose: .gradientNoise).fillNormals(
      start, dimension: slot.count / draws, draws: draws, firstDraw: replicate * draws, step: UInt64(step))
  }
}
