/// The shares of the variance of a metric that keys, pairs of keys and the seed account for, as bars.
public struct VarianceFigure: Sendable, Hashable {
  public struct Share: Sendable, Hashable {
    public var label: String
    /// From 0 to 1.
    public var share: Double

    public init(label: String, share: Double) {
      self.label = label
      self.share = share
    }
  }

  public var name: String
  public var title: String
  public var note: String
  /// From top to bottom.
  public var shares: [Share]

  public init(name: String, title: String, note: String = "", shares: [Share]) {
    self.name = name
    self.title = title
    self.note = note
    self.shares = shares
  }

  private static let labelLimit = 40

  /// The figure as script and data.
  /// - Throws: `PlottingError.nothingToDraw` where no share is finite.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let shown = shares.filter { $0.share.isDrawable }
    guard let largest = shown.map(\.share).max() else { throw .nothingToDraw(name: name) }
    let heights = shown.indices.map { shown.count - $0 }
    let ticks = zip(shown, heights).map {
      "\(GnuplotText.tickLiteral($0.label, limit: Self.labelLimit)) \($1)"
    }
    let end = max(100 * largest * 1.12, 1)
    let heading = Drawing.heading(title: title, note: note)
    return Drawing(
      name: file, height: 150 + 30 * max(shown.count, 3) + heading.extraHeight,
      textLines: Drawing.textLines(rows: shown.count, under: heading),
      settings: Drawing.frame + heading.settings + [
        "unset key", "set bmargin 4", "set xlabel \(GnuplotText.literal("share of the variance (%)"))",
        "set xrange [0:\(Drawing.text(end))]", "set yrange [0.4:\(shown.count).6]",
        "set ytics (\(ticks.joined(separator: ", ")))",
      ]
        + zip(shown, heights).map { share, height in
          "set label \(GnuplotText.literal(Self.percent(share.share))) "
            + "at \(Drawing.text(max(100 * share.share, 0))),\(height) left offset 0.6,0 font ',11'"
        },
      plot: [
        "'\(file)-shares.dat' using 2:1:(0):2:($1-0.35):($1+0.35) with boxxyerror fillstyle solid 1 noborder "
          + "linecolor rgb '\(Palette.color(0))'"
      ],
      data: [
        Drawing.DataFile(
          name: "\(file)-shares.dat",
          contents: "# row percent\n"
            + zip(shown, heights).map { "\($1) \(Drawing.text(100 * max($0.share, 0)))\n" }.joined())
      ])
  }

  private static func percent(_ share: Double) -> String {
    let percent = 100 * share
    return percent < 0.05 ? "< 0.1 %" : "\(Spread.text((percent * 10).rounded() / 10)) %"
  }
}
