/// Gradient ascent of a location–scale family, whose φ it takes for what it says: z = location + C x with a lower factor C.
public protocol LocationScaleOptimizer: GradientOptimizer {
  /// Why it cannot move a run's φ; nil where it can.
  static func obstacle(family: any Family, objective: any Objective) -> SettingsProblem?

  /// Moves q uphill by one update.
  ///
  /// - Parameters:
  ///   - rate: the learning rate, schedule and warm-up applied.
  ///   - beta: the weight of the entropy in the objective.
  func ascend(_ q: inout LocationScale, rate: Double, beta: Double)
}

extension LocationScaleOptimizer {
  public var rule: UpdateRule { .locationScale(self) }
}
