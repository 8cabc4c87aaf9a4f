/// The test that numbers in [0, 1] are symmetric about ½, by the largest distance D between the distribution functions of p and of 1 − p:
/// the two-sample Kolmogorov–Smirnov statistic of VSBC (Yao, Vehtari, Simpson & Gelman 2018, section 3.2).
///
/// p and 1 − p are no independent samples, so the p of two samples would be wrong. By symmetry each number is on either side with probability
/// ½, whatever its distance from ½: passed from the farthest to the nearest, the excess of one side is a symmetric random walk, and n D is
/// the farthest that it gets (Butler 1969, "A test for symmetry using the sample distribution function", Ann. Math. Stat. 40).
public enum SymmetryTest {
  /// D; nil of nothing, or where a number is outside [0, 1].
  public static func distance(_ values: [Double]) -> Double? {
    guard !values.isEmpty, values.allSatisfy({ $0 >= 0 && $0 <= 1 }) else { return nil }
    let offsets = values.map { $0 - 0.5 }.sorted { abs($0) > abs($1) }
    var (excess, farthest) = (0, 0)
    for (index, offset) in offsets.enumerated() {
      excess += offset > 0 ? 1 : offset < 0 ? -1 : 0
      // Numbers at the same distance are passed together.
      let isLast = index + 1 == offsets.count || abs(offsets[index + 1]) < abs(offset)
      if isLast { farthest = max(farthest, abs(excess)) }
    }
    return Double(farthest) / Double(values.count)
  }

  /// P(D ≥ `distance`) of `count` symmetric numbers, no two of them at the same distance from ½, exactly: where some are, it is at most that.
  ///
  /// The walk is followed until it leaves ±(n D − 1). Complexity: O(count² distance).
  public static func probability(above distance: Double, count: Int) -> Double {
    let bound = Int((distance * Double(count)).rounded())
    guard bound > 0 else { return 1 }
    // The places −bound … bound, of which the outermost are never left again.
    var within = [Double](repeating: 0, count: 2 * bound + 1)
    within[bound] = 1
    var outside = 0.0
    for _ in 0..<count {
      var next = [Double](repeating: 0, count: within.count)
      for place in 1..<within.count - 1 {
        next[place - 1] += 0.5 * within[place]
        next[place + 1] += 0.5 * within[place]
      }
      outside += next[0] + next[2 * bound]
      (next[0], next[2 * bound]) = (0, 0)
      within = next
    }
    return min(outside, 1)
  }
}
