import Foundation
import NumericArrays
public import ReverseTape

/// Independent Gaussians: z = location + exp(log scale) ∘ ε (Kucukelbir et al. 2017, §2.4).
///
/// φ is location `[D]`, then log scale `[D]`.
public struct MeanField: LocationScaleFamily, EncodedFamily {
  public static let name = "mean-field"
  public static let summary = "independent Gaussians on the unconstrained scale"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var base: GaussianBase { .meanField }
  public var hasIndependentLatents: Bool { true }

  public func parameterCount(for model: any Model) -> Int { parameterCount(dimension: model.dimension) }
  public func noiseCount(for model: any Model) -> Int { model.dimension }

  /// The member with the smallest KL[q ‖ Gaussian]: its variances are the inverse diagonal of the precision.
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    start.mean + start.precisionDiagonal.map { -0.5 * Foundation.log($0) }
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("mean-field needs parameters and noise") }
    return record(parameters, noise: noise, dimension: model.dimension, on: tape)
  }

  public func parameterCount(dimension: Int) -> Int { 2 * dimension }

  /// q of φ, shared or one per draw as an encoder gives it; log density, moments and log-determinant go with it.
  public func record(_ parameters: Traced, noise: Traced, dimension: Int, on tape: Tape) -> Variational {
    let location = parameters[0..<dimension]
    let logScale = parameters[dimension..<2 * dimension]
    let scale = logScale.exp()
    let logScaleSum = logScale.sum()
    return Variational(
      draw: location + scale * noise,
      logDensity: noise.standardNormalLogDensity() - logScaleSum,
      gaussian: GaussianMoments(
        mean: location, variance: scale.square(), logDeterminant: 2 * logScaleSum, covariance: .diagonal))
  }
}
