import Foundation
import NumericArrays
public import ReverseTape

/// Independent double exponentials: z = location + scale ∘ x with p(x) = exp(−|x|) / 2 (Laplace 1774).
///
/// φ is location `[D]`, then log scale `[D]`. x has the rank of a normal ε: |x| = −log(2 Φ(−|ε|)), which is accurate in both
/// tails.
public struct Laplace: LocationScaleFamily {
  public static let name = "laplace"
  public static let summary =
    "independent double exponentials: a sharp peak, and tails heavier than a Gaussian's"
  public static var options: [Option<Self>] { [] }

  public init() {}

  public var base: GaussianBase { .meanField }

  public func parameterCount(for model: any Model) -> Int { 2 * model.dimension }
  public func noiseCount(for model: any Model) -> Int { model.dimension }

  /// The member with the smallest KL[q ‖ Gaussian]: its variances 2 scale² are the inverse diagonal of the precision.
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    GaussianBase.meanField.parameters(near: start, model: model, scale: 0.5.squareRoot())
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("laplace needs parameters and noise") }
    let dimension = model.dimension
    let size = -((-noise.absolute()).logStandardNormalCDF() + Foundation.log(2))
    let placed = GaussianBase.meanField.record(
      parameters, noise: noise.mapped(.sign) * size, dimension: dimension, on: tape)
    let constant = Double(dimension) * Foundation.log(2)
    let density = { (z: Traced) -> Traced in
      let size = GaussianBase.meanField.noise(at: z, parameters, dimension: dimension).absolute().sum()
      return -size - placed.logDeterminant - constant
    }
    return Variational(
      draw: placed.draw,
      logDensity: -size.sum() - placed.logDeterminant - constant,
      entropy: placed.logDeterminant + (Double(dimension) + constant),
      density: density)
  }
}
