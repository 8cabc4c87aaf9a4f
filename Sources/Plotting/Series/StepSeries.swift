/// The values of one metric of one run, in ascending order of step. NaN and infinities become gaps.
public struct StepSeries: Sendable, Hashable {
  public let steps: [Int]
  public let values: [Double]
  /// The least and the largest value around each step, where `values` are means over some steps; else the values.
  public let lows: [Double]
  public let highs: [Double]
  /// What a step counts on the x axis: 1 where the axis counts steps.
  public var unitsPerStep = 1.0

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

  /// How far the values are below `level`: what is lowest of one is highest of the other.
  public func gap(to level: Double) -> StepSeries {
    var gap = StepSeries(
      steps: steps, values: values.map { level - $0 }, lows: highs.map { level - $0 },
      highs: lows.map { level - $0 })
    gap.unitsPerStep = unitsPerStep
    return gap
  }

  /// The place on the x axis.
  func position(at index: Int) -> Double { Double(steps[index]) * unitsPerStep }

  /// What can be drawn at a place; nil where that is nothing.
  func band(at index: Int) -> EnvelopePoint.Band? {
    let (low, high) = (lows[index], highs[index])
    guard low.isDrawable, high.isDrawable else { return nil }
    // A mean over steps of which one is not finite is none.
    let middle = values[index].isDrawable ? values[index] : low + (high - low) / 2
    return EnvelopePoint.Band(
      low: low, lowerQuartile: middle, middle: middle, upperQuartile: middle, high: high)
  }
}
