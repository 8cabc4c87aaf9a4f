/// Summary statistics of plain arrays; NaN propagates.
public enum Statistics {
  /// The arithmetic mean; NaN of nothing.
  public static func mean(_ values: [Double]) -> Double {
    sum(values) / Double(values.count)
  }

  /// Σ (x - mean)² / (n - ddof), in two passes; NaN where n ≤ ddof.
  public static func variance(_ values: [Double], ddof: Int = 1) -> Double {
    guard values.count > ddof else { return .nan }
    let center = mean(values)
    let deviations = values.map { $0 - center }
    return sum(deviations.map { $0 * $0 }) / Double(values.count - ddof)
  }

  public static func standardDeviation(_ values: [Double], ddof: Int = 1) -> Double {
    variance(values, ddof: ddof).squareRoot()
  }

  /// The standard error of the mean of independent values: sqrt(variance / n); NaN below two values.
  public static func standardError(_ values: [Double]) -> Double {
    (variance(values) / Double(values.count)).squareRoot()
  }

  /// The sum in the fixed lanes of the kernels.
  public static func sum(_ values: [Double]) -> Double {
    values.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return 0 }
      return Double.kernelSum(base, buffer.count)
    }
  }

  /// The places of the largest values, these ascending; of equal values the first is the largest.
  ///
  /// Some of the values say about where the least of the largest is, and only what is above that is sorted.
  ///
  /// - Precondition: there are as many, and none is NaN.
  public static func largest(_ count: Int, of values: [Double]) -> [Int] {
    precondition(count <= values.count, "not so many values")
    let sample = stride(from: 0, to: values.count, by: max(16, values.count / 64)).map { values[$0] }.sorted()
    let expected = count * sample.count / max(1, values.count)
    let rank = sample.count - 3 - expected - expected / 2
    func above(_ floor: Double) -> [(value: Double, place: Int)] {
      values.indices.compactMap { values[$0] >= floor ? (values[$0], $0) : nil }
    }
    var largest = rank >= 0 ? above(sample[rank]) : []
    if largest.count < count { largest = above(-.infinity) }
    largest.sort { $0.value < $1.value || ($0.value == $1.value && $0.place > $1.place) }
    return largest.suffix(count).map(\.place)
  }

  /// log Σ exp(x), the maximum taken out first: exp overflows above 709. -inf of nothing.
  public static func logSumExp(_ values: [Double]) -> Double {
    guard let largest = values.max(), largest.isFinite else {
      return values.contains(where: \.isNaN) ? .nan : values.max() ?? -.infinity
    }
    guard !values.contains(where: \.isNaN) else { return .nan }
    return largest + SpecialFunctions.log(sum(values.map { SpecialFunctions.exp($0 - largest) }))
  }
}
