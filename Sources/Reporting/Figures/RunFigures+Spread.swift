public import Comparison
public import Plotting
import Tracking

/// The figures of ranks and of variance.
extension RunFigures {
  /// The shares of the variance of a complete grid that keys, pairs of keys and the seed account for, the largest first.
  public func variance(name: String, shares: VarianceShares) -> VarianceFigure {
    let keys = Set(shares.shares.flatMap(\.factors)).sorted()
    let named = shares.shares.map { share in
      VarianceFigure.Share(
        label: share.factors.map { KeyName.last($0, among: keys) }.joined(separator: " × "),
        share: share.fraction)
    }
    let sorted = (named + [.init(label: "remainder", share: shares.remainder)]).enumerated()
      .sorted { ($1.element.share, $0.offset) < ($0.element.share, $1.offset) }.map(\.element)
    let shown = sorted.prefix(Self.mostRows)
    return VarianceFigure(
      name: name, title: "variance of \(metric.name), \(comparison.context)",
      note: FigureNotes.joined([
        "exact analysis of variance of \(shares.cells) cells and \(shares.seeds.count) seeds; in all a spread of "
          + Self.axisLabel(NumberText.rounded(shares.spread), unit: metric.unit),
        shown.count < sorted.count ? "first \(shown.count) of \(sorted.count) shares" : "",
        FigureNotes.exclusions(comparison.groups),
      ]), shares: Array(shown))
  }
}

extension RunComparison {
  /// Average ranks over the models and data sets, with the difference from which two groups differ; nil where the groups
  /// cannot be ranked, as with fewer than three of either.
  public func ranks(name: String) -> RanksFigure? {
    guard !contexts.contains(where: \.comparison.isRefused),
      let ranks = GroupRanks(contexts.map(\.comparison))
    else { return nil }
    let difference = ranks.friedman.criticalDifference
    return RanksFigure(
      name: name,
      title: "average rank by \(contexts[0].comparison.metric.name) over \(ranks.contexts.count) data sets",
      note: FigureNotes.joined([
        "1 is best; bars join groups that are not told apart (Nemenyi, 5 %)",
        "Friedman's test: p = \(NumberText.rounded(ranks.friedman.p, figures: 2))",
        FigureNotes.exclusions(contexts.flatMap(\.comparison.groups)),
      ]),
      entries: zip(ranks.groups, ranks.averageRanks).map { .init(label: "\($0)", rank: $1) },
      criticalDifference: difference, cliques: Self.cliques(ranks.averageRanks, within: difference))
  }

  /// The largest sets of neighbours, in the order of their ranks, whose first and last differ by less than the critical
  /// difference.
  static func cliques(_ ranks: [Double], within difference: Double) -> [[Int]] {
    var cliques: [Range<Int>] = []
    for start in ranks.indices {
      let end = ranks[start...].firstIndex { $0 - ranks[start] >= difference } ?? ranks.endIndex
      if end - start > 1, end > cliques.last?.upperBound ?? 0 { cliques.append(start..<end) }
    }
    return cliques.map(Array.init)
  }
}
