/// A log density that others compute: at one point, with its gradient, in double precision.
///
/// Threads that replay programs evaluate it at the same time.
public protocol ExternalDensity: AnyObject, Sendable {
  /// The log density at a point, and its gradient `[D]`; both NaN where it cannot be evaluated.
  func logDensity(
    at point: UnsafeBufferPointer<Double>, gradient: UnsafeMutableBufferPointer<Double>
  ) -> Double
}

extension Traced {
  /// The log density at this vector `[D]`, a scalar: one evaluation gives value and gradient. Differentiable once; a program that holds
  /// it has one lane.
  public func externalDensity(_ density: any ExternalDensity) -> Traced {
    let packed = tape.record(
      .externalDensity(tape.addDensity(density)), [self], Layout(Shape(count + 1), extent))
    return tape.record(.externalValue, [packed, self], Layout(.scalar, extent))
  }
}
