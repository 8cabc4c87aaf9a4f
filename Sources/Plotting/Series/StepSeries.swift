/// The values of one metric of one run, in ascending order of step. NaN and infinities become gaps.
public struct StepSeries: Sendable, Hashable {
  public let steps: [Int]
  public let values: [Double]

  public var isEmpty: Bool { steps.isEmpty }

  public init(steps: [Int], values: [Double]) {
    precondition(steps.count == values.count, "a value for every step")
    self.steps = steps
    self.values = values
  }
}
