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

  /// The value that would stand at a place, counted from 0, if the values were sorted (Hoare 1961): n operations on average.
  ///
  /// - Precondition: the place is one of theirs, and none is NaN.
  public static func ordered(_ place: Int, of values: [Double]) -> Double {
    precondition(values.indices.contains(place), "no such place")
    var values = values
    return values.withUnsafeMutableBufferPointer { values in
      var (low, high) = (0, values.count - 1)
      while low < high {
        let pivot = values[low + (high - low) / 2]
        var (left, right) = (low, high)
        while left <= right {
          while values[left] < pivot { left += 1 }
          while values[right] > pivot { right -= 1 }
          guard left <= right else { break }
          values.swapAt(left, right)
          left += 1
          right -= 1
        }
        // Between the two every value is the pivot.
        if place <= right {
          high = right
        } else if place >= left {
          low = left
        } else {
          break
        }
      }
      return values[place]
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
