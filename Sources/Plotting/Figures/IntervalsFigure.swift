import Foundation

/// Values per group: every run as a point, the mean, and its 95 % interval, one group per row.
public struct IntervalsFigure: Sendable, Hashable {
  public struct Row: Sendable, Hashable {
    public var label: String
    /// One per run.
    public var points: [Double]
    public var mean: Double?
    public var interval: ClosedRange<Double>?
    /// Index into the palette.
    public var color: Int

    public init(label: String, points: [Double], mean: Double?, interval: ClosedRange<Double>?, color: Int) {
      self.label = label
      self.points = points
      self.mean = mean
      self.interval = interval
      self.color = color
    }
  }

  public var name: String
  public var title: String
  /// What a reader must know to read the figure, such as what it leaves out; shown small under the title.
  public var note: String
  public var xLabel: String
  /// From top to bottom.
  public var rows: [Row]
  public var reference: ReferenceLine?
  /// A range to measure the intervals by, such as the differences that do not matter; shaded.
  public var region: Region?
  /// What a point is, as the legend has it, and several of them.
  public var pointLabel = "one run"
  public var pointPlural = "runs"
  public var meanLabel = "mean and 95 % interval over seeds"

  public struct Region: Sendable, Hashable {
    public var label: String
    public var values: ClosedRange<Double>

    public init(label: String, values: ClosedRange<Double>) {
      self.label = label
      self.values = values
    }
  }

  public init(
    name: String, title: String, note: String = "", xLabel: String, rows: [Row],
    reference: ReferenceLine? = nil
  ) {
    self.name = name
    self.title = title
    self.note = note
    self.xLabel = xLabel
    self.rows = rows
    self.reference = reference
  }

