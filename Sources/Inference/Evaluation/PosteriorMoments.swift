import NumericArrays
import ReverseTape

/// The means and standard deviations of a model's variables under a fitted q, on the scale that the model is written in.
///
/// They are estimated from the draws of the final evaluation, each pair's mean corrected by the control variates of
/// `AntitheticDraws`: the moments of what is linear in a Gaussian q are exact.
struct PosteriorMoments: Sendable {
  private let names: [String]
  private let reference: ReferenceMoments?
  private let program: Program
  private let draws: AntitheticDraws
  /// What each pair of draws counts for in an expectation.
  private let weights: [Double]
  /// The components that are drawn from, where q is a mixture; else 1. The program gives their shares, then their variables.
  private let strataCount: Int

  /// nil where q has no draws or they are of states, whose moments are exact, or the variables are too many.
  init?(_ settings: RunSettings) {
    guard case .inference(let task) = settings.task, task.family.hasDensity,
      !(task.family is any DiscreteFamily)
    else { return nil }
    let names = task.model.variableNames
    guard !names.isEmpty, names.count <= MomentPoints.mostVariables else { return nil }
    let bound = BoundTape(settings, draws: AntitheticDraws.count, for: .final)
    guard let draw = bound.q.draw, let noise = bound.noise else { return nil }
    let strata = bound.q.strata
    let draws = AntitheticDraws.common(dimension: noise.count)
    guard let weights = draws.weights else { return nil }
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

  /// The moments at φ, as metrics of a step.
  func points(_ parameters: [Double], step: Int, _ kept: inout Evaluator<Double>?) -> [MetricPoint] {
    let evaluator = kept.made(of: program, noise: draws.noise)
    if let slot = evaluator.slot(BoundTape.parametersSlot) {
      for index in slot.indices { slot[index] = parameters[index] }
    }
    evaluator.run()
    let strata = (0..<strataCount).map { index in
      (share: evaluator.output(index)[0], values: evaluator.output(strataCount + index))
    }
    var points = MomentPoints(reference, step: step)
    for (index, name) in names.enumerated() {
      let range = index * AntitheticDraws.count..<(index + 1) * AntitheticDraws.count
      let mean = strata.reduce(0) { sum, stratum in
        sum + stratum.share * expectation(stratum.values[range]) { $0 }
      }
      let variance = strata.reduce(0) { sum, stratum in
        sum + stratum.share * expectation(stratum.values[range]) { ($0 - mean) * ($0 - mean) }
      }
      // A correction may leave less than nothing of a variance that is next to it.
      points.add(name, mean: mean, sd: max(0, variance).squareRoot())
    }
    return points.all
  }

  /// Four pairs at a time: a sum that waits for each addition is several times slower.
  @inline(__always)
  private func expectation(
    _ draws: Slice<UnsafeBufferPointer<Double>>, _ value: (SIMD4<Double>) -> SIMD4<Double>
  ) -> Double {
    let draws = UnsafeBufferPointer(rebasing: draws)
    return weights.withUnsafeBufferPointer { weights in
      let (pairs, whole) = (weights.count, weights.count & ~3)
      func four(_ values: UnsafeBufferPointer<Double>, _ place: Int) -> SIMD4<Double> {
        SIMD4(values[place], values[place + 1], values[place + 2], values[place + 3])
      }
      var sums = SIMD4<Double>.zero
      for place in stride(from: 0, to: whole, by: 4) {
        sums += four(weights, place) * (0.5 * (value(four(draws, place)) + value(four(draws, pairs + place))))
      }
      return (whole..<pairs).reduce(sums.sum()) { sum, place in
        let both = value(SIMD4(repeating: draws[place])) + value(SIMD4(repeating: draws[pairs + place]))
        return sum + weights[place] * (0.5 * both[0])
      }
    }
  }
}
