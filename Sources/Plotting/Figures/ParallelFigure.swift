/// Parallel coordinates: a vertical axis per key, a line per group through its values, coloured by a metric (Inselberg
/// 1985, doi:10.1007/BF01898350).
public struct ParallelFigure: Sendable, Hashable {
  public struct Axis: Sendable, Hashable {
    public var label: String
    /// What is written beside the axis, and where: 0 is its foot, 1 its top.
    public var ticks: [Tick]

    public struct Tick: Sendable, Hashable {
      public var label: String
      public var position: Double

      public init(label: String, position: Double) {
        self.label = label
        self.position = position
      }
    }

    public init(label: String, ticks: [Tick]) {
      self.label = label
      self.ticks = ticks
    }
  }

  public struct Line: Sendable, Hashable {
    /// From 0 to 1, one for each axis.
    public var positions: [Double]
    public var value: Double

    public init(positions: [Double], value: Double) {
      self.positions = positions
      self.value = value
    }
  }

  public var name: String
  public var title: String
  public var note: String
  public var valueLabel: String
  public var axes: [Axis]
  /// The last is drawn on top.
  public var lines: [Line]

  public init(
    name: String, title: String, note: String = "", valueLabel: String, axes: [Axis], lines: [Line]
  ) {
    self.name = name
    self.title = title
    self.note = note
    self.valueLabel = valueLabel
    self.axes = axes
    self.lines = lines
  }

  /// The figure as script and data. The last axis is that of the metric.
  /// - Throws: `PlottingError.nothingToDraw` where no line has a finite value, or there is no axis.
  public func drawing() throws(PlottingError) -> Drawing {
    let file = GnuplotText.fileName(name)
    let shown = lines.filter { $0.value.isDrawable }
    guard !axes.isEmpty, let range = ColorRange(shown.map(\.value)) else { throw .nothingToDraw(name: name) }
    let all = axes + [valueAxis(range)]
    let heading = Drawing.heading(title: title, note: Drawing.joined([note, range.explanation]))
    return Drawing(
      name: file, height: 470 + heading.extraHeight,
      settings: Drawing.frame + heading.settings + [
        "unset grid", "unset key", "set border 0", "unset ytics", "set bmargin 3", "set lmargin 14",
        "set rmargin 16", "set xrange [0:\(all.count - 1)]", "set yrange [-0.04:1.04]",
        "set xtics (\(all.enumerated().map { "\(GnuplotText.tickLiteral($1.label, limit: labelLimit)) \($0)" }.joined(separator: ", "))) scale 0",
        "set style textbox opaque noborder fillcolor rgb '#ffffff' margins 0.3,0.1",
      ] + range.settings(label: valueLabel) + labels(all),
      plot: [
        "'\(file)-lines.dat' using 1:2:3 with lines linewidth 1.6 linecolor palette",
        "'\(file)-axes.dat' using 1:2 with lines linewidth 1.5 linecolor rgb '#000000'",
      ],
      data: [
        Drawing.DataFile(name: "\(file)-lines.dat", contents: data(shown, range)),
        Drawing.DataFile(
          name: "\(file)-axes.dat",
          contents: "# axis position\n" + all.indices.map { "\($0) 0\n\($0) 1\n" }.joined(separator: "\n")),
      ])
  }

  private var labelLimit: Int { max(85 / (axes.count + 1), 8) }

  private func valueAxis(_ range: ColorRange) -> Axis {
    let step = Drawing.ticDistance(range.range, count: 5)
    var ticks: [Axis.Tick] = []
    var level = (range.range.low / step).rounded(.up) * step
    while level <= range.range.high, ticks.count < 20 {
      ticks.append(Axis.Tick(label: Spread.text(level), position: range.fraction(level)))
      level = ((level / step).rounded() + 1) * step
    }
    return Axis(label: valueLabel, ticks: ticks)
  }

  private func labels(_ all: [Axis]) -> [String] {
    all.enumerated().flatMap { index, axis in
      axis.ticks.map { tick in
        "set label \(GnuplotText.literal(tick.label, limit: 18)) at \(index),\(Drawing.text(tick.position)) "
          + "right offset -0.8,0 boxed front font ',10' textcolor rgb '#222222'"
      }
    }
  }

  /// A block of points for each line.
  private func data(_ lines: [Line], _ range: ColorRange) -> String {
    "# axis position value\n"
      + lines.map { line in
        (line.positions + [range.fraction(line.value)]).enumerated().map { axis, position in
          "\(axis) \(Drawing.text(position)) \(Drawing.text(line.value))\n"
        }.joined()
      }.joined(separator: "\n")
  }
}
