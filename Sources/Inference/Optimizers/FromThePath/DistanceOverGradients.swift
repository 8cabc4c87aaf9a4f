public import NumericArrays

/// DoG: gradient ascent by r̄ₜ / √(Σᵢ ‖gᵢ‖²), the largest distance from the start over the root of the summed squared gradients
/// (Ivgi, Hinder & Carmon 2023, algorithm 1); an average weighs iterates by r̄ₜ (eq. 2).
public struct DistanceOverGradients: PathOptimizer {
  public static let name = "dog"
  public static let summary =
    "distance over gradients: ascent without a learning rate (Ivgi, Hinder & Carmon 2023)"
  public var control = StepControl(averaging: 0.5)
  public var initialMovement = 1e-6
  public static var options: [Option<Self>] { Option.path(\.initialMovement) }

  public init() {}

  public func rate(_ path: inout Path, squaredNorm: Double) -> Double {
    path.sum += squaredNorm
    return rate(path.distance, over: path.sum)
  }

  public func weight(atDistance distance: Double) -> Double { distance }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func ascend<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    moments: UnsafeMutablePointer<Scalar>, count: Int, part: Range<Int>, factors: UpdateFactors<Scalar>
  ) {
    factors.forEach(part) { i, rate in parameters[i] += rate * gradient[i] }
  }
}
