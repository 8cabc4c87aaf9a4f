/// The middle of the values, or the mean of the two in the middle; NaN of none.
package func median(_ values: [Double]) -> Double {
  guard !values.isEmpty else { return .nan }
  let sorted = values.sorted()
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// Half the range of the values relative to their median: what the repeats leave open.
package func halfRange(_ values: [Double]) -> Double {
  guard let least = values.min(), let greatest = values.max() else { return .nan }
  return (greatest - least) / 2 / median(values)
}
