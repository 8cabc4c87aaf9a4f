public import NumericArrays

/// Adagrad: steps divided by the root of the summed squared gradients (Duchi, Hazan & Singer 2011, diagonal form).
public struct Adagrad: ElementwiseOptimizer {
  public static let name = "adagrad"
  public static let summary = "steps divided by the root of the summed squared gradients (Duchi et al. 2011)"
  public static let momentCount = 1
  public var control = StepControl(learningRate: 0.1)
  public var epsilon = 1e-8
  public static var options: [Option<Self>] {
    Option.stepControl + [.number("epsilon", \.epsilon, .positive, "added to the root of the sum")]
  }

  public init() {}

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func ascend<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    moments: UnsafeMutablePointer<Scalar>, count: Int, part: Range<Int>, factors: UpdateFactors<Scalar>
  ) {
    let floor = Scalar(epsilon)
    factors.forEach(part) { i, rate in
      let g = gradient[i]
      moments[i] += g * g
      parameters[i] += rate * g / (moments[i].squareRoot() + floor)
    }
  }
}
