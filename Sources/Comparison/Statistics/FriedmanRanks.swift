/// Treatments ranked within blocks: 1 is the best, ties share the average of their ranks.
///
/// Demšar 2006, "Statistical comparisons of classifiers over multiple data sets", JMLR 7: blocks are models and data sets,
/// treatments are groups. Values of different blocks are never compared with each other, so their scales may differ.
public struct FriedmanRanks: Sendable, Hashable {
  /// The number of blocks.
  public var blocks: Int
  /// By treatment.
  public var averageRanks: [Double]
  /// χ² of Friedman 1937 (doi:10.1080/01621459.1937.10503522), corrected for ties.
  public var statistic: Double
  /// P(χ² ≥ statistic) with k − 1 degrees of freedom: the probability of ranks so far apart where no treatment differs.
  public var p: Double
  /// Two treatments whose average ranks differ by at least so much differ at the 5 % level, all pairs together (Nemenyi
  /// 1963): q₀.₀₅ √(k (k + 1) / 6N), where √2 q₀.₀₅ is the quantile of the studentized range.
  public var criticalDifference: Double

  /// - Parameters:
  ///   - values: finite, `[blocks, treatments]`.
  ///   - prefers: whether the first value is ahead of the second.
  /// - Returns: nil of fewer than two blocks or treatments, and where all values of every block are equal.
  public init?(_ values: [[Double]], prefers: (Double, Double) -> Bool) {
    guard values.count > 1, let treatments = values.first?.count, treatments > 1 else { return nil }
    precondition(values.allSatisfy { $0.count == treatments }, "every block has every treatment")
    let ranks = values.map { FriedmanRanks.ranks($0, prefers: prefers) }
    let (n, k) = (Double(values.count), Double(treatments))
    blocks = values.count
    averageRanks = (0..<treatments).map { place in ranks.reduce(0) { $0 + $1[place] } / n }
    let middle = (k + 1) / 2
    let between = n * averageRanks.reduce(0) { $0 + ($1 - middle) * ($1 - middle) }
    // N k (k + 1) / 12 without ties.
    let within = ranks.joined().reduce(0) { $0 + ($1 - middle) * ($1 - middle) } / (n * (k - 1))
    guard within > 0 else { return nil }
    statistic = between / within
    p = ChiSquare.probability(above: statistic, degreesOfFreedom: treatments - 1)
    criticalDifference =
      StudentizedRange.quantile(0.95, groups: treatments) / 2.0.squareRoot()
      * (k * (k + 1) / (6 * n)).squareRoot()
  }

  private static func ranks(_ values: [Double], prefers: (Double, Double) -> Bool) -> [Double] {
    values.map { value in
      let ahead = values.count { prefers($0, value) }
      let equal = values.count { $0 == value }
      return Double(ahead) + Double(equal + 1) / 2
    }
  }
}
