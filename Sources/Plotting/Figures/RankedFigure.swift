/// Values in descending order, one line per group, such as the KL of every latent.
public struct RankedFigure: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public var label: String
    /// From rank 1 on.
    public var values: [Double]

    public init(label: String, values: [Double]) {
      self.label = label
      self.values = values
    }
  }

  public var name: String
  public var title: String
  public var note: String
  public var xLabel: String
  public var yLabel: String
  public var lines: [Line]

  public init(
    name: String, title: String, note: String = "", xLabel: String, yLabel: String, lines: [Line]
  ) {
    self.name = name
    self.title = title
    self.note = note
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.lines = lines
  }

  /// The figure as script and data.
  /// - Throws: `PlottingError.nothingToDraw` where no value is finite.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let values = lines.flatMap(\.values).filter(\.isDrawable)
    guard !values.isEmpty else { throw .nothingToDraw(name: name) }
    let ranks = lines.map(\.values.count).max() ?? 1
    let height = PlaneFrame(xs: [], ys: values + [0]).y
    let legend = Drawing.legend(lines.map(\.label))
    let heading = Drawing.heading(title: title, note: note)
    return Drawing(
      name: file, height: 470 + 26 * legend.rows + heading.extraHeight,
      settings: Drawing.frame + heading.settings + [
        "set xlabel \(GnuplotText.literal(xLabel))", "set ylabel \(GnuplotText.literal(yLabel))",
        "set xrange [0.5:\(ranks).5]", "set xtics 1,\(Self.ticDistance(ranks))",
        "set yrange [\(Drawing.text(height.low)):\(Drawing.text(height.high))]",
      ] + legend.settings,
      plot: lines.enumerated().map { index, line in
        "'\(file)-\(index + 1).dat' using 1:2 with linespoints pointtype \(Palette.mark(index)) pointsize 0.6 "
          + "linewidth 1.6 linecolor rgb '\(Palette.color(index))' "
          + "dashtype \(Palette.dash(index / Palette.count)) "
          + "title \(GnuplotText.literal(line.label, limit: Drawing.labelLimit))"
      },
      data: lines.enumerated().map { index, line in
        let rows = line.values.enumerated().map { rank, value in
          value.isDrawable ? "\(rank + 1) \(Drawing.text(value))\n" : "\n"
        }
        return Drawing.DataFile(name: "\(file)-\(index + 1).dat", contents: "# rank value\n" + rows.joined())
      })
  }

  private static func ticDistance(_ ranks: Int) -> Int {
    ranks <= 20 ? 1 : Int(Drawing.ticDistance(VisibleRange(low: 0, high: Double(ranks)), count: 10))
  }
}
