import NumericArrays
public import ReverseTape

/// An expectation by one-dimensional integrals, which hold up to a spread.
public struct IntegratedExpectation {
  public var value: Traced
  /// The variances of the integrals' Gaussians; beyond `largestVariance` the value is not exact any more.
  public var variances: Traced

  /// Where softplus is integrated to 1e-9: an sd of 10.
  static let largestVariance = 100.0
}

/// One-dimensional Gaussian expectations by the trapezoidal rule over ±8.5 sd.
///
/// For a Gaussian weight the rule converges exponentially (Trefethen & Weideman 2014, §5): with the integrand's
/// nearest pole at distance d from the real axis and spacing h the error is of order exp(−2π d / h). For
/// softplus(a x), d = π / a: below 1e-12 for a · sd up to 8.
enum GaussianQuadrature {
  private static let count = 192
  private static let nodes: [Double] = (0..<count).map { -8.5 + 17 / Double(count - 1) * Double($0) }
  private static let weights: [Double] = {
    let weights = nodes.map { SpecialFunctions.exp(-0.5 * $0 * $0) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }()

  /// E[f(x_i)] for x_i ~ N(mean_i, variance_i), elementwise over shared vectors `[n]`; f is elementwise and smooth.
  static func expectation(
    mean: Traced, variance: Traced, _ function: (Traced) -> Traced
  ) -> Traced {
    let tape = mean.tape
    if mean.count == 1 {
      let points = mean + variance.squareRoot() * tape.constant(nodes)
      return (function(points) * tape.constant(weights)).sum().reshaped(mean.shape)
    }
    let column = Shape(mean.count, 1)
    let row = Shape(1, count)
    let ones = tape.constant([Double](repeating: 1, count: count), row)
    // A grid [n, nodes] of mean_i + sd_i · node_k.
    let points =
      mean.reshaped(column).times(ones)
      + variance.squareRoot().reshaped(column).times(tape.constant(nodes, row))
    return function(points).times(tape.constant(weights))
  }
}
