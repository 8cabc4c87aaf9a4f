/// The generalized Pareto distribution of what lies above a threshold: density (1 + k x / σ)^(−1/k − 1) / σ for x > 0.
public struct GeneralizedPareto: Sendable, Hashable {
  /// k: the moments of order 1/k and above are infinite; below 0 there is a largest value.
  public var shape: Double
  /// σ > 0.
  public var scale: Double

  public init(shape: Double, scale: Double) {
    self.shape = shape
    self.scale = scale
  }

  /// Fitted to values above 0, by the empirical Bayes estimate of Zhang & Stephens (2009, doi:10.1198/tech.2009.08017, equations
  /// 5 to 9): the mean of θ = −k/σ over a grid, weighted by the profile likelihood. The shape is then drawn to 1/2 as by ten
  /// further values (Vehtari et al. 2024, arXiv:1507.02646, appendix G); the scale is that before it was drawn.
  ///
  /// Complexity: n √n logarithms.
  ///
  /// - Parameter sorted: ascending; nil where there are fewer than five or the largest is not above 0 and finite.
  public init?(fittedTo sorted: [Double]) {
    let count = sorted.count
    guard count >= 5, let largest = sorted.last, largest > 0, largest.isFinite else { return nil }
    let quartile = sorted[Int(Double(count) / 4 + 0.5) - 1]
    guard quartile > 0 else { return nil }
    let n = Double(count)
    let points = 30 + Int(n.squareRoot())
    /// k at θ = −b: the mean of log(1 − b x).
    func shape(_ b: Double) -> Double {
      withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { terms in
        guard let start = terms.baseAddress else { return .nan }
        sorted.withUnsafeBufferPointer { sorted in
          for index in 0..<count { (start + index).initialize(to: -b * sorted[index]) }
        }
        Double.kernelLog1p(start, start, count)
        return Double.kernelSum(start, count) / n
      }
    }
    let grid = (1...points).map { point in
      1 / largest
        + (1 - (Double(points) / (Double(point) - 0.5)).squareRoot()) / (3 * quartile)
    }
    let logLikelihoods = grid.map { b in
      let k = shape(b)
      return n * (SpecialFunctions.log(-b / k) - k - 1)
    }
    let total = Statistics.logSumExp(logLikelihoods)
    guard total.isFinite else { return nil }
    var (weightSum, weighted) = (0.0, 0.0)
    for (b, logLikelihood) in zip(grid, logLikelihoods) {
      let weight = SpecialFunctions.exp(logLikelihood - total)
      weightSum += weight
      weighted += weight * b
    }
    let b = weighted / weightSum
    let k = shape(b)
    scale = -k / b
    self.shape = (n * k + Self.priorCount * Self.priorShape) / (n + Self.priorCount)
  }

  private static let priorCount = 10.0
  private static let priorShape = 0.5

  /// The value that a fraction p of the probability lies below: σ ((1 − p)^−k − 1) / k.
  public func quantile(_ p: Double) -> Double {
    let logUpper = SpecialFunctions.log(1 - p)
    // By the series for a small shape, where the quotient loses its digits.
    if abs(shape) < 1e-8 { return -scale * logUpper * (1 - 0.5 * shape * logUpper) }
    return scale * (SpecialFunctions.exp(-shape * logUpper) - 1) / shape
  }
}
