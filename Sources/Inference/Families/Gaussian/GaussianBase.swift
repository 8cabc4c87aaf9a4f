import Foundation
import NumericArrays
import ReverseTape

/// The Gaussian that a family stretches, mixes or bends: its φ is that of the family of this name.
public enum GaussianBase: String, CaseIterable, Sendable {
  case meanField = "mean-field"
  case fullRank = "full-rank"

  private var family: any EncodedFamily {
    switch self {
    case .meanField: MeanField()
    case .fullRank: FullRank()
    }
  }

  func parameterCount(dimension: Int) -> Int { family.parameterCount(dimension: dimension) }

  /// φ of the member nearest to a Gaussian, with every scale multiplied by `scale`: location `[D]`, log scale `[D]` and,
  /// with full rank, the strict triangle.
  func parameters(near start: GaussianStart, model: any Model, scale: Double = 1) -> [Double] {
    var parameters = family.parameters(near: start, model: model, noise: [])
    let dimension = model.dimension
    for index in dimension..<2 * dimension { parameters[index] += Foundation.log(scale) }
    return parameters
  }

  /// The Gaussian of φ at standard normal noise: its draw, log density and moments. Of any other x, the draw is
  /// location + factor · x.
  func record(_ parameters: Traced, noise: Traced, dimension: Int, on tape: Tape) -> BaseGaussian {
    let q = family.record(parameters, noise: noise, dimension: dimension, on: tape)
    guard let draw = q.draw, let density = q.logDensity, let moments = q.gaussian else {
      preconditionFailure("a Gaussian has a draw, a density and moments")
    }
    return BaseGaussian(draw: draw, logDensity: density, moments: moments)
  }

  /// The inverse of the draw's map: the noise that z is the draw of.
  func noise(at z: Traced, _ parameters: Traced, dimension: Int) -> Traced {
    let inverseScale = (-parameters[dimension..<2 * dimension]).exp()
    let scaled = inverseScale * (z - parameters[0..<dimension])
    guard self == .fullRank, dimension > 1 else { return scaled }
    let triangle = parameters[2 * dimension..<parameters.count].unitLowerTriangle(dimension)
    return triangle.lowerTriangularSolve(scaled)
  }
}

/// A family whose draw is location + C x, x being noise of its own: φ is location, log scale and, with full rank, the strict unit triangle
/// of the factor C.
public protocol LocationScaleFamily: Family {
  /// Whether C is diagonal or a lower triangle.
  var base: GaussianBase { get }
}

extension LocationScaleFamily {
  public func coefficientsPerLatent(for model: any Model) -> Int? {
    base == .meanField ? 1 : model.dimension
  }
}

/// A recorded Gaussian that another family is made of.
struct BaseGaussian {
  var draw: Traced
  var logDensity: Traced
  var moments: GaussianMoments

  /// log |det| of the factor.
  var logDeterminant: Traced { 0.5 * moments.logDeterminant }
}
