/// What a run recorded of one metric, without the values.
public struct MetricSummary: Sendable, Hashable {
  /// The number of values.
  public var count: Int
  public var firstStep: Int
  public var lastStep: Int
  /// The least and the largest value that is not NaN; NaN where all are.
  public var minimum: Double
  public var maximum: Double
  public var mean: Double
  /// The value at the last step.
  public var last: Double
  /// The first step whose value is NaN or infinite; nil where there is none.
  public var firstNonFiniteStep: Int?

  public init(
    count: Int, firstStep: Int, lastStep: Int, minimum: Double, maximum: Double, mean: Double, last: Double,
    firstNonFiniteStep: Int?
  ) {
    self.count = count
    self.firstStep = firstStep
    self.lastStep = lastStep
    self.minimum = minimum
    self.maximum = maximum
    self.mean = mean
    self.last = last
    self.firstNonFiniteStep = firstNonFiniteStep
  }
}

/// A summary in the making, from what rows of values say of themselves, in the order of their steps.
struct SummaryBuilder {
  private var count = 0
  private var firstStep = 0
  private var lastStep = 0
  private var minimum = Double.nan
  private var maximum = Double.nan
  private var sum = 0.0
  private var last = Double.nan
  private var firstNonFiniteStep: Int?

  mutating func add(_ header: BlockHeader, firstStep: Int, lastStep: Int, count: Int) {
    if self.count == 0 { self.firstStep = firstStep }
    self.lastStep = lastStep
    self.count += count
    // A comparison with NaN is false.
    if !(minimum <= header.minimum) { minimum = header.minimum.isNaN ? minimum : header.minimum }
    if !(maximum >= header.maximum) { maximum = header.maximum.isNaN ? maximum : header.maximum }
    sum += header.sum
    last = header.last
    if firstNonFiniteStep == nil { firstNonFiniteStep = header.firstNonFiniteStep }
  }

  /// nil of nothing.
  var summary: MetricSummary? {
    guard count > 0 else { return nil }
    return MetricSummary(
      count: count, firstStep: firstStep, lastStep: lastStep, minimum: minimum, maximum: maximum,
      mean: sum / Double(count), last: last, firstNonFiniteStep: firstNonFiniteStep)
  }
}
