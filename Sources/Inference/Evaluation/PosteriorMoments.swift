import NumericArrays
import ReverseTape

/// The means and standard deviations of a model's variables under a fitted q, on the scale that the model is written in.
///
/// They are estimated from the draws of the final evaluation, each pair's mean corrected by the control variates of
/// `AntitheticDraws`: the moments of what is linear in a Gaussian q are exact.
struct PosteriorMoments: Sendable {
  /// More variables than this are not recorded one by one.
  static let mostVariables = 1000

  private let names: [String]
  private let reference: ReferenceMoments?
  private let program: Program
  private let draws: AntitheticDraws
  /// What each pair of draws counts for in an expectation.
  private let weights: [Double]
  /// The components that are drawn from, where q is a mixture; else 1. The program gives their shares, then their variables.
  private let strataCount: Int

  /// nil where q has no draws, or the variables are too many.
  init?(_ settings: RunSettings) {
    guard case .inference(let task) = settings.task, task.family.hasDensity else { return nil }
    let names = task.model.variableNames
    guard !names.isEmpty, names.count <= Self.mostVariables else { return nil }
    let bound = BoundTape(settings, draws: AntitheticDraws.count, for: .final)
    guard let draw = bound.q.draw, let noise = bound.noise else { return nil }
    let strata = bound.q.strata
    let draws = AntitheticDraws(dimension: noise.count)
    guard let weights = try? draws.weights() else { return nil }
    self.names = names
    reference = task.model.reference
    self.draws = draws
    self.weights = weights
    let variables = (strata.isEmpty ? [draw] : strata.map(\.draw)).map {
      task.model.variables(LatentDraw($0, latents: task.model.latents))
    }
    let shares = strata.isEmpty ? [bound.tape.constant(1)] : strata.map(\.weight)
    program = Program(
      bound.tape,
      outputs: shares + variables.map { $0.expanded(to: Layout($0.shape, .perDraw)) })
    strataCount = shares.count
  }

  /// The moments at φ, as metrics of a step: `posterior_mean[NAME]` and `posterior_sd[NAME]`.
  ///
  /// Where a reference is known, so are `posterior_mean_error[NAME]` and `posterior_sd_error[NAME]`, the differences to it in
  /// units of its standard deviation, and the largest of each by magnitude, without a name.
  func points(_ parameters: [Double], step: Int) -> [MetricPoint] {
    let evaluator = Evaluator<Double>(program)
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = parameters[index] }
    }
    if let slot = evaluator.slot(BoundTape.noiseSlot) {
      for index in slot.indices { slot[index] = draws.noise[index] }
    }
    evaluator.run()
    let strata = (0..<strataCount).map { index in
      (share: evaluator.output(index)[0], values: evaluator.output(strataCount + index))
    }
    var points: [MetricPoint] = []
    var largest: (mean: Double, sd: Double)?
    for (index, name) in names.enumerated() {
      let range = index * AntitheticDraws.count..<(index + 1) * AntitheticDraws.count
      func total(_ value: (Double) -> Double) -> Double {
        strata.reduce(0) { $0 + $1.share * expectation($1.values[range].map(value)) }
      }
      let mean = total(\.self)
      let variance = total { ($0 - mean) * ($0 - mean) }
      points.append(MetricPoint("posterior_mean[\(name)]", step: step, mean))
      // A correction may leave less than nothing of a variance that is next to it.
      let sd = max(0, variance).squareRoot()
      points.append(MetricPoint("posterior_sd[\(name)]", step: step, sd))
      guard let known = reference?.variables[name], known.sd > 0 else { continue }
      let errors = (mean: (mean - known.mean) / known.sd, sd: (sd - known.sd) / known.sd)
      points.append(MetricPoint("posterior_mean_error[\(name)]", step: step, errors.mean))
      points.append(MetricPoint("posterior_sd_error[\(name)]", step: step, errors.sd))
      largest = (max(largest?.mean ?? 0, abs(errors.mean)), max(largest?.sd ?? 0, abs(errors.sd)))
    }
    if let largest {
      points.append(MetricPoint("posterior_mean_error", step: step, largest.mean))
      points.append(MetricPoint("posterior_sd_error", step: step, largest.sd))
    }
    return points
  }

  private func expectation(_ values: [Double]) -> Double {
    let pairs = weights.count
    return (0..<pairs).reduce(0) { $0 + weights[$1] * (0.5 * (values[$1] + values[$1 + pairs])) }
  }
}
