public import NumericArrays

/// COCOB-Backprop: each parameter bets on the signs of its gradients, and its offset from the start is the fraction that it bets of what
/// it has won (Orabona & Tommasi 2017, algorithm 2), uphill.
///
/// Moments: the largest |gradient|, the sum of them, the reward, the sum of the gradients, and the start.
public struct CoinBetting: ElementwiseOptimizer {
  public static let name = "cocob"
  public static let summary =
    "coin betting of each parameter, without a learning rate (Orabona & Tommasi 2017)"
  public static let momentCount = 5
  public var control = StepControl(averaging: 0)
  public var alpha = 100.0
  public static var options: [Option<Self>] {
    Option.iterateControl + [
      .number("alpha", \.alpha, .positive, "the first steps are 1/alpha long: a bound on the early bets")
    ]
  }

  public init() {}

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func ascend<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    moments: UnsafeMutablePointer<Scalar>, count: Int, part: Range<Int>, factors: UpdateFactors<Scalar>
  ) {
    let size = count * factors.lanes
    let (largest, total, reward) = (moments, moments + size, moments + 2 * size)
    let (sum, start) = (moments + 3 * size, moments + 4 * size)
    let alpha = Scalar(alpha)
    factors.forEach(part) { i, _ in
      let g = gradient[i]
      // Until a gradient is not 0, a parameter has not moved.
      if total[i] == 0 { start[i] = parameters[i] }
      largest[i] = max(largest[i], abs(g))
      total[i] += abs(g)
      reward[i] = max(reward[i] + (parameters[i] - start[i]) * g, 0)
      sum[i] += g
      guard total[i] > 0 else { return }
      let fraction = sum[i] / (largest[i] * max(total[i] + largest[i], alpha * largest[i]))
      parameters[i] = start[i] + fraction * (largest[i] + reward[i])
    }
  }
}
