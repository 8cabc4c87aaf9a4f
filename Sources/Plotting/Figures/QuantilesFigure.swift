/// How far the distribution functions of probabilities are from uniform: F(x) − x of every line over x, with the band that a line of
/// uniform numbers stays in as a whole (Säilynoja, Bürkner & Vehtari 2022, "Graphical test for discrete uniformity and its applications in
/// goodness-of-fit evaluation and multiple sample comparison", figure 2).
///
/// A line above 0 on the left and below on the right is of too many probabilities at both ends.
public struct QuantilesFigure: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public var label: String
    /// In [0, 1].
    public var probabilities: [Double]
    /// Index into the palette, and into the dashes.
    public var color: Int
    public var dash: Int

    public init(label: String, probabilities: [Double], color: Int, dash: Int) {
      self.label = label
      self.probabilities = probabilities
      self.color = color
      self.dash = dash
    }
  }

  public var name: String
  public var title: String
  public var note: String
  public var xLabel: String
  public var yLabel: String
  public var lines: [Line]
  /// Half the height of the band.
  public var band: Double
  public var bandLabel: String

  public init(
    name: String, title: String, note: String = "", xLabel: String, yLabel: String, lines: [Line],
    band: Double, bandLabel: String
  ) {
    self.name = name
    self.title = title
    self.note = note
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.lines = lines
    self.band = band
    self.bandLabel = bandLabel
  }

  /// The figure as script and data.
  /// - Throws: `PlottingError.nothingToDraw` where no line has a probability.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let shown = lines.filter {
      !$0.probabilities.isEmpty && $0.probabilities.allSatisfy { 0 <= $0 && $0 <= 1 }
    }
    guard !shown.isEmpty else { throw .nothingToDraw(name: name) }
    let legend = Drawing.legend(shown.map(\.label) + [bandLabel])
    let heading = Drawing.heading(title: title, note: note)
    return Drawing(
      name: file, height: 460 + 26 * legend.rows + heading.extraHeight,
      settings: Drawing.frame + heading.settings + [
        "set xrange [0:1]", "set xlabel \(GnuplotText.literal(xLabel))",
        "set ylabel \(GnuplotText.literal(yLabel))",
      ] + legend.settings,
      plot: [
        "'\(file)-band.dat' using 1:2:3 with filledcurves fillcolor rgb '#dddddd' \(Self.title(bandLabel))"
      ]
        + shown.enumerated().map { index, line in
          "'\(file)-\(index + 1).dat' using 1:2 with lines linewidth 1.8 "
            + "linecolor rgb '\(Palette.color(line.color))' dashtype \(Palette.dash(line.dash)) \(Self.title(line.label))"
        },
      data: [
        Drawing.DataFile(
          name: "\(file)-band.dat",
          contents:
            "# x low high\n0 \(Drawing.text(-band)) \(Drawing.text(band))\n1 \(Drawing.text(-band)) \(Drawing.text(band))\n"
        )
      ]
        + shown.enumerated().map { index, line in
          Drawing.DataFile(name: "\(file)-\(index + 1).dat", contents: Self.text(line.probabilities))
        })
  }

  /// Both ends of every step.
  private static func text(_ probabilities: [Double]) -> String {
    let count = Double(probabilities.count)
    return "# x difference\n0 0\n"
      + probabilities.sorted().enumerated().map { rank, x in
        "\(Drawing.text(x)) \(Drawing.text(Double(rank) / count - x))\n"
          + "\(Drawing.text(x)) \(Drawing.text(Double(rank + 1) / count - x))\n"
      }.joined() + "1 0\n"
  }

  private static func title(_ label: String) -> String {
    "title \(GnuplotText.literal(label, limit: Drawing.labelLimit))"
  }
}
