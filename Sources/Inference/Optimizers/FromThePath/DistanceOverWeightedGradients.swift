public import NumericArrays

/// DoWG: gradient ascent by r̄ₜ² / √(Σᵢ r̄ᵢ² ‖gᵢ‖²) with the largest distances r̄ from the start (Khaled, Mishchenko & Jin 2023,
/// algorithm 1); an average weighs iterates by r̄ₜ².
public struct DistanceOverWeightedGradients: PathOptimizer {
  public static let name = "dowg"
  public static let summary =
    "distance over weighted gradients: DoG whose early gradients count less (Khaled, Mishchenko & Jin 2023)"
  public var control = StepControl(averaging: 0.5)
  public var initialMovement = 1e-4
  public static var options: [Option<Self>] { Option.path(\.initialMovement) }

  public init() {}

  public func rate(_ path: inout Path, squaredNorm: Double) -> Double {
    let square = path.distance * path.distance
    path.sum += square * squaredNorm
    return rate(square, over: path.sum)
  }

  public func weight(atDistance distance: Double) -> Double { distance * distance }

  @_specialize(where Scalar == Double)
  @_specialize(where Scalar == Float)
  public func ascend<Scalar: KernelScalar>(
    _ parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>,
    moments: UnsafeMutablePointer<Scalar>, count: Int, part: Range<Int>, factors: UpdateFactors<Scalar>
  ) {
    factors.forEach(part) { i, rate in parameters[i] += rate * gradient[i] }
  }
}
