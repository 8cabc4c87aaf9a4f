/// The values of one metric of one run, in ascending order of step. NaN and infinities become gaps.
public struct StepSeries: Sendable, Hashable {
  public let steps: [Int]
  public let values: [Double]
  /// The least and the largest value around each step, where `values` are means over some steps; else the values.
  let lows: [Double]
  let highs: [Double]

  public var isEmpty: Bool { steps.isEmpty }

  public init(steps: [Int], values: [Double]) {
    self.init(steps: steps, values: values, lows: values, highs: values)
  }

  /// - Parameters:
  ///   - values: means over the steps around each of `steps`.
  ///   - lows: the least values of those steps.
  ///   - highs: the largest ones.
  public init(steps: [Int], values: [Double], lows: [Double], highs: [Double]) {
    precondition(
      steps.count == values.count && steps.count == lows.count && steps.count == highs.count,
      "a value for every step")
    self.steps = steps
    self.values = values
    self.lows = lows
    self.highs = highs
  }

  /// What can be drawn at a place; nil where that is nothing.
  func band(at index: Int) -> EnvelopePoint.Band? {
    let (low, high) = (lows[index], highs[index])
    guard low.isDrawable, high.isDrawable else { return nil }
    // A mean over steps of which one is not finite is none.
    let middle = values[index].isDrawable ? values[index] : low + (high - low) / 2
    return EnvelopePoint.Band(low: low, middle: middle, high: high)
  }
}
