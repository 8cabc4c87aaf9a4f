public import NumericArrays

/// RMSProp: steps divided by a running root mean square of the gradients (Hinton, Srivastava & Swersky 2012, lecture 6e).
public struct RootMeanSquare: ElementwiseOptimizer {
  public static let name = "rmsprop"
  public static let summary = "steps divided by the gradients' running root mean square (Hinton et al. 2012)"
  public static let momentCount = 1
  public var control = StepControl(learningRate: 0.01)
  public var decay = 0.9
  public var epsilon = 1e-8
  public static var options: [Option<Self>] {
    Option.stepControl + [
      .number("decay", \.decay, .decay, "decay of the mean of the squared gradients"),
      .number("epsilon", \.epsilon, .positive, "added to the root of the mean square"),
    ]
  }

  public init() {}

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func ascend<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    moments: UnsafeMutablePointer<Scalar>, count: Int, part: Range<Int>, factors: UpdateFactors<Scalar>
  ) {
    let (kept, floor) = (Scalar(decay), Scalar(epsilon))
    factors.forEach(part) { i, rate in
      let g = gradient[i]
      moments[i] = kept * moments[i] + (1 - kept) * g * g
      parameters[i] += rate * g / (moments[i].squareRoot() + floor)
    }
  }
}
