import Foundation
import NumericArrays
import ReverseTape

/// Independent gamma variates, on the log scale: log q(u) = shape (u + log rate) − exp(u + log rate) − log Γ(shape).
///
/// φ is log shape `[count]`, then log rate `[count]`; the statistics are log z and z.
struct GammaFactor: ExponentialFactor {
  let count: Int

  var parameterCount: Int { 2 * count }
  var noiseCount: Int { count }

  /// With the Gaussian's mean: E[u] = ψ(shape) − log rate. Its variance ψ′(shape) is nearly 1 / shape.
  func parameters(near start: GaussianStart, places: Range<Int>) -> [Double] {
    let shapes = places.map { 1 / start.variances[$0] }
    return shapes.map { Foundation.log($0) }
      + zip(shapes, places).map { SpecialFunctions.digamma($0) - start.mean[$1] }
  }

  func record(_ parameters: Traced, noise: Traced, on tape: Tape) -> RecordedFactor {
    let (logShape, logRate) = (parameters[0..<count], parameters[count..<2 * count])
    let (shape, logGamma) = (logShape.exp(), logShape.exp().logGamma())
    let digamma = shape.digamma()
    let scaled = Traced.logGammaVariate(shape, noise)
    func density(_ scaled: Traced) -> Traced { (shape * scaled - scaled.exp() - logGamma).sum() }
    return RecordedFactor(
      draw: scaled - logRate, logDensity: density(scaled), density: { density($0 + logRate) },
      entropy: (shape + logGamma - shape * digamma).sum(),
      statistic: LatentStatistic(value: (logShape - logRate).exp(), log: digamma - logRate))
  }

  var slotCount: Int { 2 * count }

  func slotValues(at parameters: [Double]) -> [Double] {
    let shapes = parameters[..<count].map { SpecialFunctions.exp($0) }
    let logs = zip(shapes, parameters[count...]).map { SpecialFunctions.digamma($0) - $1 }
    return logs + (0..<count).map { SpecialFunctions.exp(parameters[$0] - parameters[count + $0]) }
  }

  func statistic(in slot: Traced) -> LatentStatistic {
    LatentStatistic(value: slot[count..<2 * count], log: slot[0..<count])
  }

  // On the log scale the density is exp(shape · u − rate · exp(u)).
  func parameters(slope: [Double], slotValues: [Double]) -> [Double] {
    slope[..<count].map { Foundation.log($0) } + slope[count...].map { Foundation.log(-$0) }
  }
}
