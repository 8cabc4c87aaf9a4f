public import NumericArrays

/// Stochastic gradient ascent with heavy-ball momentum (Polyak 1964; Sutskever et al. 2013, eq. 1–2).
public struct StochasticGradient: ElementwiseOptimizer {
  public static let name = "sgd"
  public static let summary = "stochastic gradient ascent with momentum (Polyak 1964)"
  public static let momentCount = 1
  public var control = StepControl(learningRate: 0.001)
  public var momentum = 0.9
  public static var options: [Option<Self>] {
    Option.stepControl + [.number("momentum", \.momentum, .decay, "share of the last step that is kept")]
  }

  public init() {}

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func ascend<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    moments: UnsafeMutablePointer<Scalar>, count: Int, part: Range<Int>, factors: UpdateFactors<Scalar>
  ) {
    let kept = Scalar(momentum)
    factors.forEach(part) { i, rate in
      moments[i] = kept * moments[i] + rate * gradient[i]
      parameters[i] += moments[i]
    }
  }
}
