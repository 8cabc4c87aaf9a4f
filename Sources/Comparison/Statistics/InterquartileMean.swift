/// The mean of the middle half: without the ⌊n/4⌋ smallest and the ⌊n/4⌋ largest values; nil of nothing.
///
/// Less moved by single seeds than the mean, and less noisy than the median (Agarwal et al. 2021, "Deep reinforcement
/// learning at the edge of the statistical precipice", arXiv:2108.13264, whose rliable trims as SciPy's `trim_mean` does:
/// whole values).
public func interquartileMean(_ values: [Double]) -> Double? {
  let trimmed = values.count / 4
  return mean(Array(values.sorted()[trimmed..<(values.count - trimmed)]))
}
