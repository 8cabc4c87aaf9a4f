import Foundation
import NumericArrays
import ReverseTape

/// Independent beta variates, on the logit scale: log q(u) = a log σ(u) + b log σ(−u) − log B(a, b).
///
/// φ is log a `[count]`, then log b `[count]`; the statistics are log z and log(1 − z). A logit is the difference of the logs of two
/// gamma variates, of shapes a and b.
struct BetaFactor: ExponentialFactor {
  let count: Int

  var parameterCount: Int { 2 * count }
  var noiseCount: Int { 2 * count }

  /// The logit's variance ψ′(a) + ψ′(b) is nearly 1/a + 1/b, and its mean log(a/b).
  func parameters(near start: GaussianStart, places: Range<Int>) -> [Double] {
    func logs(_ sign: Double) -> [Double] {
      // 1 / (v (1 − p)) and 1 / (v p), with p = σ(m).
      places.map { log1p(Foundation.exp(sign * start.mean[$0])) - Foundation.log(start.variances[$0]) }
    }
    return logs(1) + logs(-1)
  }

  func record(_ parameters: Traced, noise: Traced, on tape: Tape) -> RecordedFactor {
    let shapes = parameters.exp()
    let variates = Traced.logGammaVariate(shapes, noise)
    let (a, b) = (shapes[0..<count], shapes[count..<2 * count])
    let logBeta = a.logGamma() + b.logGamma() - (a + b).logGamma()
    let whole = (a + b).digamma()
    let (log, logComplement) = (a.digamma() - whole, b.digamma() - whole)
    func density(_ u: Traced) -> Traced { -(a * (-u).softplus() + b * u.softplus() + logBeta).sum() }
    let draw = variates[0..<count] - variates[count..<2 * count]
    return RecordedFactor(
      draw: draw, logDensity: density(draw), density: density,
      entropy: (logBeta - a * log - b * logComplement).sum(),
      statistic: LatentStatistic(log: log, logComplement: logComplement))
  }

  var slotCount: Int { 2 * count }

  func slotValues(at parameters: [Double]) -> [Double] {
    let shapes = parameters.map { SpecialFunctions.exp($0) }
    return shapes.indices.map { index in
      let whole = shapes[index] + shapes[(index + count) % (2 * count)]
      return SpecialFunctions.digamma(shapes[index]) - SpecialFunctions.digamma(whole)
    }
  }

  func statistic(in slot: Traced) -> LatentStatistic {
    LatentStatistic(log: slot[0..<count], logComplement: slot[count..<2 * count])
  }

  // On the logit scale the density is exp(a log z + b log(1 − z)).
  func parameters(slope: [Double], slotValues: [Double]) -> [Double] {
    slope.map { Foundation.log($0) }
  }
}
