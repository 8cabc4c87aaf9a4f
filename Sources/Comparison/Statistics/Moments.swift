import Foundation

/// The arithmetic mean; nil of nothing, or where the sum overflows.
public func mean(_ values: [Double]) -> Double? {
  guard let first = values.first else { return nil }
  // Summing differences keeps the digits of values that are large and close together.
  let mean = first + values.reduce(0) { $0 + ($1 - first) } / Double(values.count)
  return mean.isFinite ? mean : nil
}

/// The quantile at `probability` by linear interpolation of order statistics (Hyndman & Fan 1996, type 7).
public func quantile(_ values: [Double], _ probability: Double) -> Double? {
  quantile(sorted: values.sorted(), probability)
}

/// `quantile` of values that are in ascending order already.
func quantile(sorted: [Double], _ probability: Double) -> Double? {
  guard !sorted.isEmpty else { return nil }
  let position = probability * Double(sorted.count - 1)
  let below = Int(position)
  let above = min(below + 1, sorted.count - 1)
  return sorted[below] + (position - Double(below)) * (sorted[above] - sorted[below])
}

public func median(_ values: [Double]) -> Double? {
  quantile(values, 0.5)
}

/// The sample standard deviation (n − 1); nil of fewer than two values.
public func standardDeviation(_ values: [Double]) -> Double? {
  guard values.count > 1, let center = mean(values) else { return nil }
  let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
  return (squares / Double(values.count - 1)).squareRoot()
}
