/// How many of some runs have a property, with what that says of the rate.
public struct Proportion: Sendable, Hashable {
  public var count: Int
  public var total: Int

  /// - Precondition: 0 ≤ count ≤ total.
  public init(count: Int, total: Int) {
    precondition(count >= 0 && count <= total, "a part of the whole")
    self.count = count
    self.total = total
  }

  /// The share; nil of nothing.
  public var rate: Double? { total > 0 ? Double(count) / Double(total) : nil }

  /// The 95 % score interval of the rate (Wilson 1927, doi:10.1080/01621459.1927.10502953), without continuity
  /// correction; nil of nothing.
  ///
  /// It stays within 0 … 1, and of 0 in 5 it says 0 … 0.43: no diverged run among few is no proof that none diverges.
  public var interval: Interval? {
    guard let rate else { return nil }
    let n = Double(total)
    let z = Normal.quantile(0.975)
    let scale = 1 + z * z / n
    let center = (rate + z * z / (2 * n)) / scale
    let side = z / scale * (rate * (1 - rate) / n + z * z / (4 * n * n)).squareRoot()
    // At 0 and 1 the bound is exact, and rounding would miss it.
    return Interval(
      low: count == 0 ? 0 : max(center - side, 0), high: count == total ? 1 : min(center + side, 1))
  }
}
