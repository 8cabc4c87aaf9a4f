public import Comparison

/// What a factor explains, as a listing and as a sentence.
public enum VarianceTable {
  /// One row per factor, seed, pair and the remainder, in per cent of the total sum of squares; largest first.
  public static func table(_ shares: VarianceShares) -> Table {
    Table(
      columns: [
        Table.Column("source", isKey: true), Table.Column("share", title: "% of variance", alignment: .right),
      ],
      rows: ordered(shares).map { [.text($0.name), .number(100 * $0.fraction, digits: 1)] })
  }

  /// The largest shares, down to 1 %.
  public static func sentence(_ shares: VarianceShares, metric: Metric) -> String {
    let large = ordered(shares).filter { $0.fraction >= 0.01 }.prefix(6)
    let parts = large.map { "\($0.name) \(NumberText.fixed(100 * $0.fraction, digits: 1)) %" }
    return "Variance of \(metric.name) over the grid: " + parts.joined(separator: ", ") + "."
  }

  /// The last part of a key, where that names one alone.
  private static func ordered(_ shares: VarianceShares) -> [(name: String, fraction: Double)] {
    let keys = Set(shares.shares.flatMap(\.factors))
    func name(_ key: String) -> String {
      guard let last = key.split(separator: ".").last else { return key }
      return keys.count { $0.split(separator: ".").last == last } > 1 ? key : String(last)
    }
    let named = shares.shares.map { share in
      (name: share.factors.map(name).joined(separator: " × "), fraction: share.fraction)
    }
    return (named + [(name: "remainder", fraction: shares.remainder)])
      .enumerated().sorted { ($1.element.fraction, $0.offset) < ($0.element.fraction, $1.offset) }
      .map(\.element)
  }
}
