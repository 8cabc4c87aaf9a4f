import Foundation
import NumericArrays
public import ReverseTape

/// A Gaussian with independent elements, turned by reflections: z = location + H_1 ⋯ H_L (scale ∘ ε) with
/// H = I − 2 v vᵀ / |v|² (Tomczak & Welling 2016, eq. 6).
///
/// The reflections keep volumes, so q stays Gaussian, with closed forms; D − 1 of them reach every covariance. φ is location `[D]`,
/// log scale `[D]`, then v `[D]` of each.
public struct Householder: Family {
  public static let name = "householder"
  public static let summary = "a Gaussian turned by reflections: full covariance by a flow that keeps volumes"
  public var layers = 4
  public static var options: [Option<Self>] {
    [.integer("layers", \.layers, 1...1000, "reflections, one after another")]
  }

  public init() {}

  public func parameterCount(for model: any Model) -> Int { (2 + layers) * model.dimension }
  public func noiseCount(for model: any Model) -> Int { model.dimension }

  /// Exact where the layers suffice to turn the principal axes into place. Otherwise the nearest independent elements: a
  /// reflection along an axis changes nothing but a sign of the noise, and a hundredth of noise breaks the symmetry.
  public func parameters(near start: GaussianStart, model: any Model, noise: [Double]) -> [Double] {
    let dimension = model.dimension
    if !start.isDiagonal, layers >= dimension - 1 {
      let (values, vectors) = start.principalAxes
      let logScales = values.map { 0.5 * Foundation.log($0) }
      return start.mean + logScales + Self.reflections(to: vectors, count: layers).flatMap(\.self)
    }
    var vectors = noise[0..<layers * dimension].map { 0.01 * $0 }
    for layer in 0..<layers { vectors[layer * dimension + layer % dimension] += 1 }
    let logScales = start.precisionDiagonal.map { -0.5 * Foundation.log($0) }
    return start.mean + logScales + vectors
  }

  /// Vectors whose reflections, multiplied, are an orthogonal matrix up to the signs of its columns (Golub & Van Loan 2013,
  /// §5.2.2); those left over reflect along the first axis.
  private static func reflections(to orthogonal: Matrix, count: Int) -> [[Double]] {
    let dimension = orthogonal.rows
    var columns = (0..<dimension).map { orthogonal.column($0) }
    var vectors: [[Double]] = []
    for index in 0..<max(0, dimension - 1) {
      var vector = columns[index]
      // Away from the axis, so that nothing cancels.
      vector[index] += vector[index] < 0 ? -1 : 1
      let square = vector.reduce(0) { $0 + $1 * $1 }
      for other in columns.indices {
        let along = 2 / square * zip(vector, columns[other]).reduce(0) { $0 + $1.0 * $1.1 }
        for row in 0..<dimension { columns[other][row] -= along * vector[row] }
      }
      vectors.append(vector)
    }
    let first = (0..<dimension).map { $0 == 0 ? 1.0 : 0.0 }
    return vectors + [[Double]](repeating: first, count: count - vectors.count)
  }

  public func record(_ parameters: Traced?, noise: Traced?, model: any Model, on tape: Tape) -> Variational {
    guard let parameters, let noise else { preconditionFailure("householder needs parameters and noise") }
    let dimension = model.dimension
    let location = parameters[0..<dimension]
    let logScale = parameters[dimension..<2 * dimension]
    let vectors = parameters[2 * dimension..<parameters.count]
    let scale = logScale.exp()
    let logScaleSum = logScale.sum()
    let diagonal = scale.scattered(
      (0..<dimension).map { $0 * (dimension + 1) }, into: Shape(dimension, dimension))
    let factor = diagonal.reflected(byAll: vectors, dimension: dimension)
    return Variational(
      draw: location + (scale * noise).reflected(byAll: vectors, dimension: dimension),
      logDensity: noise.standardNormalLogDensity() - logScaleSum,
      gaussian: GaussianMoments(
        mean: location, variance: factor.square().sumRows(), logDeterminant: 2 * logScaleSum,
        covariance: .full(factor.outerProduct(factor))))
  }
}
