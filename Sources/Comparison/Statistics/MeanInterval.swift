/// A range that holds an unknown value with a stated confidence.
public struct Interval: Sendable, Hashable {
  public var low: Double
  public var high: Double

  public init(low: Double, high: Double) {
    self.low = low
    self.high = high
  }
}

/// The interval of a mean over seeds, by the studentized bootstrap.
///
/// 10,000 resamples with replacement give t* = (mean* − mean) / se*, and the 95 % interval is
/// mean − t*₀.₉₇₅ se … mean − t*₀.₀₂₅ se (Efron 1982, ch. 10.10; Hall 1988, doi:10.1214/aos/1176350933). A resample's
/// se* counts as at least 0.3 se: of few values with an outlier, a third of the resamples miss the outlier, and their
/// tiny se* would throw the interval far beyond everything seen.
///
/// Chosen by its coverage. Of 10,000 samples with known mean the 95 % intervals hold it in so many per cent
/// (`WB_SIMULATE=10000 swift test -c release --filter CoverageTests`; a standard error is 0.2):
///
/// | values | n | studentized | BCa | Student |
/// |---|---|---|---|---|
/// | normal | 5, 10, 20 | 94.4, 94.9, 95.2 | 83.7, 89.6, 92.7 | 95.2, 94.9, 94.7 |
/// | exponential | 5, 10, 20 | 91.3, 94.1, 94.7 | 79.5, 87.6, 91.2 | 87.9, 89.6, 91.7 |
/// | log-normal, σ = 0.5 | 5, 10, 20 | 92.7, 93.8, 94.4 | 80.9, 87.4, 91.4 | 91.4, 91.5, 92.7 |
/// | Student t, 3 df | 5, 10, 20 | 94.6, 93.1, 92.7 | 81.4, 86.3, 88.9 | 96.5, 96.0, 95.7 |
///
/// Where more resamples have no spread than the interval may miss, one in twenty at 95 %, t* cannot reach the quantiles
/// and the interval is Student's: always at n = 3, where it is 3 resamples in 27, and where values repeat. It is Student's too of more than 250
/// values, where skewness has all but gone from a mean: with exponential values and n = 251 it covers 94.6 % of 40,000 samples.
///
/// The result depends on the values alone, not on their order. Complexity: O(10,000 n).
/// - Parameter confidence: from 0.5 to 0.999; further out 10,000 resamples say nothing.
/// - Returns: nil of fewer than three values, or where their squares overflow; the value itself twice where all are the same.
public func meanInterval(_ values: [Double], confidence: Double = 0.95) -> Interval? {
  var bootstrap = Bootstrap()
  return bootstrap.meanInterval(values, confidence: confidence)
}

/// Makes many intervals: keeps what those of equally many values have in common.
package struct Bootstrap {
  /// The least sd of a resample, where the sample's is 1.
  private static let smallestSpread = 0.3

  private var resamples: [Int: Resamples] = [:]
  private var studentQuantiles: [StudentKey: Double] = [:]
  private var ratios = WeightedSample()

  package init() {}

  /// As the function of this name.
  package mutating func meanInterval(_ unsorted: [Double], confidence: Double = 0.95) -> Interval? {
    precondition(confidence >= 0.5 && confidence < 0.9991, "a confidence that resamples can show")
    let values = unsorted.sorted()
    guard values.count >= 3, let center = mean(values), let spread = standardDeviation(values) else {
      return nil
    }
    guard center.isFinite, spread.isFinite else { return nil }
    guard spread > 0 else { return Interval(low: center, high: center) }
    let standardError = spread / Double(values.count).squareRoot()
    let low: Double
    let high: Double
    if let ratios = studentized(values.map { ($0 - center) / spread }, confidence) {
      low = center - ratios.high * standardError
      high = center - ratios.low * standardError
    } else {
      let t = studentQuantile(StudentKey(degreesOfFreedom: values.count - 1, confidence: confidence))
      low = center - t * standardError
      high = center + t * standardError
    }
    return Interval(low: min(low, center), high: max(high, center))
  }

  /// The quantiles of t* that leave (1 − confidence) / 2 on each side, over the resamples that have any spread, of values with mean 0 and standard deviation 1;
  /// nil where they are too few.
  private mutating func studentized(_ values: [Double], _ confidence: Double) -> Interval? {
    let count = values.count
    guard count <= Resamples.mostValues else { return nil }
    let resamples = self.resamples[count] ?? Resamples(of: count)
    self.resamples[count] = resamples
    let squares = values.map { $0 * $0 }
    let (size, others) = (Double(count), Double(count - 1))
    ratios.removeAll()
    for group in stride(from: 0, to: resamples.weights.count, by: Resamples.lanes) {
      var sums = SIMD4<Double>.zero
      var squareSums = SIMD4<Double>.zero
      let first = group / Resamples.lanes * count
      for index in 0..<count {
        let drawn = resamples.counts[first + index]
        sums += drawn * values[index]
        squareSums += drawn * squares[index]
      }
      let means = sums / size
      let variances = (squareSums - size * means * means) / others
      // As t* ascends, so does t* |t*| / n, which takes no root.
      let floored = variances.replacing(
        with: Self.smallestSpread * Self.smallestSpread,
        where: variances .< Self.smallestSpread * Self.smallestSpread)
      let signed = means * means.replacing(with: -means, where: means .< 0) / floored
      for lane in 0..<Resamples.lanes where variances[lane] > Self.rounding {
        ratios.append(signed[lane], weight: resamples.weights[group + lane])
      }
    }
    guard Double(ratios.count) >= confidence * Double(Resamples.drawCount) else { return nil }
    let positions = [(1 - confidence) / 2, (1 + confidence) / 2].map { $0 * Double(ratios.count - 1) }
    guard let found = ratios.orderStatistics(positions.flatMap { [Int($0), Int($0) + 1] }) else { return nil }
    let statistics = found.map { ($0 < 0 ? -1 : 1) * ($0.magnitude * size).squareRoot() }
    func quantile(_ index: Int) -> Double {
      let fraction = positions[index] - positions[index].rounded(.down)
      return statistics[2 * index] + fraction * (statistics[2 * index + 1] - statistics[2 * index])
    }
    return Interval(low: quantile(0), high: quantile(1))
  }

  /// Equal values leave a variance of rounding: about 1e-16 where the sample's is 1.
  private static let rounding = 1e-12

  private struct StudentKey: Hashable {
    var degreesOfFreedom: Int
    var confidence: Double
  }

  private mutating func studentQuantile(_ key: StudentKey) -> Double {
    if let known = studentQuantiles[key] { return known }
    let quantile = StudentT.centralQuantile(key.confidence, degreesOfFreedom: key.degreesOfFreedom)
    studentQuantiles[key] = quantile
    return quantile
  }
}
