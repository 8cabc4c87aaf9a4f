/// What is compared, and which way is up.
public struct Metric: Sendable, Hashable {
  public enum Direction: Sendable, Hashable {
    case higherIsBetter, lowerIsBetter
    /// A description of a run rather than a goal.
    case neither
  }

  public var name: String
  public var unit: String
  public var direction: Direction
  /// The region of practical equivalence: differences up to this size to either side, in `unit`, do not matter.
  public var resolution: Double

  public init(name: String, unit: String, direction: Direction, resolution: Double) {
    self.name = name
    self.unit = unit
    self.direction = direction
    self.resolution = resolution
  }

  /// Whether `a` is ahead of `b`; higher values come first where neither way is better.
  public func prefers(_ a: Double, to b: Double) -> Bool {
    direction == .lowerIsBetter ? a < b : a > b
  }
}
