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

  /// log Σ exp(x), the maximum taken out first: exp overflows above 709. -inf of nothing.
  public static func logSumExp(_ values: [Double]) -> Double {
    guard let largest = values.max(), largest.isFinite else {
      return values.contains(where: \.isNaN) ? .nan : values.max() ?? -.infinity
    }
    guard !values.contains(where: \.isNaN) else { return .nan }
    return largest + SpecialFunctions.log(sum(values.map { SpecialFunctions.exp($0 - largest) }))
  }
}
