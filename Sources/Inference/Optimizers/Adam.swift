public import NumericArrays

/// Adam (Kingma & Ba 2015, algorithm 1), uphill.
public struct Adam: ElementwiseOptimizer {
  public static let name = "adam"
  public static let summary = "adaptive moments (Kingma & Ba 2015)"
  public static let momentCount = 2
  public var control = StepControl(learningRate: 0.01)
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  public static var options: [Option<Self>] {
    Option.stepControl + [
      .number("beta1", \.beta1, .decay, "decay of the mean of the gradients"),
      .number("beta2", \.beta2, .decay, "decay of the mean of their squares"),
      .number("epsilon", \.epsilon, .positive, "added to the root of the mean square"),
    ]
  }

  public init() {}

  public var decays: [Double] { [beta1, beta2] }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func ascend<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    moments: UnsafeMutablePointer<Scalar>, count: Int, part: Range<Int>, factors: UpdateFactors<Scalar>
  ) {
    let (start, lanes) = (part.lowerBound * factors.lanes, factors.lanes)
    Scalar.kernelAdam(
      parameters + start, gradient: gradient + start, first: moments + start,
      second: moments + count * lanes + start, rows: part.count, lanes: lanes, rates: factors.rates,
      powers1: factors.powers, powers2: factors.powers + lanes, beta1: Scalar(beta1), beta2: Scalar(beta2),
      epsilon: Scalar(epsilon))
  }
}