  /// The figure as script and data.
  /// - Throws: `PlottingError.nothingToDraw` where no run has a finite value.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    guard let range = visibleRange() else { throw .nothingToDraw(name: name) }
    let ticks = rows.enumerated().map {
      "\(GnuplotText.tickLiteral($1.label, limit: Self.labelLimit)) \(height(of: $0))"
    }
    let legend = Drawing.legend(
      (reference.map { [$0.label] } ?? []) + (region.map { [$0.label] } ?? []) + [pointLabel, meanLabel])
    let heading = Drawing.heading(title: title, note: explanation(range))
    return Drawing(
      name: file, height: 205 + 26 * legend.rows + 34 * max(rows.count, 3) + heading.extraHeight,
      textLines: Drawing.textLines(rows: rows.count, under: heading, legendRows: legend.rows),
      settings: Drawing.frame + heading.settings + [
        "set xlabel \(GnuplotText.literal(xLabel))",
        "set xtics \(Drawing.text(Drawing.ticDistance(range, count: ticCount)))",
        "set xrange [\(Drawing.text(range.low)):\(Drawing.text(range.high))]",
        "set yrange [0.4:\(Double(rows.count) + 0.6)]",
        "set ytics (\(ticks.joined(separator: ", ")))",
        "set bars 0.6",
      ] + legend.settings,
      plot: plot(file, range),
      data: [
        Drawing.DataFile(name: "\(file)-means.dat", contents: means()),
        Drawing.DataFile(name: "\(file)-runs.dat", contents: points()),
      ])
  }

  /// The longest label of a row, in characters: half of the picture.
  private static let labelLimit = 50

  /// As many tics as fit beside the labels: a letter is about 8 pixels wide, a tic's label up to 90.
  private var ticCount: Int {
    let longest = rows.map { min($0.label.count, Self.labelLimit) }.max() ?? 0
    return max((900 - 8 * longest) / 90, 2)
  }

  private func height(of row: Int) -> Int {
    rows.count - row
  }

  private func explanation(_ range: VisibleRange) -> String {
    let values = finiteValues()
    let hidden = values.count { $0 < range.low || $0 > range.high }
    let left =
      hidden == 0 ? "" : "\(hidden) of \(values.count) \(pointPlural) lie outside the axis and are not shown"
    let means = rows.compactMap(\.mean).count { $0 < range.low || $0 > range.high }
    let far = means == 0 ? "" : "\(means) of the means lie outside"
    return Drawing.joined([note, left, far])
  }

  private func finiteValues() -> [Double] {
    rows.flatMap(\.points).filter(\.isDrawable)
  }

  /// The interesting part: the middle half of the runs and three times its width to either side (Tukey 1977,
  /// outer fences), and the reference.
  private func visibleRange() -> VisibleRange? {
    let values = finiteValues()
    guard let lower = quantile(values, 0.25), let upper = quantile(values, 0.75) else { return nil }
    let fence = 3 * (upper - lower)
    let intervals = rows.compactMap(\.interval).flatMap { [$0.lowerBound, $0.upperBound] }.filter(
      \.isDrawable)
    let bounds = region.map { [$0.values.lowerBound, $0.values.upperBound] } ?? []
    let everything = values + intervals + bounds + (reference.map { [$0.value] } ?? [])
    let interesting = values.filter { $0 >= lower - fence && $0 <= upper + fence }
    return VisibleRange(
      everything: everything, interesting: interesting + bounds + (reference.map { [$0.value] } ?? []))
  }

  private func plot(_ file: String, _ range: VisibleRange) -> [String] {
    var layers: [String] = []
    if let region {
      let (low, high) = (max(region.values.lowerBound, range.low), min(region.values.upperBound, range.high))
      layers.append(
        "'+' using (\(Drawing.text(low)) + $0 * \(Drawing.text(high - low))):(0.4):(\(Double(rows.count) + 0.6)) "
          + "every ::0::1 with filledcurves fillstyle solid 1 noborder fillcolor rgb '#e4e4e4' "
          + "title \(GnuplotText.literal(region.label, limit: Drawing.labelLimit))")
    }
    if let reference {
      layers.append(
        "'+' using (\(Drawing.text(reference.value))):(0.4 + $0 * \(Double(rows.count) + 0.2)) every ::0::1 "
          + "with lines linewidth 1.5 linecolor rgb '#000000' dashtype (2,3) "
          + "title \(GnuplotText.literal(reference.label, limit: Drawing.labelLimit))")
    }
    layers += [
      "'\(file)-runs.dat' using 1:2:3 with points pointtype 6 pointsize 0.6 linecolor rgb variable notitle",
      "'\(file)-means.dat' using 2:1:3:4:5 with xerrorbars pointtype 7 pointsize 0.9 linewidth 2 "
        + "linecolor rgb variable notitle",
      "NaN with points pointtype 6 pointsize 0.6 linecolor rgb '#555555' "
        + "title \(GnuplotText.literal(pointLabel))",
      "NaN with points pointtype 7 pointsize 0.9 linecolor rgb '#555555' "
        + "title \(GnuplotText.literal(meanLabel))",
    ]
    return layers
  }

  private func means() -> String {
    var text = "# row mean low high colour\n"
    for (index, row) in rows.enumerated() {
      guard let mean = row.mean, mean.isDrawable else { continue }
      let low = row.interval?.lowerBound ?? mean
      let high = row.interval?.upperBound ?? mean
      text +=
        "\(height(of: index)) \(Drawing.text(mean)) \(Drawing.text(low)) \(Drawing.text(high)) \(colorNumber(row))\n"
    }
    return text
  }

  /// Each run a little above the mean's bar, spread by the golden ratio so that equal values stay apart.
  private func points() -> String {
    var text = "# value row colour\n"
    for (index, row) in rows.enumerated() {
      for (number, value) in row.points.enumerated() where value.isDrawable {
        let jitter = (Double(number) * 0.618_033_988_75).truncatingRemainder(dividingBy: 1)
        let y = Double(height(of: index)) + 0.14 + 0.2 * jitter
        text += "\(Drawing.text(value)) \(Drawing.text((y * 1000).rounded() / 1000)) \(colorNumber(row))\n"
      }
    }
    return text
  }

  private func colorNumber(_ row: Row) -> String {
    Palette.color(row.color).replacing("#", with: "0x")
  }
}
