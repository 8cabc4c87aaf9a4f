import Foundation
import NumericArrays
public import ReverseTape

/// A Gaussian of any covariance: z = location + scale ∘ (U ε) with a unit lower triangle U.
///
/// The scales are kept apart from the triangle because a plain lower triangle is badly conditioned for adaptive
/// optimizers. φ is location `[D]`, log scale `[D]`, then the strict lower triangle of U, row by row.
public struct FullRank: LocationScaleFamily, EncodedFamily {
  public static let name = "full-rank"
  public static let summary = "a Gaussian of any covariance on the unconstrained scale"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var sticksToTheLanding: Bool { true }

  public var base: GaussianBase { .fullRank }

  public func parameterCount(for model: any Model) -> Int { parameterCount(dimension: model.dimension) }
  public func parameterCount(dimension: Int) -> Int { 2 * dimension + dimension * (dimension - 1) / 2 }

  public func noiseCount(for model: any Model) -> Int { model.dimension }

  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    Self.parameters(mean: start.mean, factor: start.factor)
  }

  /// φ of the Gaussian with this mean and lower factor of the covariance.
  static func parameters(mean: [Double], factor lower: Matrix) -> [Double] {
    let dimension = mean.count
    let scales = (0..<dimension).map { lower[$0, $0] }
    let triangle = (1..<max(1, dimension)).flatMap { row in
      (0..<row).map { column in lower[row, column] / scales[row] }
    }
    return mean + scales.map { Foundation.log($0) } + triangle
  }

  /// The lower factor of the covariance at φ.
  static func factor(_ parameters: [Double], dimension: Int) -> Matrix {
    let scales = parameters[dimension..<2 * dimension].map { SpecialFunctions.exp($0) }
    var (factor, next) = (Matrix.diagonal(scales), 2 * dimension)
    for row in 0..<dimension {
      for column in 0..<row {
        factor[row, column] = scales[row] * parameters[next]
        next += 1
      }
    }
    return factor
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("full-rank needs parameters and noise") }
    return record(parameters, noise: noise, dimension: model.dimension, on: tape)
  }

  /// q of φ, shared or one per draw as an encoder gives it; log density, moments and log-determinant go with it.
  public func record(_ parameters: Traced, noise: Traced, dimension: Int, on tape: Tape) -> Variational {
    let location = parameters[0..<dimension]
    let logScale = parameters[dimension..<2 * dimension]
    let scale = logScale.exp()
    let logScaleSum = logScale.sum()
    let triangle = dimension > 1 ? parameters[2 * dimension..<parameters.count] : nil
    let factor = LowerFactor(scale: scale, triangle: triangle)
    return Variational(
      draw: location + factor.times(noise),
      logDensity: noise.standardNormalLogDensity() - logScaleSum,
      gaussian: GaussianMoments(
        mean: location, variance: factor.squaredRows, logDeterminant: 2 * logScaleSum,
        covariance: .factor(factor)))
  }
}
