import Foundation
import NumericArrays
public import ReverseTape

/// A multivariate t: z = location + factor · ε √(ν / χ²) with χ² of ν degrees of freedom, one for all elements
/// (Kotz & Nadarajah 2004, §1.1).
///
/// φ is that of a Gaussian with the same location and factor. As ν is a whole number, χ² is the sum of the squares of ν further
/// normals. The log density follows from the noise: the squared distance of z in units of the scale is ν |ε|² / χ².
public struct StudentT: LocationScaleFamily {
  public static let name = "student-t"
  public static let summary = "a multivariate t: heavy tails in every direction"
  public var degrees = 5
  public var base = GaussianBase.fullRank
  public static var options: [Option<Self>] {
    [
      // Below 3 there is no variance: neither a finite bound where a factor of the model is Gaussian, nor a standard deviation.
      .integer("degrees", \.degrees, 3...1000, "degrees of freedom: the lower, the heavier the tails"),
      .choice("base", \.base, "whose location and factor it has: independent elements, or correlated ones"),
    ]
  }

  public init() {}

  public func parameterCount(for model: any Model) -> Int {
    base.parameterCount(dimension: model.dimension)
  }
  public func noiseCount(for model: any Model) -> Int { model.dimension + degrees }

  /// The t with the smallest KL[q ‖ Gaussian], which has its covariance: that of a t is ν / (ν − 2) of its scale.
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    let degrees = Double(degrees)
    return base.parameters(near: start, model: model, scale: ((degrees - 2) / degrees).squareRoot())
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("student-t needs parameters and noise") }
    let dimension = model.dimension
    let normals = noise[0..<dimension]
    let chiSquare = noise[dimension..<dimension + degrees].square().sum()
    let stretched = normals * (Double(degrees) / chiSquare).squareRoot()
    let placed = base.record(parameters, noise: stretched, dimension: dimension, on: tape)

    let (half, whole) = (0.5 * Double(degrees), 0.5 * Double(degrees + dimension))
    let normalizer =
      SpecialFunctions.logGamma(whole) - SpecialFunctions.logGamma(half)
      - 0.5 * Double(dimension) * Foundation.log(Double(degrees) * Double.pi)
    let distance = (normals.square().sum() / chiSquare).log1p()
    let base = base
    let density = { (z: Traced) -> Traced in
      let stretched = base.noise(at: z, parameters, dimension: dimension).square().sum()
      return normalizer - whole * (stretched * (1 / Double(degrees))).log1p() - placed.logDeterminant
    }
    // E[log(1 + |ε|²/χ²)] is a difference of two expected logs of χ² variates.
    let expectedDistance = SpecialFunctions.digamma(whole) - SpecialFunctions.digamma(half)
    return Variational(
      draw: placed.draw,
      logDensity: normalizer - whole * distance - placed.logDeterminant,
      entropy: placed.logDeterminant + (whole * expectedDistance - normalizer),
      density: density)
  }
}
