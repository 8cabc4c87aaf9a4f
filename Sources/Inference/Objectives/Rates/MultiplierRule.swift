import Foundation

/// How a Lagrange multiplier follows its constraint C ≤ 0: log λ rises at every step by `rate` times the moving average of C (Rezende &
/// Viola 2018, algorithm 1).
public struct MultiplierRule: Sendable {
  /// Of log λ, per nat of the constraint.
  public var rate = 0.001
  /// α: the average is α times itself plus 1 − α times the step's constraint; it begins with the first.
  public var decay = 0.99
  /// λ of the first step.
  public var start = 1.0

  public init() {}

  /// What λ is held in, so that a tolerance that cannot be met does not take it out of floating point.
  public static let range = 1e-8...1e8
}

/// The multiplier of one run.
struct Multiplier {
  private let rule: MultiplierRule
  private(set) var value: Double
  /// The moving average of the constraint; nil before the first step.
  private(set) var average: Double?

  init(_ rule: MultiplierRule) {
    self.rule = rule
    value = rule.start
  }

  /// Takes the constraint of a step into the average.
  mutating func observe(_ constraint: Double) {
    average = average.map { rule.decay * $0 + (1 - rule.decay) * constraint } ?? constraint
  }

  /// Moves to the next step.
  mutating func advance() {
    guard let average else { return }
    let moved = value * Foundation.exp(rule.rate * average)
    value = min(max(moved, MultiplierRule.range.lowerBound), MultiplierRule.range.upperBound)
  }

  private static let key = "multiplier"
  private static let averageKey = "constraint_average"

  func save(into state: inout FitState) {
    state.numbers[Self.key] = [value]
    state.numbers[Self.averageKey] = average.map { [$0] } ?? []
  }

  /// Whether a state has all that ``restore(from:)`` takes.
  static func isIn(_ state: FitState) -> Bool {
    state.number(key) != nil && state.number(averageKey) != nil
  }

  mutating func restore(from state: FitState) {
    value = state.number(Self.key) ?? value
    average = state.number(Self.averageKey)
  }
}
