import Foundation

/// Performance profiles: per group the share of its runs that come within τ of the best, over τ.
///
/// The profile of Dolan & Moré (2002, doi:10.1007/s101070100263), with a difference in place of their ratio, since
/// bounds are logarithms; runs without a value never come near and keep a profile below 1, as the score distributions of
/// Agarwal et al. (2021, arXiv:2108.13264) have it.
public struct ProfileFigure: Sendable, Hashable {
  public struct Line: Sendable, Hashable {
    public var label: String
    /// How far each run that has a value is from the best, at least 0.
    public var gaps: [Double]
    /// All runs, with those that have no value.
    public var runs: Int

    public init(label: String, gaps: [Double], runs: Int) {
      self.label = label
      self.gaps = gaps
      self.runs = runs
    }
  }

  public var name: String
  public var title: String
  public var note: String
  public var xLabel: String
  public var lines: [Line]
  /// Gaps below it do not matter; the axis begins there.
  public var resolution: Double

  public init(
    name: String, title: String, note: String = "", xLabel: String, lines: [Line], resolution: Double = 0
  ) {
    self.name = name
    self.title = title
    self.note = note
    self.xLabel = xLabel
    self.lines = lines
    self.resolution = resolution
  }

  /// The figure as script and data.
  /// - Throws: `PlottingError.nothingToDraw` where no run has a finite gap.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let gaps = lines.flatMap(\.gaps).filter(\.isDrawable)
    guard let farthest = gaps.max() else { throw .nothingToDraw(name: name) }
    let nearest = gaps.filter { $0 > 0 }.min() ?? 1
    let low = max(nearest / 2, resolution, farthest * 1e-9)
    let high = max(farthest * 1.5, low * 10)
    let legend = Drawing.legend(lines.map(\.label))
    let heading = Drawing.heading(title: title, note: note)
    return Drawing(
      name: file, height: 470 + 26 * legend.rows + heading.extraHeight,
      settings: Drawing.frame + heading.settings + [
        "set xlabel \(GnuplotText.literal(xLabel))", "set ylabel \(GnuplotText.literal("share of runs"))",
        "set logscale x", "set format x '%g'", "set xrange [\(Drawing.text(low)):\(Drawing.text(high))]",
        "set yrange [0:1.03]", "set ytics 0.2",
      ] + legend.settings,
      plot: lines.indices.flatMap { layers(file, $0) },
      data: lines.enumerated().map { index, line in
        Drawing.DataFile(
          name: "\(file)-\(index + 1).dat", contents: Self.profile(line, from: low, through: high))
      })
  }

  /// Steps, a mark where each run comes in, and an entry in the legend that has both.
  private func layers(_ file: String, _ index: Int) -> [String] {
    let source = "'\(file)-\(index + 1).dat' using 1:2"
    let color = "linecolor rgb '\(Palette.color(index))'"
    let dash = "dashtype \(Palette.dash(index / Palette.count))"
    let mark = "pointtype \(Palette.mark(index))"
    return [
      "\(source) with steps linewidth 2 \(color) \(dash) notitle",
      "\(source) with points \(mark) pointsize 0.7 \(color) notitle",
      "NaN with linespoints \(mark) pointsize 0.7 linewidth 2 \(color) \(dash) "
        + "title \(GnuplotText.literal(lines[index].label, limit: Drawing.labelLimit))",
    ]
  }

  /// The share from each gap on.
  private static func profile(_ line: Line, from low: Double, through high: Double) -> String {
    let gaps = line.gaps.filter(\.isDrawable).sorted()
    let runs = Double(max(line.runs, 1))
    let start = gaps.count { $0 <= low }
    var text = "# gap share\n\(Drawing.text(low)) \(Drawing.text(Double(start) / runs))\n"
    for (index, gap) in gaps.enumerated().dropFirst(start) {
      text += "\(Drawing.text(gap)) \(Drawing.text(Double(index + 1) / runs))\n"
    }
    return text + "\(Drawing.text(high)) \(Drawing.text(Double(gaps.count) / runs))\n"
  }
}
