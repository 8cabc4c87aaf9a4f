/// Gradient ascent whose learning rate follows from the run itself: how far it has come, and how large its gradients were.
public protocol PathOptimizer: ElementwiseOptimizer {
  /// How far the first update goes, relative to 1 + ‖φ₀‖: r_ε of the papers.
  var initialMovement: Double { get }
  /// The learning rate of the next update.
  ///
  /// - Parameters:
  ///   - path: with the distance up to the iterate that the update starts from; takes the gradient there into its sum.
  ///   - squaredNorm: that of this gradient, clipped where clipping is on.
  func rate(_ path: inout Path, squaredNorm: Double) -> Double
  /// What an iterate counts for in the average, by the largest distance up to it.
  func weight(atDistance distance: Double) -> Double
}

/// What a run has behind it, in two numbers.
public struct Path: Sendable {
  /// r̄: the largest Euclidean distance of an iterate from the start; at first that of the initial movement.
  public var distance: Double
  /// Of the squared norms of the gradients, as the rule weighs them.
  public var sum = 0.0
}

extension PathOptimizer {
  public var rule: UpdateRule { .path(self) }

  /// movement / √sum; 0 where all gradients were 0.
  func rate(_ movement: Double, over sum: Double) -> Double { sum > 0 ? movement / sum.squareRoot() : 0 }
}

extension Option where Root: PathOptimizer {
  /// The options that these optimizers share.
  static func path(_ initialMovement: Property<Double>) -> [Option<Root>] {
    iterateControl + [
      .number(
        "initial_movement", initialMovement, .positive, "length of the first step, relative to 1 + ‖start‖")
    ]
  }
}
