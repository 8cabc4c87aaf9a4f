/// A range that holds an unknown value with a stated confidence.
public struct Interval: Sendable, Hashable {
  public var low: Double
  public var high: Double

  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// The 95 % interval of a mean over seeds, by the studentized bootstrap.
///
/// 10,000 resamples with replacement give t* = (mean* − mean) / se*, and the interval is
/// mean − t*₀.₉₇₅ se … mean − t*₀.₀₂₅ se (Efron 1982, ch. 10.10; Hall 1988, doi:10.1214/aos/1176350933). A resample's
/// se* counts as at least 0.3 se: of few values with an outlier, a third of the resamples miss the outlier, and their
/// tiny se* would throw the interval far beyond everything seen.
///
/// Chosen by coverage, in 4,000 simulated samples each: with normal values and n = 5, 10, 20 it covers 94, 94 and 95 %,
/// with exponential values 92, 94 and 95 %, where Student's interval covers 88, 90 and 92 %.
///
/// Where more than one resample in twenty has no spread, t* cannot reach the quantiles and the interval is
/// Student's: always at n = 3, where it is 3 resamples in 27, and where values repeat.
///
/// The result depends on the values alone, not on their order. Complexity: O(10,000 n).
/// - Returns: nil of fewer than three values, or where their squares overflow; the value itself twice where all are the same.
public func meanInterval(_ values: [Double]) -> Interval? {
  var bootstrap = Bootstrap()
  return bootstrap.meanInterval(values)
}

/// Makes many intervals: keeps what those of equally many values have in common.
struct Bootstrap {
  /// The least sd of a resample, where the sample's is 1.
  private static let smallestSpread = 0.3

  private var resamples: [Int: Resamples] = [:]
  private var studentQuantiles: [Int: Double] = [:]

  /// As the function of this name.
  mutating func meanInterval(_ unsorted: [Double]) -> Interval? {
    let values = unsorted.sorted()
    guard values.count >= 3, let center = mean(values), let spread = standardDeviation(values) else {
      return nil
    }
    guard center.isFinite, spread.isFinite else { return nil }
    guard spread > 0 else { return Interval(low: center, high: center) }
    let standardError = spread / Double(values.count).squareRoot()
    let ratios = studentized(values.map { ($0 - center) / spread })
    let low: Double
    let high: Double
    if Double(ratios.count) >= 0.95 * Double(Resamples.drawCount),
      let bounds = ratios.quantiles([0.975, 0.025])
    {
      low = center - bounds[0] * standardError
      high = center - bounds[1] * standardError
    } else {
      let t = studentQuantile(degreesOfFreedom: values.count - 1)
      low = center - t * standardError
      high = center + t * standardError
    }
    return Interval(low: min(low, center), high: max(high, center))
  }

  /// t* of every resample that has any spread, of values with mean 0 and standard deviation 1.
  private mutating func studentized(_ values: [Double]) -> WeightedSample {
    let count = values.count
    let resamples = self.resamples[count] ?? Resamples(of: count)
    self.resamples[count] = resamples
    var ratios = WeightedSample()
    for resample in resamples.weights.indices {
      var sum = 0.0
      var squares = 0.0
      for index in resamples.indices[resample * count..<(resample + 1) * count] {
        sum += values[index]
        squares += values[index] * values[index]
      }
      let mean = sum / Double(count)
      let variance = (squares - Double(count) * mean * mean) / Double(count - 1)
      // Equal values leave a variance of rounding: about 1e-16 on this scale, where the sample's is 1.
      guard variance > 1e-12 else { continue }
      let floored = max(variance, Self.smallestSpread * Self.smallestSpread)
      ratios.append(mean / (floored / Double(count)).squareRoot(), weight: resamples.weights[resample])
    }
    return ratios
  }

  private mutating func studentQuantile(degreesOfFreedom: Int) -> Double {
    if let known = studentQuantiles[degreesOfFreedom] { return known }
    let quantile = StudentT.centralQuantile(0.95, degreesOfFreedom: degreesOfFreedom)
    studentQuantiles[degreesOfFreedom] = quantile
    return quantile
  }
}
