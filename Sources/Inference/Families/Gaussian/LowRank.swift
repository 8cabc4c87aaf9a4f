import Foundation
import NumericArrays
public import ReverseTape

/// A Gaussian of low rank plus diagonal: z = location + exp(log scale) ∘ ε₁ + W ε₂, so Σ = W Wᵀ + diag(scale²)
/// (Ong, Nott & Smith 2018, eq. 3).
///
/// φ is location `[D]`, log scale `[D]`, then W `[D, rank]`. log |Σ| and Σ⁻¹ come from the `rank × rank` matrix
/// M = I + Wᵀ diag(scale⁻²) W by the determinant lemma and Woodbury's identity.
public struct LowRank: Family {
  public static let name = "low-rank"
  public static let summary = "a Gaussian with covariance of low rank plus diagonal"
  public var rank = 2
  public static var options: [Option<Self>] {
    [.integer("rank", \.rank, 1...1000, "columns of the low-rank factor")]
  }

  public init() {}

  public var sticksToTheLanding: Bool { true }

  public func parameterCount(for model: any Model) -> Int { (2 + rank) * model.dimension }
  public func noiseCount(for model: any Model) -> Int { model.dimension + rank }
  public func coefficientsPerLatent(for model: any Model) -> Int? { 1 + rank }

  /// The leading principal axes go to W, the rest of each variance to the diagonal: exact for a covariance of at most
  /// this rank plus an isotropic diagonal. Independent elements leave W empty; as W = 0 is a saddle, it then starts at
  /// a hundredth of the scales.
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    let dimension = model.dimension
    let diagonal = start.variances
    if start.isDiagonal {
      let scales = diagonal.map { $0.squareRoot() }
      let factor = (0..<dimension * rank).map { 0.01 * scales[$0 / rank] * noise[$0] }
      return start.mean + scales.map { Foundation.log($0) } + factor
    }
    let (values, vectors) = start.principalAxes
    let kept = min(rank, dimension - 1)
    // The mean of the eigenvalues left out is the noise level of probabilistic PCA (Tipping & Bishop 1999, eq. 8).
    let rest = values[0..<dimension - kept].reduce(0, +) / Double(dimension - kept)
    var factor = [Double](repeating: 0, count: dimension * rank)
    for row in 0..<dimension {
      for column in 0..<kept {
        let axis = dimension - 1 - column
        factor[row * rank + column] = vectors[row, axis] * max(0, values[axis] - rest).squareRoot()
      }
    }
    let own = (0..<dimension).map { row in
      let explained = (0..<rank).reduce(0.0) { $0 + factor[row * rank + $1] * factor[row * rank + $1] }
      return max(diagonal[row] - explained, 1e-6 * diagonal[row])
    }
    return start.mean + own.map { 0.5 * Foundation.log($0) } + factor
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("low-rank needs parameters and noise") }
    return record(parameters, noise: noise, dimension: model.dimension, on: tape)
  }

  /// - Precondition: φ is shared by the draws.
  package func record(_ parameters: Traced, noise: Traced, dimension: Int, on tape: Tape) -> Variational {
    precondition(parameters.extent == .shared, "a low-rank Gaussian has one φ for all draws")
    let location = parameters[0..<dimension]
    let logScale = parameters[dimension..<2 * dimension]
    let scale = logScale.exp()
    let own = scale.square()
    let factor = parameters[2 * dimension..<parameters.count].reshaped(Shape(dimension, rank))
    let offset = scale * noise[0..<dimension] + factor.times(noise[dimension..<dimension + rank])

    let rowOf = (0..<dimension * rank).map { $0 / rank }
    let inverseScales = (-logScale).exp()
    let scaled = factor * inverseScales.gathered(rowOf, Shape(dimension, rank))
    let identity = tape.constant(Matrix.identity(rank).elements, Shape(rank, rank))
    let inner = identity + scaled.transposedTimes(scaled)
    let logDeterminant = 2 * logScale.sum() + inner.logDeterminant()

    // Woodbury: the offset's squared length in Σ⁻¹ is |o/s|² − vᵀ M⁻¹ v with v = (W/s)ᵀ (o/s).
    let whitened = inverseScales * offset
    let projected = scaled.transposedTimes(whitened)
    let length = whitened.square().sum() - (projected * inner.inverse().times(projected)).sum()
    let ones = tape.constant([Double](repeating: 1, count: rank))
    return Variational(
      draw: location + offset,
      logDensity: -0.5 * (length + logDeterminant) - 0.5 * Double(dimension) * LogDensity.logTwoPi,
      gaussian: GaussianMoments(
        mean: location, variance: own + factor.square().times(ones), logDeterminant: logDeterminant,
        covariance: .lowRank(factor, own: own)))
  }
}
