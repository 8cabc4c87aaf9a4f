/// Average ranks with the difference that is needed to tell two of them apart: a critical-difference diagram (Demšar
/// 2006, Statistical comparisons of classifiers over multiple data sets, https://jmlr.org/papers/v7/demsar06a.html).
public struct RanksFigure: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var label: String
    /// The average rank; 1 is best.
    public var rank: Double

    public init(label: String, rank: Double) {
      self.label = label
      self.rank = rank
    }
  }

  public var name: String
  public var title: String
  public var note: String
  public var entries: [Entry]
  /// The critical difference of two average ranks; nil where none is known.
  public var criticalDifference: Double?
  /// The indices into `entries` of groups that cannot be told apart.
  public var cliques: [[Int]]

  public init(
    name: String, title: String, note: String = "", entries: [Entry], criticalDifference: Double?,
    cliques: [[Int]]
  ) {
    precondition(cliques.joined().allSatisfy(entries.indices.contains), "a clique is of entries")
    self.name = name
    self.title = title
    self.note = note
    self.entries = entries
    self.criticalDifference = criticalDifference
    self.cliques = cliques
  }

  /// A label and its line from the axis to the side.
  private struct Branch {
    var entry: Entry
    var isLeft: Bool
    /// The line of text, counted down from the axis.
    var row: Int
  }

  /// The figure as script and data: the axis on top, the better half of the names on the left, the others on the right.
  /// - Throws: `PlottingError.nothingToDraw` of fewer than two finite ranks.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let finite = entries.filter { $0.rank.isDrawable }
    guard finite.count > 1 else { throw .nothingToDraw(name: name) }
    let bars = bars()
    let branches = Self.branches(finite, below: bars.count)
    let rows = Double((branches.map(\.row).max() ?? 0) + 1)
    let top = Double(max(finite.count, 2))
    let heading = Drawing.heading(title: title, note: note)
    // A letter takes about 0.009 of the picture's width; what is left of it must hold the ranks.
    let longest = branches.map { min(Self.label($0.entry).count, Self.labelLimit) }.max() ?? 0
    let margin = min(max(0.03 + 0.009 * Double(longest), 0.15), 0.4)
    let difference = criticalDifference.flatMap { $0.isDrawable && $0 > 0 && $0 < top ? $0 : nil }
    return Drawing(
      name: file, height: 150 + Int(28 * (rows + 2)) + heading.extraHeight,
      settings: heading.settings + [
        "set lmargin at screen \(Drawing.text(margin))", "set rmargin at screen \(Drawing.text(1 - margin))",
        "set bmargin 1", "unset key", "unset ytics",
        "set border 0", "set xrange [1:\(Drawing.text(top))]",
        "set yrange [\(Drawing.text(-rows)):\(difference == nil ? "0.8" : "2.6")]",
        "set xtics 1,\(finite.count > 12 ? finite.count / 6 : 1) axis offset 0,1.9 scale 0 textcolor rgb '#222222'",
        "set xzeroaxis linetype 1 linecolor rgb '#000000' linewidth 1.5",
      ]
        + branches.map { branch in
          "set label \(GnuplotText.literal(Self.label(branch.entry), limit: Self.labelLimit)) "
            + "at graph \(branch.isLeft ? "-0.02" : "1.02"), first \(-branch.row) "
            + (branch.isLeft ? "right" : "left")
        } + (difference.map { Self.ruler($0) } ?? []),
      plot: [
        "'\(file)-ticks.dat' using 1:2 with lines linewidth 1.2 linecolor rgb '#000000'",
        "'\(file)-branches.dat' using 1:2 with lines linewidth 1.2 linecolor rgb '#666666'",
      ]
        + (bars.isEmpty
          ? []
          : ["'\(file)-cliques.dat' using 1:2 with lines linewidth 6 linecolor rgb '#0072B2'"])
        + (difference == nil
          ? [] : ["'\(file)-difference.dat' using 1:2 with lines linewidth 2 linecolor rgb '#000000'"]),
      data: [
        Drawing.DataFile(name: "\(file)-ticks.dat", contents: Self.ticks(finite.count)),
        Drawing.DataFile(name: "\(file)-branches.dat", contents: Self.lines(branches, through: top)),
      ] + (bars.isEmpty ? [] : [Drawing.DataFile(name: "\(file)-cliques.dat", contents: Self.text(bars))])
        + (difference.map {
          [Drawing.DataFile(name: "\(file)-difference.dat", contents: Self.text(ruler: $0))]
        } ?? []))
  }

  private static let labelLimit = 41

  private static func label(_ entry: Entry) -> String { "\(entry.label) (\(text(entry.rank)))" }

  /// The best names from the top down on the left, the worst from the top down on the right.
  private static func branches(_ entries: [Entry], below bars: Int) -> [Branch] {
    let sorted = entries.sorted { ($0.rank, $0.label) < ($1.rank, $1.label) }
    let half = (sorted.count + 1) / 2
    return sorted.enumerated().map { index, entry in
      let isLeft = index < half
      return Branch(
        entry: entry, isLeft: isLeft, row: 1 + (bars + 1) / 2 + (isLeft ? index : sorted.count - 1 - index))
    }
  }

  /// The range of ranks of each clique of at least two.
  private func bars() -> [ClosedRange<Double>] {
    cliques.compactMap { clique in
      let ranks = clique.map { entries[$0].rank }.filter(\.isDrawable)
      guard ranks.count > 1, let low = ranks.min(), let high = ranks.max() else { return nil }
      return low...high
    }
  }

  private static func ticks(_ count: Int) -> String {
    "# rank height\n" + (1...count).map { "\($0) 0\n\($0) 0.25\n" }.joined(separator: "\n")
  }

  private static func lines(_ branches: [Branch], through top: Double) -> String {
    "# rank height\n"
      + branches.map { branch in
        let rank = text(data: branch.entry.rank)
        return "\(rank) 0\n\(rank) \(-branch.row)\n\(branch.isLeft ? "1" : text(data: top)) \(-branch.row)\n"
      }.joined(separator: "\n")
  }

  /// The bars a third of a line apart, each a little longer than its ranks.
  private static func text(_ bars: [ClosedRange<Double>]) -> String {
    "# rank height\n"
      + bars.enumerated().map { index, bar in
        let height = Drawing.text(-0.35 - 0.45 * Double(index))
        return
          "\(Drawing.text(bar.lowerBound - 0.02)) \(height)\n\(Drawing.text(bar.upperBound + 0.02)) \(height)\n"
      }.joined(separator: "\n")
  }

  /// The critical difference over the best ranks.
  private static func ruler(_ difference: Double) -> [String] {
    [
      "set label \(GnuplotText.literal("critical difference \(text(difference))")) "
        + "at \(Drawing.text(1 + difference)),1.9 left offset 1,0 font ',11'"
    ]
  }

  private static func text(ruler difference: Double) -> String {
    let end = Drawing.text(1 + difference)
    return "# rank height\n1 1.9\n\(end) 1.9\n\n1 1.7\n1 2.1\n\n\(end) 1.7\n\(end) 2.1\n"
  }

  private static func text(_ rank: Double) -> String { Spread.text((rank * 100).rounded() / 100) }

  private static func text(data rank: Double) -> String { Drawing.text(rank) }
}
