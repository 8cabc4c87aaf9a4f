import NumericArrays

/// One update at a time of every lane's location and factor.
final class LocationScaleUpdate<Scalar: KernelScalar> {
  private let optimizer: any LocationScaleOptimizer
  private let lanes: Int
  /// `[lanes]`; nil where β has no say in the objective.
  private let betas: UnsafePointer<Scalar>?
  private var q: LocationScale

  /// - Precondition: the run's family is one of a location and a factor.
  init(
    _ optimizer: any LocationScaleOptimizer, _ settings: RunSettings, lanes: Int,
    betas: UnsafeMutableBufferPointer<Scalar>?
  ) {
    guard case .inference(let task) = settings.task, let family = task.family as? any LocationScaleFamily
    else { preconditionFailure("a family of another kind is refused") }
    self.optimizer = optimizer
    self.lanes = lanes
    self.betas = UnsafePointer(betas?.baseAddress)
    q = LocationScale(dimension: task.model.dimension, base: family.base)
  }

  func ascend(
    _ parameters: UnsafeMutablePointer<Scalar>, gradient: UnsafePointer<Scalar>, rates: UnsafePointer<Scalar>
  ) {
    for lane in 0..<lanes {
      q.read(UnsafePointer(parameters), gradient: gradient, lane: lane, lanes: lanes)
      optimizer.ascend(&q, rate: Double(rates[lane]), beta: betas.map { Double($0[lane]) } ?? 1)
      q.write(parameters, lane: lane, lanes: lanes)
    }
  }
}
