import NumericArrays
import ReverseTape

/// A Gaussian of any covariance: φ is that of `FullRank`; the statistics are z and z zᵀ.
struct GaussianFactor: ExponentialFactor {
  let count: Int

  var parameterCount: Int { FullRank().parameterCount(dimension: count) }
  var noiseCount: Int { count }

  /// The member with the smallest KL[q ‖ Gaussian]: its precision is that part of the Gaussian's.
  func parameters(near start: GaussianStart, places: Range<Int>) -> [Double] {
    let mean = Array(start.mean[places])
    let scales = places.map { start.variances[$0].squareRoot() }
    return FullRank.parameters(
      mean: mean, factor: start.conditionalFactor(of: Array(places)) ?? .diagonal(scales))
  }

  func record(_ parameters: Traced, noise: Traced, on tape: Tape) -> RecordedFactor {
    let q = FullRank().record(parameters, noise: noise, dimension: count, on: tape)
    guard let draw = q.draw, let logDensity = q.logDensity, let moments = q.gaussian else {
      preconditionFailure("a Gaussian has a draw, a density and moments")
    }
    return RecordedFactor(
      draw: draw, logDensity: logDensity, density: { moments.logDensity(at: $0) }, entropy: moments.entropy,
      statistic: LatentStatistic(
        value: moments.mean,
        squaredDistance: { target, design in
          (target - design.times(moments.mean)).square().sum() + moments.variances(along: design).sum()
        }))
  }

  /// An origin o, and the expectations of z − o and (z − o)(z − o)ᵀ: about the mean, data far from zero are not subtracted from
  /// themselves.
  var slotCount: Int { count * (2 + count) }

  func slotValues(at parameters: [Double]) -> [Double] {
    let factor = FullRank.factor(parameters, dimension: count)
    return parameters[..<count] + [Double](repeating: 0, count: count) + (factor * factor.transposed).elements
  }

  func statistic(in slot: Traced) -> LatentStatistic {
    let (origin, first) = (slot[0..<count], slot[count..<2 * count])
    let second = slot[2 * count..<slotCount].reshaped(Shape(count, count))
    return LatentStatistic(
      value: origin + first,
      squaredDistance: { target, design in
        let residual = design.times(origin) - target
        return residual.square().sum() + 2 * (design.transposedTimes(residual) * first).sum()
          + (design.transposedTimes(design) * second).sum()
      })
  }

  // exp(gᵀ d + dᵀ G d) of d = z − o is the Gaussian of precision Λ = −(G + Gᵀ) and mean o + Λ⁻¹ g.
  func parameters(slope: [Double], slotValues: [Double]) -> [Double] {
    let curvature = Matrix(rows: count, columns: count, elements: Array(slope[(2 * count)...]))
    let precision = -1 * (curvature + curvature.transposed)
    guard let root = try? precision.cholesky(),
      let factor = try? Matrix.solve(lower: root, .identity(count)).cholesky()
    else { return [Double](repeating: .nan, count: parameterCount) }
    let shift = Matrix.solve(lower: root, Array(slope[count..<2 * count]))
    return FullRank.parameters(mean: zip(slotValues, shift).map(+), factor: factor)
  }
}
